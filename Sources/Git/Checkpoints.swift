import CGit2
import Glibc
public import SessionModel

/// States of a worktree kept as a chain of commits, one reference for each session.
public enum Checkpoints {
    /// Where they lie: `refs/claudia/checkpoints/<name>`.
    public static let prefix = "refs/claudia/checkpoints/"
    /// Where the chain of an earlier session goes once another one of its name begins its own:
    /// `refs/claudia/former/<name>/<commit>`.
    public static let formerPrefix = "refs/claudia/former/"
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
        /// The UUID of the session that it is of.
        public var session: String
        /// What differs from the checkpoint before, or from the session's base where there is none.
        public var changed: DiffNumbers
        /// What differs from the session's base.
        public var total: DiffNumbers
    }

    /// A session whose worktree's states are kept.
    public struct Source: Equatable, Sendable {
        /// Its name.
        public var name: String
        /// Its UUID: another one's chain is not gone on with.
        public var id: String
        /// Its worktree.
        public var worktree: String
        /// The repository's common Git directory.
        public var commonDirectory: String
        /// The commit that it began at.
        public var base: ObjectID
        /// The end of another one's chain that is gone on with; nil where there is none.
        public var adopted: ObjectID?

        /// A session, part by part.
        public init(name: String, id: String, worktree: String, commonDirectory: String, base: ObjectID) {
            (self.name, self.id) = (name, id)
            (self.worktree, self.commonDirectory, self.base) = (worktree, commonDirectory, base)
        }
    }

    /// What a worktree holds at a moment.
    public struct State: Equatable, Sendable {
        /// What HEAD is at.
        public var head: ObjectID
        /// The newest checkpoint, which has the same files; nil when nothing differs from the base.
        public var newest: Entry?
        /// Whether that one was made just now.
        public var isNew: Bool
    }

    /// The reference of the session `name`.
    public static func reference(name: String) -> String { prefix + name }

    /// Keeps tracked and untracked files, not ignored ones, as the next commit of the session's chain.
    ///
    /// No commit when nothing changed since the last one, or since the base where there is none. Touches
    /// neither the worktree nor its index, HEAD, branch or locks. Objects are shared with the repository's.
    public static func save(_ source: Source, message: String) throws(GitError) -> State {
        let contents = try WorktreeContents(
            worktree: source.worktree, commonDirectory: source.commonDirectory)
        try contents.collect()
        let tree = try contents.tree()
        // Through a worktree libgit2 1.5.1 looks for references in the admin folder only.
        let repository = try Repository(at: source.commonDirectory)
        let reference = reference(name: source.name)
        let last = try lastOfOwn(source, repository)
        guard try repository.tree(of: last?.commit ?? source.base) != tree else {
            return State(head: contents.head, newest: last, isNew: false)
        }
        // By the worktree's handle, whose index can be read: a patch asks it for attributes.
        let changed = try contents.repository.diff(from: last?.commit ?? source.base, to: tree).numbers
        let total =
            last == nil ? changed : try contents.repository.diff(from: source.base, to: tree).numbers
        var entry = Entry(
            number: (last?.number ?? 0) + 1, commit: tree, head: contents.head, time: 0,
            message: message.withoutControls.trimmingNewlines, session: source.id, changed: changed,
            total: total)
        entry.commit = try contents.repository.makeCommit(
            tree, entry.message + Note.text(of: entry), [last?.commit ?? source.base])
        try StaleLock.outlasting(reference, in: source.commonDirectory) { () throws(GitError) in
            try repository.set(reference, to: entry.commit, from: last?.commit, log: "checkpoint")
        }
        return State(head: contents.head, newest: entry, isNew: true)
    }

    /// The files of a worktree as they are, as a tree that no reference names, and what HEAD is at.
    public static func present(
        worktree: String, commonDirectory: String
    ) throws(GitError) -> (tree: ObjectID, head: ObjectID) {
        let contents = try WorktreeContents(worktree: worktree, commonDirectory: commonDirectory)
        try contents.collect()
        return (try contents.tree(), contents.head)
    }

    /// The newest of the session's own; the chain of an earlier session of that name is put aside.
    private static func lastOfOwn(
        _ source: Source, _ repository: borrowing Repository
    ) throws(GitError) -> Entry? {
        let reference = reference(name: source.name)
        guard let commit = try repository.target(of: reference) else { return nil }
        if let (entry, _) = try read(commit, repository),
            entry.session == source.id || commit == source.adopted
        {
            return entry
        }
        try putAside(commit, name: source.name, repository)
        return nil
    }

    /// Moves a chain to where those of earlier sessions are.
    private static func putAside(
        _ commit: ObjectID, name: String, _ repository: borrowing Repository
    ) throws(GitError) {
        let former = "\(formerPrefix)\(name)/\(commit)"
        if try repository.target(of: former) == nil {
            try repository.set(former, to: commit, from: nil, log: "checkpoints of an earlier session")
        }
        try StaleLock.outlasting(reference(name: name), in: repository.commonDirectory) {
            () throws(GitError) in try delete(name: name, in: repository)
        }
    }

    /// The newest of the session's states; nil when there is none.
    public static func newest(name: String, in repository: borrowing Repository) throws(GitError) -> Entry? {
        guard let commit = try repository.target(of: reference(name: name)) else { return nil }
        return try read(commit, repository)?.entry
    }

    /// The session's states, the newest first.
    public static func list(
        name: String, base: ObjectID? = nil, in repository: borrowing Repository
    ) throws(GitError) -> [Entry] {
        var next = try repository.target(of: reference(name: name))
        var entries: [Entry] = []
        while let commit = next, commit != base, entries.count < countMax,
            let (entry, parent) = try read(commit, repository)
        {
            entries.append(entry)
            next = parent
        }
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

    /// Makes a chain that came from elsewhere that of a new session; one that is there is put aside.
    public static func adopt(
        _ checkpoint: ObjectID, name: String, in repository: borrowing Repository
    ) throws(GitError) {
        let reference = reference(name: name)
        if let last = try repository.target(of: reference), last != checkpoint {
            try putAside(last, name: name, repository)
        }
        guard try repository.target(of: reference) == nil else { return }
        try repository.set(reference, to: checkpoint, from: nil, log: "pulled")
    }

    /// A checkpoint and the commit before it; nil for a commit that is none.
    private static func read(
        _ commit: ObjectID, _ repository: borrowing Repository
    ) throws(GitError) -> (entry: Entry, parent: ObjectID?)? {
        let handle = repository.handle.pointer
        var id = commit.raw
        let found = try Owned(git_commit_free, "checkpoint \(commit)") {
            git_commit_lookup(&$0, handle, &id)
        }
        let text = git_commit_message(found.pointer).map { String(cString: $0) } ?? ""
        guard let note = Note(endOf: text) else { return nil }
        let entry = Entry(
            number: note.number, commit: commit, head: note.head, time: Commits.time(of: found.pointer),
            message: note.message, session: note.session, changed: note.changed, total: note.total)
        return (entry, git_commit_parent_id(found.pointer, 0).map { ObjectID($0) })
    }

    /// Drops the session's chain; nothing happens when there is none.
    public static func delete(name: String, in repository: borrowing Repository) throws(GitError) {
        try repository.remove(reference(name: name))
    }
}

extension DiffSummary {
    /// How much that is in all.
    public var numbers: DiffNumbers {
        DiffNumbers(files: files, insertions: insertions, deletions: deletions)
    }
}

extension StringProtocol {
    /// The text without newlines at its end.
    var trimmingNewlines: String { String(reversed().drop { $0.isNewline }.reversed()) }

    /// The text without control characters but newlines and tabs; a NUL would end a commit's message.
    fileprivate var withoutControls: String {
        String(
            String.UnicodeScalarView(
                unicodeScalars.filter { $0.value >= 0x20 || "\n\t".unicodeScalars.contains($0) }))
    }
}
