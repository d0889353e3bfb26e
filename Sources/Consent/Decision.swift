/// What is said to a tool call, from the mildest to the strictest.
public enum Verdict: String, Codable, CaseIterable, Comparable, Sendable {
    /// Yes, in the person's place.
    case allow
    /// The person decides.
    case ask
    /// No, and the agent is told why.
    case never

    /// The stricter one is the greater.
    public static func < (left: Verdict, right: Verdict) -> Bool { left.strictness < right.strictness }

    private var strictness: Int {
        switch self {
        case .allow: 0
        case .ask: 1
        case .never: 2
        }
    }
}

/// A verdict, the rule it comes from, and the reason in words.
public struct Decision: Equatable, Sendable {
    /// What is said.
    public let verdict: Verdict
    /// The rule's short name, which stays the same from version to version.
    public let rule: String
    /// One sentence for a person, which may quote the agent: it is to be escaped where it is shown.
    public let reason: String
    /// The commands that were understood, word by word, `…` standing for what isn't known before it runs.
    public var commands: [[String]] = []

    /// A verdict by a rule of the user's own.
    public init(_ verdict: Verdict, named rule: String, _ reason: String) {
        self.verdict = verdict
        self.rule = rule
        self.reason = reason
    }

    init(_ verdict: Verdict, _ rule: RuleName, _ reason: String) {
        self.init(verdict, named: rule.rawValue, reason)
    }

    /// The stricter of the two; of equally strict ones the first.
    func stricter(_ other: Decision) -> Decision { other.verdict > verdict ? other : self }
}

/// The built-in rules.
enum RuleName: String, CaseIterable {
    case harmless
    case notUnderstood = "not-understood"
    case tooLarge = "too-large"
    case unknownProgram = "unknown-program"
    case unknownOption = "unknown-option"
    case unknownPath = "unknown-path"
    case unknownTool = "unknown-tool"
    case outsideWorktree = "outside-worktree"
    case protectedPath = "protected-path"
    case otherSession = "other-session"
    case secret
    case deletion
    case runsCode = "runs-code"
    case environment
    case privileges
    case system
    case processes
    case network
    case install
    case gitHistory = "git-history"
    case gitRemote = "git-remote"
    case gitSettings = "git-settings"
    case discardsWork = "discards-work"
    case question
    case plan
    case agents
}

extension String {
    /// The text between quotation marks in a reason: no control characters, and not too long.
    var quoted: String {
        let shown = unicodeScalars.prefix(60).map { $0.properties.isControl ? "?" : String($0) }.joined()
        return unicodeScalars.count > 60 ? "'\(shown)…'" : "'\(shown)'"
    }
}

extension Unicode.Scalar.Properties {
    /// Whether the character has no look of its own, so that it could deceive a reader.
    var isControl: Bool {
        switch generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned:
            true
        default: false
        }
    }
}
