import CGit2
import Glibc
import Linux

extension Worktrees {
    /// Renames a worktree's folder and its admin folder into the trash; nothing is copied or deleted.
    ///
    /// When the second rename fails, the first is undone. The parents of both places must exist, the places
    /// not. Throws `.crossesFileSystems` before anything is changed, and `.notTheWorktree` when the entry is
    /// another's.
    public static func detach(
        worktree: String, adminName: String, commonDirectory: String, to trash: TrashedWorktree
    ) throws(GitError) {
        let admin = "\(commonDirectory)/worktrees/\(adminName)"
        try verify(worktree: worktree, adminName: adminName, commonDirectory: commonDirectory)
        try FolderMove.both(
            FolderMove(from: worktree, to: trash.worktree), FolderMove(from: admin, to: trash.admin))
    }

    /// Renames an admin folder after its worktree, where `detach` was cut short between the two.
    public static func detachEntry(_ admin: String, to place: String) throws(GitError) {
        try FolderMove(from: admin, to: place).run()
    }

    /// Renames both folders back from the trash: the inverse of `detach`.
    ///
    /// A branch that is gone by now is made again at `head`, the commit that HEAD was at; nil when it was at
    /// none. Throws `.exists` when path or entry are taken, and `.branchCheckedOut` when the branch is in use by
    /// now; then nothing was changed. A repository that was moved meanwhile, or another path than before, is
    /// written into both folders.
    public static func reattach(
        _ trash: TrashedWorktree, worktree: String, adminName: String, head: ObjectID?,
        commonDirectory: String
    ) throws(GitError) {
        let repository = try Repository(at: commonDirectory)
        let common = repository.commonDirectory
        let admin = "\(common)/worktrees/\(adminName)"
        if try finishReattaching(trash, worktree: worktree, admin: admin) { return }
        let kept = try system { () throws(SystemError) in try Folder(at: trash.admin) }
        let branch = AdminFolder.branch(kept)
        if let branch, let path = try Branches.whereCheckedOut(branch, in: repository) {
            throw .branchCheckedOut(branch: branch, path: path)
        }
        for place in [worktree, admin] {
            var info = stat()
            guard lstat(place, &info) != 0 else { throw .exists("file or folder at \(place)") }
        }
        var undo = WorktreeUndo(commonDirectory: common)
        do throws(GitError) {
            if let branch, let head, try !Branches.exists(branch, in: repository) {
                try Branches.create(branch, at: head, from: "the trash", in: repository)
                undo.branch = (branch, head)
            }
            let path = try undo.makeParents(of: worktree)
            if mkdir("\(common)/worktrees", 0o777) != 0, errno != EEXIST {
                throw .system(.last("mkdir", "\(common)/worktrees"))
            }
            try FolderMove.both(
                FolderMove(from: trash.admin, to: admin), FolderMove(from: trash.worktree, to: path))
            try relink(try opened(path), path, try opened(admin), admin)
        } catch {
            undo.run(repository)
            throw error
        }
    }

    private static func opened(_ path: String) throws(GitError) -> Folder {
        try system { () throws(SystemError) in try Folder(at: path) }
    }

    /// Does the second half of what a process began that was killed after the first: whether there was such a thing.
    private static func finishReattaching(
        _ trash: TrashedWorktree, worktree: String, admin: String
    ) throws(GitError) -> Bool {
        guard access(trash.admin, F_OK) != 0, access(worktree, F_OK) != 0,
            let entry = try? Folder(at: admin), let root = try? Folder(at: trash.worktree),
            AdminLink.text(entry, "gitdir") == "\(worktree)/.git",
            AdminLink.text(root, ".git") == "gitdir: \(admin)"
        else { return false }
        try FolderMove(from: trash.worktree, to: worktree).run()
        return true
    }
}

/// A folder that is renamed and never copied, to a place where nothing is yet.
struct FolderMove {
    let from: String
    let to: String

    /// Does the first and then the second; when the second fails, neither.
    static func both(_ first: FolderMove, _ second: FolderMove) throws(GitError) {
        try first.check()
        try second.check()
        try first.run()
        do {
            try second.run()
        } catch {
            try FolderMove(from: first.to, to: first.from).run()
            throw error
        }
    }

    /// Makes sure that the rename stays on one file system.
    private func check() throws(GitError) {
        let (source, target) = (try status(from), try status(RealPath.parent(of: to)))
        guard source.device == target.device else { throw .crossesFileSystems(from: from, to: to) }
        guard source.kind == .folder else { throw .notFound("folder \(from)") }
        var info = stat()
        guard lstat(to, &info) != 0 else { throw .exists("file or folder at \(to)") }
    }

    func run() throws(GitError) {
        let (old, new) = (RealPath.parent(of: from), RealPath.parent(of: to))
        do {
            let source = try Folder(at: old)
            let target = try Folder(at: new)
            try source.rename(RealPath.name(of: from), to: target, RealPath.name(of: to), replacing: false)
            // Done is done: a folder that can't be synced changes nothing about where things are.
            try? source.sync()
            try? target.sync()
        } catch {
            switch error.number {
            case EXDEV: throw .crossesFileSystems(from: from, to: to)
            case EEXIST: throw .exists("file or folder at \(to)")
            default: throw .system(error)
            }
        }
    }

    private func status(_ path: String) throws(GitError) -> FileStatus {
        var info = stat()
        guard lstat(path, &info) == 0 else {
            throw errno == ENOENT ? .notFound("folder \(path)") : .system(.last("lstat", path))
        }
        return FileStatus(info)
    }
}
