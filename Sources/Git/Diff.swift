/// What a worktree holds beyond a commit: committed, staged, not staged and untracked; not what is ignored.
extension Repository {
    /// Every changed file with its lines, for a repository opened on a worktree.
    public borrowing func diff(since base: ObjectID) throws(GitError) -> DiffSummary {
        throw .unsupported("diff isn't written yet")
    }

    /// The same as a patch that `git apply` takes, binary and untracked files included.
    public borrowing func patch(since base: ObjectID) throws(GitError) -> [UInt8] {
        throw .unsupported("patch isn't written yet")
    }
}
