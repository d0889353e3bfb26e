import CGit2
import Glibc
import Linux

/// Differences between an index in memory, or a tree, and the files of a worktree.
///
/// Never with GIT_DIFF_UPDATE_INDEX: that would take `index.lock`.
enum WorkdirDiff {
    /// How often a comparison is made anew because a file changed while it was read.
    static let attemptsMax = 20

    /// From the index to the files, untracked ones included; only these `paths` where they are known.
    static func staged(
        _ index: borrowing WorktreeIndex, _ repository: borrowing Repository, paths: [[CChar]]?,
        _ more: git_diff_option_t...
    ) throws(GitError) -> Owned {
        try files(index.handle.pointer, repository.handle.pointer, paths, options(more))
    }

    private static func files(
        _ staged: OpaquePointer, _ handle: OpaquePointer, _ paths: [[CChar]]?, _ options: git_diff_options
    ) throws(GitError) -> Owned {
        var options = options
        if paths != nil { options.flags |= GIT_DIFF_DISABLE_PATHSPEC_MATCH.rawValue }
        return try Owned(git_diff_free, "comparison with the index") { made in
            PathList.lend(paths ?? []) { list in
                options.pathspec = list
                return git_diff_index_to_workdir(&made, handle, staged, &options)
            }
        }
    }

    /// From a commit by way of the index to the files, so that files which match it aren't read.
    static func committed(
        _ base: ObjectID, _ index: borrowing WorktreeIndex, _ repository: borrowing Repository,
        _ scan: consuming WorktreeScan?, _ more: git_diff_option_t...
    ) throws(GitError) -> Owned {
        let (handle, staged) = (repository.handle.pointer, index.handle.pointer)
        let tree = try repository.openTree(repository.tree(of: base))
        var options = options(more)
        var whole = try compare(tree, staged, handle, &options)
        if try restorePresent(whole, staged, handle) { whole = try compare(tree, staged, handle, &options) }
        let files = try files(staged, handle, scan?.paths(for: index), options)
        try LibGit2.check(git_diff_merge(whole.pointer, files.pointer), "comparison with \(base)")
        return whole
    }

    /// Puts what is deleted in the index, yet still there as a file, back into the copy of the index.
    ///
    /// Otherwise the file would count as deleted, as in `git diff`, and its content be missing. True when
    /// there was any.
    private static func restorePresent(
        _ diff: borrowing Owned, _ staged: OpaquePointer, _ handle: OpaquePointer
    ) throws(GitError) -> Bool {
        guard let folder = try? Folder(at: String(cString: git_repository_workdir(handle))) else {
            return false
        }
        var restored = false
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = git_diff_get_delta(diff.pointer, position),
                delta.pointee.status == GIT_DELTA_DELETED, let path = delta.pointee.old_file.path
            else { continue }
            let name = Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
            // Through a link in the place of a folder it isn't there; one that is ignored by now counts as deleted.
            var isIgnored: CInt = 0
            guard let status = try? folder.status(bytes: name), status.kind != .folder,
                git_ignore_path_is_ignored(&isIgnored, handle, path) != 0 || isIgnored == 0
            else { continue }
            let old = delta.pointee.old_file
            try WorktreeIndex.add(name, mode: UInt32(old.mode), id: old.id, to: staged)
            restored = true
        }
        return restored
    }

    private static func compare(
        _ tree: borrowing Owned, _ staged: OpaquePointer, _ handle: OpaquePointer,
        _ options: inout git_diff_options
    ) throws(GitError) -> Owned {
        let root = tree.pointer
        return try Owned(git_diff_free, "comparison with the index") {
            git_diff_tree_to_index(&$0, handle, root, staged, &options)
        }
    }

    private static func options(_ more: [git_diff_option_t]) -> git_diff_options {
        var options = git_diff_options()
        git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
        let always = [GIT_DIFF_INCLUDE_UNTRACKED, GIT_DIFF_RECURSE_UNTRACKED_DIRS]
        options.flags = (always + more).reduce(0) { $0 | $1.rawValue }
        options.ignore_submodules = GIT_SUBMODULE_IGNORE_DIRTY
        return options
    }

    /// Whether libgit2's words say that a file changed while it was compared.
    static func isRace(_ error: GitError) -> Bool {
        guard case .other(_, let text) = error else { return false }
        return ["changed before we could read it", "failed to read file", "could not read ("].contains {
            text.contains($0)
        }
    }
}
