import CGit2

/// Uncommitted work kept as commits of the shape that `git stash -u` makes.
public enum Rescue {
    /// Where rescues lie: `refs/claudia/rescue/<name>/<time>`.
    public static let prefix = "refs/claudia/rescue/"

    /// One rescue.
    public struct Entry: Equatable, Sendable {
        /// The whole name of the reference.
        public var reference: String
        /// The commit.
        public var commit: ObjectID
        /// The commit's message.
        public var message: String

        /// A rescue, part by part.
        public init(reference: String, commit: ObjectID, message: String) {
            self.reference = reference
            self.commit = commit
            self.message = message
        }
    }

    /// The reference of the session `name` for a rescue at `time`, such as `20261122T181544Z`.
    public static func reference(name: String, time: String) -> String { "\(prefix)\(name)/\(time)" }

    /// Keeps index, tracked changes and untracked files of a worktree on `reference`; the commit.
    ///
    /// Touches neither the worktree nor its index, HEAD or locks. Ignored files and nested repositories are
    /// not in it. With nothing to keep the commit's tree is HEAD's. Throws `.exists` when the reference
    /// does.
    public static func save(
        worktree: String, commonDirectory: String, reference: String, message: String
    ) throws(GitError) -> ObjectID {
        let commits = try RescueCommits(worktree: worktree, commonDirectory: commonDirectory)
        return try commits.save(on: reference, message: message)
    }

    /// Every rescue of the session `name`, or of all, ordered by reference.
    public static func list(
        name: String? = nil, in repository: borrowing Repository
    ) throws(GitError) -> [Entry] {
        try repository.references(name.map { "\(prefix)\($0)/*" } ?? "\(prefix)*") { reference, id, commit in
            let message = git_commit_message(commit.pointer).map { String(cString: $0) } ?? ""
            return Entry(reference: reference, commit: id, message: message)
        }
    }

    /// Drops a rescue; nothing happens when it is gone already.
    public static func delete(_ reference: String, in repository: borrowing Repository) throws(GitError) {
        guard reference.hasPrefix(prefix) else { throw .notFound("rescue '\(reference)'") }
        try repository.remove(reference)
    }
}
