import CGit2
import Glibc

/// States of a worktree kept as a chain of commits, one reference for each session.
public enum Checkpoints {
    /// Where they lie: `refs/claudia/checkpoints/<name>`.
    public static let prefix = "refs/claudia/checkpoints/"
    /// How many of a chain are looked at.
    public static let countMax = 10_000

    /// One state that was kept.
    public struct Entry: Equatable, Sendable {
        /// Which of its session it is, counted from 1.
        public var number: Int
        /// The commit.
        public var commit: ObjectID
        /// What HEAD was at.
        public var head: ObjectID?
        /// Seconds since 1970.
        public var time: Int64
        /// The message, without what claudia notes at its end.
        public var message: String
    }

    /// The reference of the session `name`.
    public static func reference(name: String) -> String { prefix + name }

    /// Keeps tracked and untracked files, not ignored ones, as the next commit of the session's chain.
    ///
    /// Nil, and no commit, when nothing changed since the last one, or since `base` where there is none. Touches
    /// neither the worktree nor its index, HEAD, branch or locks. Objects are shared with the repository's.
    public static func save(
        name: String, worktree: String, commonDirectory: String, base: ObjectID, message: String
    ) throws(GitError) -> ObjectID? {
        let contents = try WorktreeContents(worktree: worktree, commonDirectory: commonDirectory)
        try contents.collect()
        let tree = try contents.tree()
        // Through a worktree libgit2 1.5.1 looks for references in the admin folder only.
        let repository = try Repository(at: commonDirectory)
        let last = try repository.target(of: reference(name: name))
        guard try repository.tree(of: last ?? base) != tree else { return nil }
        let made = try contents.repository.makeCommit(
            tree, "\(message.trimmingNewlines)\n\n\(headMark)\(contents.head)\n", [last ?? base])
        try repository.set(reference(name: name), to: made, from: last, log: "checkpoint")
        return made
    }

    /// The session's states, the newest first.
    public static func list(
        name: String, base: ObjectID, in repository: borrowing Repository
    ) throws(GitError) -> [Entry] {
        guard var next = try repository.target(of: reference(name: name)) else { return [] }
        let handle = repository.handle.pointer
        var entries: [Entry] = []
        while next != base, entries.count < countMax {
            var id = next.raw
            let commit = try Owned(git_commit_free, "checkpoint \(next)") {
                git_commit_lookup(&$0, handle, &id)
            }
            let text = git_commit_message(commit.pointer).map { String(cString: $0) } ?? ""
            // The first commit without the mark is the base that the chain began at, if that is another by now.
            guard let mark = text.ranges(of: "\n\n" + headMark).last else { break }
            entries.append(
                Entry(
                    number: 0, commit: next, head: ObjectID(text[mark.upperBound...].trimmingNewlines),
                    time: git_commit_time(commit.pointer), message: String(text[..<mark.lowerBound])))
            guard let parent = git_commit_parent_id(commit.pointer, 0) else { break }
            next = ObjectID(parent)
        }
        for index in entries.indices { entries[index].number = entries.count - index }
        return entries
    }

    /// An ordinary commit with the files of a checkpoint, on top of `head`; `head` itself where it has those files.
    public static func commit(
        _ checkpoint: ObjectID, onto head: ObjectID, message: String, in repository: borrowing Repository
    ) throws(GitError) -> ObjectID {
        let tree = try repository.tree(of: checkpoint)
        guard try repository.tree(of: head) != tree else { return head }
        return try repository.makeCommit(tree, message, [head])
    }

    /// Makes a chain that came from elsewhere the session's own: false, and nothing, where it has another one.
    public static func adopt(
        _ checkpoint: ObjectID, name: String, in repository: borrowing Repository
    ) throws(GitError) -> Bool {
        let last = try repository.target(of: reference(name: name))
        if last == checkpoint { return true }
        if let last {
            guard try repository.mergeBase(last, checkpoint) == last else { return false }
        }
        try repository.set(reference(name: name), to: checkpoint, from: last, log: "pulled")
        return true
    }

    /// Drops the session's chain; nothing happens when there is none.
    public static func delete(name: String, in repository: borrowing Repository) throws(GitError) {
        let code = git_reference_remove(repository.handle.pointer, reference(name: name))
        guard code != GIT_ENOTFOUND.rawValue else { return }
        try LibGit2.check(code, "checkpoints of '\(name)'")
    }

    /// How the last line of a checkpoint's message starts, which tells what HEAD was at.
    static let headMark = "Head: "
}

extension StringProtocol {
    /// The text without newlines at its end.
    var trimmingNewlines: String { String(reversed().drop { $0.isNewline }.reversed()) }
}
