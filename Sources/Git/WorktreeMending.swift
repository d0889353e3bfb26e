import Glibc
import Linux

extension Worktrees {
    /// Lets the entry know where its worktree was moved to, as `git worktree repair` does.
    ///
    /// Only for a folder whose `.git` names the entry (`WorktreeStanding.strayed`).
    public static func follow(
        to path: String, adminName: String, commonDirectory: String
    ) throws(GitError) {
        let common = try RealPath.of(commonDirectory)
        let admin = "\(common)/worktrees/\(adminName)"
        let place = try RealPath.of(path)
        try system { () throws(SystemError) in
            let entry = try Folder(at: admin)
            guard AdminLink.text(try Folder(at: place), ".git") == "gitdir: \(admin)" else {
                throw SystemError(ESTALE, "worktree", place)
            }
            try entry.replace("gitdir", with: Array("\(place)/.git\n".utf8), durable: true)
        }
    }

    /// Puts a worktree back on Git's list whose entry is gone (`WorktreeStanding.unlisted`), on its branch.
    ///
    /// No file in it is touched. What was staged went with the entry, so the new index is that of the branch.
    /// Throws `.notFound` without the branch, and `.branchCheckedOut`; then nothing was changed.
    public static func relist(
        _ path: String, adminName: String, branch: String, commonDirectory: String
    ) throws(GitError) {
        let repository = try Repository(at: commonDirectory)
        let common = repository.commonDirectory
        let place = try RealPath.of(path)
        guard try Branches.exists(branch, in: repository) else { throw .notFound("branch '\(branch)'") }
        if let other = try Branches.whereCheckedOut(branch, in: repository) {
            throw .branchCheckedOut(branch: branch, path: other)
        }
        // Renamed into the list whole, so that a half-made one is never taken for one that `clearUnfinished` may
        // take back together with its folder. `../..` is the same from both places.
        let draft = try system { () throws(SystemError) in try AdminDrafts.make(common) }
        do throws(GitError) {
            try system { () throws(SystemError) in
                let folder = try Folder(at: draft)
                try NewAdminFolder.write("../..\n", "commondir", in: folder)
                try NewAdminFolder.write("\(place)/.git\n", "gitdir", in: folder)
                try NewAdminFolder.write("ref: refs/heads/\(branch)\n", "HEAD", in: folder)
            }
            try GitCommand.run(
                ["--git-dir", draft, "--work-tree", place, "read-tree", "HEAD"], in: place,
                why: "a worktree whose entry is gone")
            if mkdir("\(common)/worktrees", 0o777) != 0, errno != EEXIST {
                throw .system(.last("mkdir", "\(common)/worktrees"))
            }
            try FolderMove(from: draft, to: "\(common)/worktrees/\(adminName)").run()
        } catch {
            AdminDrafts.remove(draft)
            throw error
        }
    }
}
