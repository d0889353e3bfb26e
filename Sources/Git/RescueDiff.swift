import CGit2

extension Rescue {
    /// How much a rescue holds against the commit that the worktree was at: tracked and untracked files.
    public static func size(
        of entry: Entry, in repository: borrowing Repository
    ) throws(GitError) -> (files: Int, insertions: Int, deletions: Int) {
        let handle = repository.handle.pointer
        var id = entry.commit.raw
        let commit = try Owned(git_commit_free, "commit \(entry.commit)") {
            git_commit_lookup(&$0, handle, &id)
        }
        // Parents as `git stash -u` has them: the commit below, the index, the untracked files.
        let parents = git_commit_parentcount(commit.pointer)
        guard parents > 0 else { return (0, 0, 0) }
        let base = try tree(ofParent: 0, commit)
        let top = commit.pointer
        let work = try Owned(git_tree_free, "tree of \(entry.commit)") { git_commit_tree(&$0, top) }
        let tracked = try numbers(from: base.pointer, to: work.pointer, handle)
        guard parents > 2 else { return tracked }
        let untracked = try numbers(from: nil, to: tree(ofParent: 2, commit).pointer, handle)
        return (
            tracked.files + untracked.files, tracked.insertions + untracked.insertions,
            tracked.deletions + untracked.deletions
        )
    }

    private static func tree(ofParent number: UInt32, _ commit: borrowing Owned) throws(GitError) -> Owned {
        let top = commit.pointer
        let parent = try Owned(git_commit_free, "parent commit") { git_commit_parent(&$0, top, number) }
        return try Owned(git_tree_free, "tree") { git_commit_tree(&$0, parent.pointer) }
    }

    private static func numbers(
        from old: OpaquePointer?, to new: OpaquePointer, _ repository: OpaquePointer
    ) throws(GitError) -> (files: Int, insertions: Int, deletions: Int) {
        let diff = try Owned(git_diff_free, "rescue") {
            git_diff_tree_to_tree(&$0, repository, old, new, nil)
        }
        let stats = try Owned(git_diff_stats_free, "rescue") { git_diff_get_stats(&$0, diff.pointer) }
        return (
            git_diff_stats_files_changed(stats.pointer), git_diff_stats_insertions(stats.pointer),
            git_diff_stats_deletions(stats.pointer)
        )
    }
}
