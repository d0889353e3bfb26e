import CGit2
import Glibc

/// What a worktree holds beyond a commit: committed, staged, not staged and untracked; not what is ignored.
extension Repository {
    /// Every changed file with its lines, for a repository opened on a worktree.
    ///
    /// Takes no lock and writes nothing. Nested repositories and their files are left out.
    public borrowing func diff(since base: ObjectID) throws(GitError) -> DiffSummary {
        var changes: [DiffSummary.Change] = []
        try compare(base, GIT_DIFF_NORMAL, restart: { changes = [] }) { delta, patch in
            if let change = DiffSummary.Change(delta, patch) { changes.append(change) }
            return 0
        }
        return DiffSummary(changes: changes)
    }

    /// The same as a patch that `git apply` takes, binary and untracked files included.
    public borrowing func patch(since base: ObjectID) throws(GitError) -> [UInt8] {
        var bytes: [UInt8] = []
        try compare(base, GIT_DIFF_SHOW_BINARY, restart: { bytes = [] }) { _, patch in
            Self.append(patch, to: &bytes)
        }
        return bytes
    }

    /// Every file that differs between two commits, such as checkpoints of two sessions.
    public borrowing func diff(from old: ObjectID, to new: ObjectID) throws(GitError) -> DiffSummary {
        var changes: [DiffSummary.Change] = []
        try compare(from: old, to: new, GIT_DIFF_NORMAL) { delta, patch in
            if let change = DiffSummary.Change(delta, patch) { changes.append(change) }
            return 0
        }
        return DiffSummary(changes: changes)
    }

    /// The difference between two commits as a patch that `git apply` takes.
    public borrowing func patch(from old: ObjectID, to new: ObjectID) throws(GitError) -> [UInt8] {
        var bytes: [UInt8] = []
        try compare(from: old, to: new, GIT_DIFF_SHOW_BINARY) { _, patch in Self.append(patch, to: &bytes) }
        return bytes
    }

    private static func append(_ patch: OpaquePointer, to bytes: inout [UInt8]) -> CInt {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        let code = git_patch_to_buf(&buffer, patch)
        bytes += UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size)
        return code
    }

    private borrowing func compare(
        from old: ObjectID, to new: ObjectID, _ option: git_diff_option_t,
        _ body: (UnsafePointer<git_diff_delta>, OpaquePointer) -> CInt
    ) throws(GitError) {
        let repository = handle.pointer
        let first = try openTree(tree(of: old))
        let second = try openTree(tree(of: new))
        var options = git_diff_options()
        git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
        options.flags = option.rawValue
        let diff = try Owned(git_diff_free, "comparison of \(old) and \(new)") {
            git_diff_tree_to_tree(&$0, repository, first.pointer, second.pointer, &options)
        }
        try Self.visit(diff, { _ in true }, body)
    }

    /// Calls `body` with every change; once more from the start when a file changed meanwhile.
    private borrowing func compare(
        _ base: ObjectID, _ option: git_diff_option_t, restart: () -> Void,
        _ body: (UnsafePointer<git_diff_delta>, OpaquePointer) -> CInt
    ) throws(GitError) {
        for attempt in 1...WorkdirDiff.attemptsMax {
            do throws(GitError) {
                restart()
                return try compareOnce(base, option, scanning: attempt == 1, body)
            } catch {
                guard attempt < WorkdirDiff.attemptsMax, WorkdirDiff.isRace(error) else { throw error }
            }
        }
    }

    private borrowing func compareOnce(
        _ base: ObjectID, _ option: git_diff_option_t, scanning: Bool,
        _ body: (UnsafePointer<git_diff_delta>, OpaquePointer) -> CInt
    ) throws(GitError) {
        let scan = scanning ? WorktreeScan(self) : nil
        let index = try WorktreeIndex(self)
        let diff = try WorkdirDiff.committed(
            base, index, self, scan, option, GIT_DIFF_SHOW_UNTRACKED_CONTENT)
        try Self.visit(diff, { Self.counts($0, index) }, body)
    }

    /// Finds renames, then calls `body` with every change that counts.
    private static func visit(
        _ diff: borrowing Owned, _ counts: (UnsafePointer<git_diff_delta>) -> Bool,
        _ body: (UnsafePointer<git_diff_delta>, OpaquePointer) -> CInt
    ) throws(GitError) {
        var find = git_diff_find_options()
        git_diff_find_options_init(&find, UInt32(GIT_DIFF_FIND_OPTIONS_VERSION))
        find.flags = GIT_DIFF_FIND_RENAMES.rawValue | GIT_DIFF_FIND_FOR_UNTRACKED.rawValue
        try LibGit2.check(git_diff_find_similar(diff.pointer, &find), "search for renames")
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let before = git_diff_get_delta(diff.pointer, position), counts(before) else {
                continue
            }
            var made: OpaquePointer?
            let code = claudia_git_patch(&made, diff.pointer, position)
            defer { git_patch_free(made) }
            try LibGit2.check(code, path(before.pointee.new_file))
            guard let made, let delta = git_patch_get_delta(made) else { continue }
            try LibGit2.check(body(delta, made), path(delta.pointee.new_file))
        }
    }

    /// Leaves out nested repositories, and files that a sparse checkout left out.
    private static func counts(
        _ delta: UnsafePointer<git_diff_delta>, _ index: borrowing WorktreeIndex
    ) -> Bool {
        let file = delta.pointee
        switch file.status {
        case GIT_DELTA_UNTRACKED:
            let mode = UInt32(file.new_file.mode)
            return mode != GIT_FILEMODE_TREE.rawValue && mode != GIT_FILEMODE_COMMIT.rawValue
        case GIT_DELTA_DELETED:
            guard let path = file.old_file.path else { return false }
            return !index.skips(path)
        default: return true
        }
    }

    private static func path(_ file: git_diff_file) -> String { DiffSummary.Change.path(file) }
}

extension DiffSummary.Change {
    /// Reads what libgit2 found; nil for what is no change.
    fileprivate init?(_ delta: UnsafePointer<git_diff_delta>, _ patch: OpaquePointer) {
        var (insertions, deletions) = (0, 0)
        git_patch_line_stats(nil, &insertions, &deletions, patch)
        guard let status = DiffSummary.Status(delta.pointee.status) else { return nil }
        let old = Self.path(delta.pointee.old_file)
        let moved = status == .renamed || status == .copied
        self.init(
            path: status == .deleted ? old : Self.path(delta.pointee.new_file), oldPath: moved ? old : nil,
            status: status, insertions: insertions, deletions: deletions,
            isBinary: delta.pointee.flags & GIT_DIFF_FLAG_BINARY.rawValue != 0)
    }

    fileprivate static func path(_ file: git_diff_file) -> String {
        file.path.map { String(cString: $0) } ?? ""
    }
}

extension DiffSummary.Status {
    /// What libgit2 calls it; nil for what is no change.
    fileprivate init?(_ status: git_delta_t) {
        switch status {
        case GIT_DELTA_ADDED, GIT_DELTA_UNTRACKED: self = .added
        case GIT_DELTA_DELETED: self = .deleted
        case GIT_DELTA_MODIFIED, GIT_DELTA_CONFLICTED: self = .modified
        case GIT_DELTA_RENAMED: self = .renamed
        case GIT_DELTA_COPIED: self = .copied
        case GIT_DELTA_TYPECHANGE: self = .typeChanged
        default: return nil
        }
    }
}
