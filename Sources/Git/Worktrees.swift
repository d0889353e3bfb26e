/// Making, listing, removing and bringing back linked worktrees.
///
/// Callers make one worktree of a repository at a time.
public enum Worktrees {
    /// Makes a worktree on a branch; on any failure nothing of it is left.
    ///
    /// Until it is whole its entry is locked, with a reason that `clearUnfinished` knows. Throws `.exists` when
    /// something lies at the path or the branch exists and may not, and `.branchCheckedOut`.
    public static func add(_ request: WorktreeRequest) throws(GitError) -> NewWorktree {
        var making = try WorktreeMaking(request)
        return try making.run()
    }

    /// Renames a worktree's folder and its admin folder into the trash; nothing is copied or deleted.
    ///
    /// When the second rename fails, the first is undone. The folders of both places must exist.
    public static func detach(
        worktree: String, adminName: String, commonDirectory: String, to trash: TrashedWorktree
    ) throws(GitError) {
        throw .unsupported("detach isn't written yet")
    }

    /// Renames both folders back from the trash: the inverse of `detach`.
    ///
    /// Throws `.exists` when path or entry are taken, `.branchCheckedOut` when the branch is in use by now, and
    /// `.notFound` when the branch is gone; then nothing was changed.
    public static func reattach(
        _ trash: TrashedWorktree, worktree: String, adminName: String, commonDirectory: String
    ) throws(GitError) {
        throw .unsupported("reattach isn't written yet")
    }

    /// The entries of Git's worktree list that don't agree with the disk; nothing is changed.
    public static func drift(commonDirectory: String) throws(GitError) -> [WorktreeDrift] {
        throw .unsupported("drift isn't written yet")
    }
}
