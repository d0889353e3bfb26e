import CGit2
import Glibc
import Linux

extension WorktreePool {
    /// Makes one of the pool of a worktree that is off Git's list, and that nobody needs any more.
    ///
    /// It gets an entry of its own, so nothing of the old one (locks, flags, configuration, references) is left, and
    /// the files of the commit that HEAD is at; those that are exactly as a new checkout would write them stay.
    ///
    /// Throws where it can't be brought to what a new one would be: then nothing of it is in the pool, and what is left
    /// of it is only fit to be deleted.
    public static func recycle(
        _ worktree: String, into folder: String, commonDirectory: String
    ) throws(GitError) -> Entry {
        let repository = try Repository(at: commonDirectory)
        let common = repository.commonDirectory
        let commit = try repository.resolve("HEAD")
        let plan = try CheckoutPlan(commit: commit, in: repository)
        try plan.judge(in: repository)
        guard case .direct(let converted) = try CheckoutWay.choose(plan, in: repository) else {
            throw .unsupported("files are written in another way than claudia's own")
        }
        let root = try system { () throws(SystemError) in
            try Folder(at: RealPath.parent(of: worktree)).folder(RealPath.name(of: worktree))
        }
        var undo = WorktreeUndo(commonDirectory: common)
        do throws(GitError) {
            let path = try undo.makeParents(of: "\(folder)/\(freeNumber(in: folder))")
            let cleaning = try WorktreeCleaning(root, plan, converted)
            try makesPlainFolders(RealPath.parent(of: path))
            try cleaning.run(in: root)
            let identity = try Signature(repository).line
            let admin = try system { () throws(SystemError) in
                try NewAdminFolder(
                    name: name, commonDirectory: common, worktree: path, branch: "", commit: commit,
                    newBranch: false, identity: identity)
            }
            undo.admin = admin.path
            // By it a clean-up after a kill knows the folder, wherever it is by then.
            try system { () throws(SystemError) in
                try NewAdminFolder.write("gitdir: \(admin.path)\n", ".git", in: root)
            }
            try FolderMove(from: worktree, to: path).run()
            undo.worktree = path
            try complete(path, commit)
            try system { () throws(SystemError) in try admin.finish(locked: reason) }
            return Entry(adminName: admin.name, path: path, commit: commit)
        } catch {
            undo.run(repository)
            throw error
        }
    }

    /// The first number that is no folder's name yet.
    static func freeNumber(in folder: String) -> Int {
        var number = 1
        while access("\(folder)/\(number)", F_OK) == 0 { number += 1 }
        return number
    }

    /// Writes what is missing, and an index that knows all files as they are.
    private static func complete(_ path: String, _ commit: ObjectID) throws(GitError) {
        for words in [
            ["read-tree", "\(commit)"], ["update-index", "-q", "--ignore-missing", "--refresh"],
            ["checkout-index", "--quiet", "--force", "--all", "--index"],
        ] {
            try GitCommand.run(words, in: path, why: "the pool", limitS: GitCommand.checkoutLimitS)
        }
        let state = try GitCommand.run(
            ["status", "--porcelain", "--ignored", "--untracked-files=all"], in: path, why: "the pool")
        guard state.isEmpty else { throw .unsupported("it isn't clean, though all else was removed") }
    }

    /// Throws where a folder that is made here would get another group or access list than elsewhere.
    private static func makesPlainFolders(_ folder: String) throws(GitError) {
        var info = stat()
        let opened = try system { () throws(SystemError) in try Folder(at: folder) }
        guard fstat(opened.descriptor.number, &info) == 0, info.st_mode & S_ISGID == 0,
            (try? Descriptor.attributeNames(of: opened.descriptor.number))?.contains(where: {
                $0.hasPrefix("system.posix_acl")
            }) == false
        else { throw .unsupported("folders in \(folder) are made with other rights") }
    }
}
