import CGit2
import Glibc
import Linux

/// What was made so far of a worktree, so that it can be taken back.
struct WorktreeUndo {
    let commonDirectory: String
    /// Parent folders, the outermost first.
    var parents: [String] = []
    var worktree: String?
    var admin: String?
    var branch: (name: String, commit: ObjectID)?

    init(commonDirectory: String) { self.commonDirectory = commonDirectory }

    /// Makes the folders above `path` that are missing, with mode 0700; `path` with its parents' links
    /// resolved.
    mutating func makeParents(of path: String) throws(GitError) -> String {
        var missing: [String] = []
        var parent = RealPath.parent(of: path)
        while access(parent, F_OK) != 0, errno == ENOENT, parent != "/" {
            missing.append(parent)
            parent = RealPath.parent(of: parent)
        }
        for folder in missing.reversed() {
            if mkdir(folder, 0o700) == 0 {
                parents.append(folder)
            } else if errno != EEXIST {
                throw .system(.last("mkdir", folder))
            }
        }
        let real = try RealPath.of(RealPath.parent(of: path))
        return (real == "/" ? "" : real) + "/" + RealPath.name(of: path)
    }

    /// Takes everything back, the newest first; what others have put there or moved stays.
    func run(_ repository: borrowing Repository) {
        if let worktree { FolderRemoval.remove(worktree) }
        if let branch { Branches.drop(branch.name, at: branch.commit, in: repository) }
        // Last, since it tells a later clean-up what else there was.
        if let admin {
            AdminDrafts.takeOff(admin, commonDirectory: commonDirectory)
            _ = rmdir("\(commonDirectory)/worktrees")
        }
        for parent in parents.reversed() { _ = rmdir(parent) }
    }
}

extension Branches {
    /// Drops the branch if it still is at `commit`.
    public static func drop(_ branch: String, at commit: ObjectID, in repository: borrowing Repository) {
        let handle = repository.handle.pointer
        guard
            let found = try? Owned(
                git_reference_free, "branch",
                { git_reference_lookup(&$0, handle, "refs/heads/\(branch)") }),
            let target = git_reference_target(found.pointer), ObjectID(target) == commit
        else { return }
        // libgit2 compares the target again under the reference's lock.
        _ = git_reference_delete(found.pointer)
    }
}
