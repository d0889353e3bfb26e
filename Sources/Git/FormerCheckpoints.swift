import CGit2

extension Checkpoints {
    /// The chain of an earlier session.
    public struct Former: Equatable, Sendable {
        /// The whole name of the reference.
        public var reference: String
        /// When its last state was kept, in seconds since 1970.
        public var time: Int64
    }

    /// The chains of all sessions whose name another one has taken since, ordered by reference.
    public static func former(in repository: borrowing Repository) throws(GitError) -> [Former] {
        try repository.references(formerPrefix + "*") { reference, _, commit in
            Former(reference: reference, time: Commits.time(of: commit.pointer))
        }
    }

    /// Drops such a chain; nothing happens when it is gone already.
    public static func deleteFormer(
        _ reference: String, in repository: borrowing Repository
    ) throws(GitError) {
        guard reference.hasPrefix(formerPrefix) else { throw .notFound("checkpoints '\(reference)'") }
        try repository.remove(reference)
    }
}
