/// Making, listing, removing and bringing back linked worktrees.
///
/// Callers make one worktree of a repository at a time.
public enum Worktrees {
    /// Makes a worktree on a branch; on any failure nothing of it is left.
    ///
    /// Until it is whole its entry is locked, with a reason that `clearUnfinished` knows. Throws `.exists`
    /// when something lies at the path or the branch exists and may not, and `.branchCheckedOut`.
    ///
    /// `progress` is told now and then how many files are written, and of how many, from whatever thread writes.
    public static func add(
        _ request: WorktreeRequest, progress: @escaping CheckoutProgress.Report = { _, _ in }
    ) throws(GitError) -> NewWorktree {
        var making = try WorktreeMaking(request, progress)
        return try making.run()
    }
}
