import CGit2

/// Makes the commits of one rescue; nothing of the worktree is changed.
struct RescueCommits: ~Copyable {
    private let contents: WorktreeContents

    init(worktree: String, commonDirectory: String) throws(GitError) {
        contents = try WorktreeContents(worktree: worktree, commonDirectory: commonDirectory)
    }

    /// Writes all objects and the reference.
    func save(on reference: String, message: String) throws(GitError) -> ObjectID {
        let stagedTree = try contents.tree()
        let untracked = try Owned(git_index_free, "index") { git_index_new(&$0) }
        try contents.collect(untracked: untracked.pointer)
        let tree = try contents.tree()
        let subject = try describeHead()
        var untrackedTree = git_oid()
        try LibGit2.check(
            git_index_write_tree_to(
                &untrackedTree, untracked.pointer, contents.repository.handle.pointer),
            "tree of untracked files")
        let parents =
            [
                contents.head,
                try commit(stagedTree, "index on \(subject)\n", [contents.head]),
                try commit(ObjectID(untrackedTree), "untracked files on \(subject)\n", []),
            ]
            + (contents.last.map { [$0] } ?? [])
        let made = try commit(tree, message, parents)
        // Through a worktree libgit2 1.5.1 looks for existing references in the admin folder only, and would
        // move one (refdb_fs_backend__exists).
        let common = try Repository(at: contents.repository.commonDirectory)
        let handle = common.handle.pointer
        var id = made.raw
        _ = try Owned(git_reference_free, "reference '\(reference)'") {
            git_reference_create(&$0, handle, reference, &id, 0, nil)
        }
        return made
    }

    private borrowing func commit(
        _ tree: ObjectID, _ message: String, _ parents: [ObjectID]
    ) throws(GitError) -> ObjectID {
        try contents.repository.makeCommit(tree, message, parents)
    }

    /// `branch: 1234567 subject`, as `git stash` names what it was on.
    private borrowing func describeHead() throws(GitError) -> String {
        let handle = contents.repository.handle.pointer
        var id = contents.head.raw
        let commit = try Owned(git_commit_free, "commit \(contents.head)") {
            git_commit_lookup(&$0, handle, &id)
        }
        let summary = git_commit_summary(commit.pointer).map { String(cString: $0) } ?? ""
        let branch = (try? contents.repository.branchName(of: "HEAD")) ?? "(no branch)"
        return "\(branch): \(contents.head.short) \(summary)"
    }
}
