/// What differs between a commit and a worktree.
public struct DiffSummary: Equatable, Sendable {
    /// How a file changed; the raw value stands in JSON.
    public enum Status: String, Equatable, Sendable, CaseIterable {
        case added, deleted, modified, renamed, copied
        case typeChanged = "type_changed"
    }

    /// One file that changed.
    public struct Change: Equatable, Sendable {
        /// The path in the worktree (for a deleted file: in the commit), shown as UTF-8.
        public var path: String
        /// Where a renamed or copied file was before.
        public var oldPath: String?
        /// How it changed.
        public var status: Status
        /// Lines added; 0 for a binary file.
        public var insertions: Int
        /// Lines removed; 0 for a binary file.
        public var deletions: Int
        /// Whether it isn't text.
        public var isBinary: Bool
    }

    /// Files changed.
    public var files: Int { changes.count }
    /// Lines added.
    public var insertions: Int { changes.reduce(0) { $0 + $1.insertions } }
    /// Lines removed.
    public var deletions: Int { changes.reduce(0) { $0 + $1.deletions } }
    /// Every file that changed, ordered by path.
    public var changes: [Change]

    /// Takes changes in any order; what was deleted and added at one path has changed its type.
    init(changes: [Change]) {
        var byPath: [String: Change] = [:]
        for change in changes {
            guard var known = byPath[change.path] else {
                byPath[change.path] = change
                continue
            }
            known.status = .typeChanged
            known.insertions += change.insertions
            known.deletions += change.deletions
            known.isBinary = known.isBinary || change.isBinary
            byPath[change.path] = known
        }
        self.changes = byPath.values.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }
}
