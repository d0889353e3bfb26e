/// Argument vectors as a person would type them.
public enum ShellWord {
    /// A word as a shell would have to be given it.
    public static func quoted(_ word: String) -> String {
        let plain =
            !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,+@%".contains($0) }
        return plain
            ? word
            : "'"
                + word.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }

    /// A whole argument vector.
    public static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }
}
