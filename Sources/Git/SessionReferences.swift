import CGit2

/// References that each session has of its own, and that nobody needs once it is gone for good: its checkpoints, what
/// its changes are counted from, and what was handed over.
public enum SessionReferences {
    private static let prefixes = [Checkpoints.prefix, SessionBase.prefix, Handover.prefix]

    /// One of them.
    public struct Entry: Equatable, Sendable {
        /// The whole name of the reference.
        public var reference: String
        /// The session's name.
        public var session: String
        /// The commit that it is at.
        public var commit: ObjectID
        /// When that was made, in seconds since 1970.
        public var time: Int64
    }

    /// Those of all sessions, ordered by reference.
    public static func all(in repository: borrowing Repository) throws(GitError) -> [Entry] {
        var entries: [Entry] = []
        for prefix in prefixes {
            entries += try repository.references(prefix + "*") { reference, id, commit in
                Entry(
                    reference: reference, session: reference.dropping(prefix: prefix) ?? "", commit: id,
                    time: Commits.time(of: commit.pointer))
            }
        }
        return entries.sorted { $0.reference < $1.reference }
    }

    /// Drops one; throws `.moved`, and leaves it alone, where it is at another commit by now.
    public static func delete(_ entry: Entry, in repository: borrowing Repository) throws(GitError) {
        guard prefixes.contains(where: entry.reference.hasPrefix) else {
            throw .notFound("a session's reference '\(entry.reference)'")
        }
        let handle = repository.handle.pointer
        let found = try Owned(git_reference_free, "reference '\(entry.reference)'") {
            git_reference_lookup(&$0, handle, entry.reference)
        }
        guard let target = git_reference_target(found.pointer), ObjectID(target) == entry.commit else {
            throw .moved(entry.reference)
        }
        let code = git_reference_delete(found.pointer)
        if code == GIT_EMODIFIED.rawValue { throw .moved(entry.reference) }
        try LibGit2.check(code, "reference '\(entry.reference)'")
    }
}
