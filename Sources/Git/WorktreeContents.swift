import CGit2
import Glibc

/// Index and files of a worktree, brought into indexes in memory; nothing of the worktree is changed.
struct WorktreeContents: ~Copyable {
    /// How often a file is read that became shorter while it was read, as when somebody empties and refills it.
    static let readsMax = 20
    /// From how many bytes on a file is only hashed where its content is an object already.
    static let largeBytes = 1 << 20

    let repository: Repository
    let head: ObjectID
    /// A commit that only the worktree's reflog still names, where HEAD names none.
    let last: ObjectID?
    /// At first a copy of the worktree's index.
    let index: WorktreeIndex

    init(worktree: String, commonDirectory: String) throws(GitError) {
        let opened = try Repository(worktree: worktree, commonDirectory: commonDirectory)
        var id = git_oid()
        let code = git_reference_name_to_id(&id, opened.handle.pointer, "HEAD")
        if code != GIT_ENOTFOUND.rawValue { try LibGit2.check(code, "HEAD of \(worktree)") }
        let staged = try WorktreeIndex(opened)
        if code == GIT_ENOTFOUND.rawValue {
            let start = try UnbornHead(opened, staged)
            (head, last) = (start.head, start.last)
        } else {
            (head, last) = (ObjectID(id), nil)
        }
        index = staged
        repository = opened
    }

    /// The tree of what `index` holds now.
    borrowing func tree() throws(GitError) -> ObjectID { try index.writeTree(repository) }

    /// Brings `index` to what the files are, and puts the untracked ones, that aren't ignored, into `untracked`.
    ///
    /// With nil they go into `index` too. Once more from the start when a file changed while it was read.
    borrowing func collect(untracked: OpaquePointer? = nil) throws(GitError) {
        for attempt in 1...WorkdirDiff.attemptsMax {
            do throws(GitError) {
                // What is in memory may differ from the index's file afterwards.
                let scan = attempt == 1 ? WorktreeScan(repository) : nil
                return try collectOnce(untracked ?? index.handle.pointer, scan?.paths(for: index))
            } catch {
                guard attempt < WorkdirDiff.attemptsMax, WorkdirDiff.isRace(error) else { throw error }
            }
        }
    }

    private borrowing func collectOnce(
        _ untracked: OpaquePointer, _ paths: [[CChar]]?
    ) throws(GitError) {
        let diff = try WorkdirDiff.staged(index, repository, paths: paths, GIT_DIFF_INCLUDE_TYPECHANGE)
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let delta = git_diff_get_delta(diff.pointer, position) else { continue }
            let file = delta.pointee.new_file
            guard let path = file.path ?? delta.pointee.old_file.path else { continue }
            switch delta.pointee.status {
            case GIT_DELTA_UNTRACKED:
                guard let mode = Self.blobMode(file.mode), let id = try blob(path) else { continue }
                try WorktreeIndex.add(Self.bytes(path), mode: mode, id: id, to: untracked)
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
        if let mode = Self.blobMode(file.mode) {
            guard let id = try blob(path) else {
                git_index_remove(staged, path, 0)
                return
            }
            try WorktreeIndex.add(Self.bytes(path), mode: mode, id: id, to: staged)
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
        if hasObject(of: path, &id) { return id }
        var (code, text): (CInt, String) = (0, "")
        for _ in 1...Self.readsMax {
            code = git_blob_create_from_workdir(&id, repository.handle.pointer, path)
            if code == 0 { return id }
            text = LibGit2.lastMessage
            guard text.contains("failed to read file") else { break }
        }
        let readable =
            faccessat(AT_FDCWD, repository.mainWorktree + "/" + String(cString: path), R_OK, 0) == 0
        guard readable else { return nil }
        throw .other(code: code, "\(String(cString: path)): \(text)")
    }

    /// Whether a large file's content is an object already: making one compresses it before that is found out.
    private borrowing func hasObject(of path: UnsafePointer<CChar>, _ id: inout git_oid) -> Bool {
        var info = stat()
        let whole = repository.mainWorktree.utf8CString.dropLast() + [0x2F] + Self.bytes(path)
        return whole.withUnsafeBufferPointer { whole in
            guard let whole = whole.baseAddress, lstat(whole, &info) == 0, info.st_mode & S_IFMT == S_IFREG,
                info.st_size >= Self.largeBytes,
                git_repository_hashfile(&id, repository.handle.pointer, whole, GIT_OBJECT_BLOB, nil) == 0
            else { return false }
            var objects: OpaquePointer?
            defer { git_odb_free(objects) }
            return git_repository_odb(&objects, repository.handle.pointer) == 0
                && git_odb_exists_ext(objects, &id, GIT_ODB_LOOKUP_NO_REFRESH.rawValue) == 1
        }
    }

    /// The mode by which Git keeps a file or a link; nil for what is neither.
    ///
    /// Where core.fileMode is false libgit2 1.5.1 gives what has become a link, or was one, the entry's permissions.
    private static func blobMode(_ mode: UInt16) -> UInt32? {
        switch UInt32(mode) & S_IFMT {
        case S_IFLNK: GIT_FILEMODE_LINK.rawValue
        case S_IFREG:
            UInt32(mode) & S_IXUSR == 0
                ? GIT_FILEMODE_BLOB.rawValue : GIT_FILEMODE_BLOB_EXECUTABLE.rawValue
        default: nil
        }
    }

    private static func bytes(_ path: UnsafePointer<CChar>) -> [CChar] {
        Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
    }
}
