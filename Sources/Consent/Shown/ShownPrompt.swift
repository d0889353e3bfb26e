import SessionModel

/// A yes-or-no prompt on the screen of a program that has no hooks, and all that stands around it.
///
/// What such a yes does can't be known. It counts as harmless where nothing that is to be seen speaks of what can't be
/// taken back, and all of that is in letters that can be read.
public struct ShownPrompt: Equatable, Sendable {
    /// The prompt itself.
    public var text: String
    /// Every row that is to be seen, and those above that have just left the screen.
    public var rows: [String]
    /// Whether the prompt's paragraph is on the screen from its beginning.
    public var isWhole: Bool

    /// A prompt, part by part.
    public init(text: String, rows: [String], isWhole: Bool) {
        (self.text, self.rows, self.isWhole) = (text, rows, isWhole)
    }

    /// The tool that the user's rules know prompts by; no agent has one of that name.
    public static let tool = "screen"

    /// What the user's rules are tried on.
    var call: ToolCall {
        ToolCall(Self.tool, ["prompt": .string(text)])
    }

    /// What the built-in rules say.
    var decision: Decision {
        guard isWhole else {
            return Decision(.ask, .notUnderstood, "The beginning of what is asked isn't on the screen.")
        }
        let all = rows.joined(separator: "\n")
        let strange = all.unicodeScalars.first { !$0.isASCII && Self.maySpell($0) }
        if let strange {
            return Decision(
                .ask, .notUnderstood, "The screen holds \(String(strange).quoted), no plain letter.")
        }
        if let word = ShownWords.first(in: rows) {
            return Decision(.ask, .deletion, "The screen speaks of \(word.quoted).")
        }
        return Decision(.allow, .harmless, "Nothing on the screen speaks of harm.")
    }
}

extension ShownPrompt {
    /// Whether a scalar may be a letter, or change one; U+FE0F only chooses the look of a sign.
    private static func maySpell(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: scalar.value != 0xFE0F
        default: scalar.properties.isAlphabetic
        }
    }
}

extension Consent {
    /// The verdict on answering a prompt with yes.
    public func judge(_ prompt: ShownPrompt) -> Decision { judge(prompt.call, builtIn: prompt.decision) }
}

/// Words of what can't be taken back, or is nobody else's to give.
enum ShownWords {
    /// Parts of words.
    private static let stems = [
        "delet", "remov", "force", "forcing", "forcib", "overwr", "overrid", "destr", "replac", "erase",
        "erasing",
        "wipe", "wiping", "purg", "drop", "truncat", "discard", "unlink", "uninstall", "revert", "reset",
        "rollback", "clobber", "shred", "prune", "obliterat", "eliminat", "terminat", "abort", "shutdown",
        "reboot", "passw", "passphrase", "passcode", "credential", "secret", "token", "sudo", "undo",
        "undone",
        "irrevers", "irrevoc", "unrecover", "permanent", "forever", "danger", "unsafe", "insecure",
        "untrusted",
        "publish", "deploy", "production", "payment", "purchas", "accept", "agree", "license", "fingerprint",
        "authentic", "certificate", "trust",
        // The same in neighbours' words.
        "supprim", "effac", "ecras", "loesch", "entfern", "ueberschreib", "borrar", "elimin", "rimuov",
        "cancell", "sovrascri", "apagar", "excluir", "verwijder",
    ]

    /// Whole words.
    private static let words: Set<Substring> = [
        "rm", "rmdir", "dd", "mkfs", "format", "formats", "formatting", "reformat", "lose", "losing", "lost",
        "loss", "gone", "kill", "push", "buy", "charge", "transfer", "empty", "clear",
    ]

    /// Found even where anything but letters stands between theirs.
    private static let spread = [
        "delete", "deleting", "remove", "removing", "overwrit", "destroy", "password", "discard", "cantbe",
        "cannotbe", "nowayback", "irrevers", "permanent", "uninstall", "truncate",
    ]

    /// Digits and signs that stand for letters.
    private static let lookalikes: [Character: Character] = [
        "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "|": "l",
    ]

    /// The first that is to be seen; the end of a row may cut a word in two.
    static func first(in rows: [String]) -> String? {
        for text in [rows.joined(separator: " "), rows.joined(), rows.joined().replacing("-", with: "")] {
            let plain = text.lowercased()
            if let found = first(in: plain) ?? first(in: String(plain.map { lookalikes[$0] ?? $0 })) {
                return found
            }
        }
        return nil
    }

    private static func first(in text: String) -> String? {
        let all = text.split { !$0.isLetter }
        if let word = all.first(where: words.contains) { return String(word) }
        // Single letters may be a word that is spread.
        let letters = all.map { $0.count == 1 ? $0 : " \($0) " }.joined()
        if let stem = stems.first(where: letters.contains) { return stem }
        let joined = all.joined()
        return spread.first(where: joined.contains)
    }
}
