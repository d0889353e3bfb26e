import Linux

/// Whether a worktree's recorded branch is still there.
public enum BranchStanding: Equatable, Sendable {
    /// It is.
    case there
    /// It isn't, and the worktree is on another one, as after `git branch -m`.
    case renamed(to: String)
    /// It was deleted; the commit that the worktree was last at, where its reflog tells.
    case gone(last: ObjectID?)
}

extension Branches {
    /// Compares a worktree's recorded branch with the repository; nothing is changed.
    public static func standing(
        of branch: String, adminName: String, in repository: borrowing Repository
    ) throws(GitError) -> BranchStanding {
        if try exists(branch, in: repository) { return .there }
        let path = "\(repository.commonDirectory)/worktrees/\(adminName)"
        guard let admin = try? Folder(at: path) else { return .gone(last: nil) }
        if let other = AdminFolder.branch(admin), try exists(other, in: repository) {
            return .renamed(to: other)
        }
        return .gone(last: AdminFolder.lastCommit(inFolderAt: path))
    }
}

extension AdminFolder {
    /// The commit that HEAD was at last, as the end of its reflog tells.
    static func lastCommit(inFolderAt admin: String) -> ObjectID? {
        guard let bytes = try? Folder(at: admin).read("logs/HEAD", most: 16 << 20),
            let line = bytes.split(separator: 0x0A).last
        else { return nil }
        let words = line.split(separator: 0x20, maxSplits: 2)
        // The line of a branch's deletion leads from its commit to none.
        let ids = words.prefix(2).compactMap { ObjectID(String(decoding: $0, as: UTF8.self)) }
        return ids.last { $0 != ObjectID(String(repeating: "0", count: 40)) }
    }
}
