/// Signs that a dialog may stand on a screen, looked for in raw output before the screen itself is read.
public enum DialogHint {
    /// In lower case; what programs draw words with may stand between them, so each is one word.
    private static let signs = [
        "❯", "›", "y/n", "y|n", "[y]", "[n]", "yes/no", "continue", "proceed", "correct",
    ]
    .map { Array($0.utf8) }

    /// Whether any stands in what was printed last.
    public static func isThere(in bytes: [UInt8]) -> Bool {
        let lower = bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        return signs.contains { sign in
            lower.indices.contains { lower[$0] == sign[0] && lower[$0...].starts(with: sign) }
        }
    }
}
