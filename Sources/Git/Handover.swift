import CGit2
import Glibc

/// A session on its way to another machine: `refs/claudia/handover/<name>`, a commit of a few small files, whose
/// parents bring branch, checkpoints and base along.
public enum Handover {
    /// Where they lie, here and in remotes.
    public static let prefix = "refs/claudia/handover/"
    /// Where one lies that was fetched and not looked at yet.
    static let incoming = "refs/claudia/incoming/"

    /// What was fetched.
    public struct Arrived: Equatable, Sendable {
        /// The commit.
        public var commit: ObjectID
        /// Its files, by name.
        public var files: [String: [UInt8]]
        /// The commits that it brings along.
        public var brought: [ObjectID]
    }

    /// The reference of the session `name`.
    public static func reference(name: String) -> String { prefix + name }

    /// Makes the commit of the session, after the one before; nothing is sent yet.
    public static func write(
        name: String, files: [String: [UInt8]], bringing commits: [ObjectID], message: String,
        in repository: borrowing Repository
    ) throws(GitError) -> ObjectID {
        let handle = repository.handle.pointer
        let index = try Owned(git_index_free, "index") { git_index_new(&$0) }
        for (name, bytes) in files {
            var id = git_oid()
            try LibGit2.check(git_blob_create_from_buffer(&id, handle, bytes, bytes.count), "blob")
            try WorktreeIndex.add(
                Array(name.utf8CString), mode: UInt32(GIT_FILEMODE_BLOB.rawValue), id: id, to: index.pointer)
        }
        var tree = git_oid()
        try LibGit2.check(git_index_write_tree_to(&tree, index.pointer, handle), "tree")
        let last = try repository.target(of: reference(name: name))
        var parents: [ObjectID] = []
        for commit in [last].compactMap(\.self) + commits where !parents.contains(commit) {
            parents.append(commit)
        }
        let made = try repository.makeCommit(ObjectID(tree), message, parents)
        try repository.set(reference(name: name), to: made, from: last, log: "handed over")
        return made
    }

    /// Sends the session to a remote.
    public static func push(
        name: String, to remote: String, in repository: borrowing Repository
    ) throws(GitError) {
        try Remotes.push(reference(name: name), to: remote, in: repository)
    }

    /// The names of the sessions that a remote has, as it says.
    public static func list(
        in remote: String, _ repository: borrowing Repository
    ) throws(GitError) -> [String] {
        try Remotes.names(beneath: prefix, of: remote, in: repository)
    }

    /// Fetches a session: those of its files that `limits` names, none with more bytes than it says.
    ///
    /// What comes is a stranger's. Throws `.unsupported` for a file that is none, or too big.
    public static func fetch(
        name: String, from remote: String, limits: [String: Int], in repository: borrowing Repository
    ) throws(GitError) -> Arrived {
        try Remotes.fetch(
            reference(name: name), from: remote, as: incoming + name, in: repository)
        defer { git_reference_remove(repository.handle.pointer, incoming + name) }
        guard let commit = try repository.target(of: incoming + name) else {
            throw .notFound("session '\(name)' in '\(remote)'")
        }
        let tree = try repository.openTree(repository.tree(of: commit))
        var files: [String: [UInt8]] = [:]
        for (name, most) in limits {
            files[name] = try read(name, most: most, in: tree, repository)
        }
        return Arrived(commit: commit, files: files, brought: try parents(of: commit, repository))
    }

    /// Keeps what was fetched, so that it can be sent back.
    public static func keep(
        _ arrived: Arrived, name: String, in repository: borrowing Repository
    ) throws(GitError) {
        let last = try repository.target(of: reference(name: name))
        if last == arrived.commit { return }
        try repository.set(reference(name: name), to: arrived.commit, from: last, log: "pulled")
    }

    private static func read(
        _ name: String, most: Int, in tree: borrowing Owned, _ repository: borrowing Repository
    ) throws(GitError) -> [UInt8]? {
        guard let entry = git_tree_entry_byname(tree.pointer, name), let id = git_tree_entry_id(entry) else {
            return nil
        }
        guard git_tree_entry_filemode(entry) == GIT_FILEMODE_BLOB else {
            throw .unsupported("what came has a '\(name)' that is no file")
        }
        let handle = repository.handle.pointer
        let objects = try Owned(git_odb_free, "objects") { git_repository_odb(&$0, handle) }
        var (size, kind) = (0, GIT_OBJECT_ANY)
        try LibGit2.check(git_odb_read_header(&size, &kind, objects.pointer, id), name)
        guard size <= most else {
            throw .unsupported("what came has a '\(name)' of \(size) bytes, more than \(most)")
        }
        let blob = try Owned(git_blob_free, name) { git_blob_lookup(&$0, handle, id) }
        guard let content = git_blob_rawcontent(blob.pointer) else { return [] }
        return Array(UnsafeRawBufferPointer(start: content, count: Int(git_blob_rawsize(blob.pointer))))
    }

    private static func parents(
        of commit: ObjectID, _ repository: borrowing Repository
    ) throws(GitError) -> [ObjectID] {
        let handle = repository.handle.pointer
        var id = commit.raw
        let found = try Owned(git_commit_free, "commit \(commit)") { git_commit_lookup(&$0, handle, &id) }
        return (0..<git_commit_parentcount(found.pointer)).compactMap {
            git_commit_parent_id(found.pointer, $0).map { ObjectID($0) }
        }
    }
}
