internal import Git
internal import SessionModel
internal import Store

/// What `land` and `sync` have in common to say.
enum LandingReport {
    /// How many files are named before the rest is counted.
    private static let filesMax = 100

    /// Tells every conflict, a file a line, on standard error.
    static func tell(_ conflicts: [MergeResult.Conflict], _ first: String, _ second: String) {
        for conflict in conflicts.prefix(filesMax) {
            Console.notice("\(conflict.path): \(words(conflict, first, second))")
        }
        if conflicts.count > filesMax { Console.notice("… and \(conflicts.count - filesMax) more") }
    }

    /// How `first`, the target of a merge, and `second` disagree about a file.
    static func words(_ conflict: MergeResult.Conflict, _ first: String, _ second: String) -> String {
        switch conflict.kind {
        case .bothChanged:
            let places = Encounter.text(conflict.lines)
            let noun = conflict.lines.count == 1 && conflict.lines[0].count == 1 ? "line" : "lines"
            return "both changed it"
                + (places.isEmpty ? "" : " (\(noun) \(places) in \(first))")
        case .bothAdded: return "both added it"
        case .deletedByFirst: return "\(first) deleted it, \(second) changed it"
        case .deletedBySecond: return "\(second) deleted it, \(first) changed it"
        case .other: return "renamed or replaced differently"
        }
    }

    /// An error of a landing, with what to do about edits in the way of `verb`.
    static func explained(_ error: GitError, _ verb: String, agentIn name: String?) -> CommandError {
        guard case .uncommittedEdits(let path, _) = error else { return CommandError(error) }
        let hint =
            if let name {
                "Let its agent commit ('claudia prompt \(name) ...'), or commit or stash there, then \(verb) again."
            } else {
                "Commit or stash them there ('\(ShellWord.line(["git", "-C", path, "stash"]))'), then \(verb) again."
            }
        return CommandError(error.message, hint: hint)
    }
}
