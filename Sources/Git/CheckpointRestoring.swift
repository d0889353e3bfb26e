import CGit2
import Glibc
import Linux

extension Checkpoints {
    /// Makes the files of a worktree those of `commit`, a checkpoint or any other commit.
    ///
    /// The present state is kept on `rescue` first, a reference as `Rescue.save` takes it. Branch, HEAD and
    /// index stay, and so do ignored files. Nobody may write in the worktree meanwhile. Returns the rescue; nil, and
    /// nothing was done, when the files are those of `commit` already.
    public static func restore(
        to commit: ObjectID, worktree: String, commonDirectory: String, rescue: String, message: String
    ) throws(GitError) -> ObjectID? {
        let contents = try WorktreeContents(worktree: worktree, commonDirectory: commonDirectory)
        try contents.collect()
        let present = try contents.tree()
        let wanted = try contents.repository.tree(of: commit)
        guard present != wanted else { return nil }
        let kept = try Rescue.save(
            worktree: worktree, commonDirectory: commonDirectory, reference: rescue, message: message)
        let old = try contents.repository.openTree(present)
        let new = try contents.repository.openTree(wanted)
        let handle = contents.repository.handle.pointer
        let diff = try Owned(git_diff_free, "difference to \(commit)") {
            git_diff_tree_to_tree(&$0, handle, old.pointer, new.pointer, nil)
        }
        var gone: [[CChar]] = []
        var written: [[CChar]] = []
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = git_diff_get_delta(diff.pointer, position) else { continue }
            if delta.pointee.status == GIT_DELTA_DELETED {
                guard let path = delta.pointee.old_file.path else { continue }
                if delta.pointee.old_file.mode != GIT_FILEMODE_COMMIT.rawValue {
                    gone.append(Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1)))
                }
            } else if let path = delta.pointee.new_file.path {
                written.append(Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1)))
            }
        }
        try system { () throws(SystemError) in try remove(gone, below: Folder(at: worktree)) }
        if !written.isEmpty { try write(written, of: new, handle) }
        return kept
    }

    /// Removes files, and the folders that are empty then.
    private static func remove(_ paths: [[CChar]], below root: borrowing Folder) throws(SystemError) {
        for path in paths {
            do {
                try root.remove(bytes: path, isFolder: false)
            } catch {
                guard error.number == ENOENT || error.number == ENOTDIR else { throw error }
                continue
            }
            var rest = path[...]
            while let last = rest.lastIndex(of: 0x2F) {
                rest = rest[..<last]
                guard (try? root.remove(bytes: Array(rest) + [0], isFolder: true)) != nil else { break }
            }
        }
    }

    /// Has libgit2 write exactly these paths, by the worktree's attributes, and leave the index alone.
    private static func write(
        _ paths: [[CChar]], of tree: borrowing Owned, _ repository: OpaquePointer
    ) throws(GitError) {
        var options = git_checkout_options()
        git_checkout_options_init(&options, UInt32(GIT_CHECKOUT_OPTIONS_VERSION))
        let flags = [
            GIT_CHECKOUT_FORCE, GIT_CHECKOUT_DONT_UPDATE_INDEX, GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH,
            GIT_CHECKOUT_DONT_WRITE_INDEX, GIT_CHECKOUT_NO_REFRESH,
        ]
        options.checkout_strategy = flags.reduce(0) { $0 | $1.rawValue }
        let code = PathList.lend(paths) { list in
            options.paths = list
            return git_checkout_tree(repository, tree.pointer, &options)
        }
        try LibGit2.check(code, "files of the checkpoint")
    }
}
