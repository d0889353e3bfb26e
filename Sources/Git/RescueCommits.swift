import CGit2
import Glibc

/// Makes the commits of one rescue; nothing of the worktree is changed.
struct RescueCommits: ~Copyable {
    private let repository: Repository
    private let head: ObjectID
    /// A commit that only the worktree's reflog still names, where HEAD names none.
    private let last: ObjectID?
    private let index: WorktreeIndex
    private let untracked: Owned

    init(worktree: String, commonDirectory: String) throws(GitError) {
        let opened = try Repository(worktree: worktree, commonDirectory: commonDirectory)
        var id = git_oid()
        let code = git_reference_name_to_id(&id, opened.handle.pointer, "HEAD")
        if code != GIT_ENOTFOUND.rawValue { try LibGit2.check(code, "HEAD of \(worktree)") }
        let staged = try WorktreeIndex(opened)
        let fresh = try Owned(git_index_free, "index") { git_index_new(&$0) }
        if code == GIT_ENOTFOUND.rawValue {
            let start = try UnbornHead(opened, staged)
            (head, last) = (start.head, start.last)
        } else {
            (head, last) = (ObjectID(id), nil)
        }
        index = staged
        untracked = fresh
        repository = opened
    }

    /// Writes all objects and the reference.
    func save(on reference: String, message: String) throws(GitError) -> ObjectID {
        let stagedTree = try index.writeTree(repository)
        try collect()
        let tree = try index.writeTree(repository)
        let subject = try describeHead()
        var untrackedTree = git_oid()
        try LibGit2.check(
            git_index_write_tree_to(&untrackedTree, untracked.pointer, repository.handle.pointer),
            "tree of untracked files")
        let parents =
            [
                head,
                try commit(stagedTree, "index on \(subject)\n", [head]),
                try commit(ObjectID(untrackedTree), "untracked files on \(subject)\n", []),
            ]
            + (last.map { [$0] } ?? [])
        let made = try commit(tree, message, parents)
        // Through a worktree libgit2 1.5.1 looks for existing references in the admin folder only, and would
        // move one (refdb_fs_backend__exists).
        let common = try Repository(at: repository.commonDirectory)
        let handle = common.handle.pointer
        var id = made.raw
        _ = try Owned(git_reference_free, "reference '\(reference)'") {
            git_reference_create(&$0, handle, reference, &id, 0, nil)
        }
        return made
    }

    /// Brings the copy of the index to what the files are, and gathers the untracked ones.
    private borrowing func collect() throws(GitError) {
        let diff = try WorkdirDiff.staged(index, repository, GIT_DIFF_INCLUDE_TYPECHANGE)
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = git_diff_get_delta(diff.pointer, position) else { continue }
            let file = delta.pointee.new_file
            guard let path = file.path ?? delta.pointee.old_file.path else { continue }
            switch delta.pointee.status {
            case GIT_DELTA_UNTRACKED:
                guard Self.isBlob(file.mode), let id = try blob(path) else { continue }
                try WorktreeIndex.add(
                    Self.bytes(path), mode: UInt32(file.mode), id: id, to: untracked.pointer)
            case GIT_DELTA_MODIFIED, GIT_DELTA_TYPECHANGE: try change(path, file)
            case GIT_DELTA_DELETED:
                if !index.skips(path) { git_index_remove(index.handle.pointer, path, 0) }
            default: continue
            }
        }
    }

    private borrowing func change(
        _ path: UnsafePointer<CChar>, _ file: git_diff_file
    ) throws(GitError) {
        let staged = index.handle.pointer
        if Self.isBlob(file.mode) {
            guard let id = try blob(path) else {
                git_index_remove(staged, path, 0)
                return
            }
            try WorktreeIndex.add(Self.bytes(path), mode: UInt32(file.mode), id: id, to: staged)
        } else if UInt32(file.mode) == GIT_FILEMODE_COMMIT.rawValue {
            // A submodule at another commit; a folder that is no repository has no valid name here.
            guard file.flags & GIT_DIFF_FLAG_VALID_ID.rawValue != 0 else { return }
            try WorktreeIndex.add(Self.bytes(path), mode: UInt32(file.mode), id: file.id, to: staged)
        } else {
            git_index_remove(staged, path, 0)
        }
    }

    /// The file as a blob; nil when it has gone or can't be read, in which case it stays in the trash only.
    private borrowing func blob(_ path: UnsafePointer<CChar>) throws(GitError) -> git_oid? {
        var id = git_oid()
        let code = git_blob_create_from_workdir(&id, repository.handle.pointer, path)
        if code == 0 { return id }
        let text = LibGit2.lastMessage
        let readable =
            faccessat(AT_FDCWD, repository.mainWorktree + "/" + String(cString: path), R_OK, 0) == 0
        guard readable else { return nil }
        throw .other(code: code, "\(String(cString: path)): \(text)")
    }

    private borrowing func commit(
        _ tree: ObjectID, _ message: String, _ parents: [ObjectID]
    ) throws(GitError) -> ObjectID {
        let signature = try Signature(repository)
        var id = git_oid()
        var treeID = tree.raw
        let list = parents.map(\.raw)
        let code = list.withUnsafeBufferPointer { parents in
            var pointers = parents.indices.map { position in parents.baseAddress.map { $0 + position } }
            return git_commit_create_from_ids(
                &id, repository.handle.pointer, nil, signature.pointer, signature.pointer, nil, message,
                &treeID, pointers.count, &pointers)
        }
        try LibGit2.check(code, "rescue commit")
        return ObjectID(id)
    }

    /// `branch: 1234567 subject`, as `git stash` names what it was on.
    private borrowing func describeHead() throws(GitError) -> String {
        let handle = repository.handle.pointer
        var id = head.raw
        let commit = try Owned(git_commit_free, "commit \(head)") { git_commit_lookup(&$0, handle, &id) }
        let summary = git_commit_summary(commit.pointer).map { String(cString: $0) } ?? ""
        let branch = (try? repository.branchName(of: "HEAD")) ?? "(no branch)"
        return "\(branch): \(head.short) \(summary)"
    }

    private static func isBlob(_ mode: UInt16) -> Bool {
        [GIT_FILEMODE_BLOB, GIT_FILEMODE_BLOB_EXECUTABLE, GIT_FILEMODE_LINK].contains {
            $0.rawValue == UInt32(mode)
        }
    }

    private static func bytes(_ path: UnsafePointer<CChar>) -> [CChar] {
        Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
    }
}
