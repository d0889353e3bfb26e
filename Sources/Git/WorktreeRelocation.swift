import Glibc
import Linux

extension Worktrees {
    /// Makes the worktree list of a repository that was moved or copied name its worktrees where they are now.
    ///
    /// A worktree and its entry are joined again only where each still names the other at its former place. Of a
    /// copy nothing outside it is touched; entries of worktrees outside stay and are nobody's to act on.
    public static func relocate(_ change: RootChange, commonDirectory: String) throws(GitError) {
        guard let list = try? Folder(at: "\(commonDirectory)/worktrees") else { return }
        for name in try system({ () throws(SystemError) in try list.names() }) {
            guard let admin = try? list.folder(name), let gitdir = AdminLink.text(admin, "gitdir"),
                gitdir.hasPrefix("/"), let path = change.place(of: RealPath.parent(of: gitdir))
            else { continue }
            let entry = "\(commonDirectory)/worktrees/\(name)"
            let former = "gitdir: \(change.former(entry))"
            if let worktree = open(path, change),
                let link = AdminLink.text(worktree, ".git"), link == former || link == "gitdir: \(entry)"
            {
                try relink(worktree, path, admin, entry)
            } else if gitdir != "\(path)/.git", change.isInside(path) {
                try system { () throws(SystemError) in
                    try admin.replace("gitdir", with: Array("\(path)/.git\n".utf8), durable: true)
                }
            }
        }
    }

    /// Makes sure that the folder at `path` is the worktree whose entry is called `adminName`.
    public static func verify(
        worktree path: String, adminName: String, commonDirectory: String
    ) throws(GitError) {
        let link = try AdminLink.read(
            worktree: try RealPath.of(path), commonDirectory: try RealPath.of(commonDirectory))
        guard RealPath.name(of: link) == adminName else {
            throw .notTheWorktree(
                path: path,
                reason: "its '.git' file names \(link), not \(commonDirectory)/worktrees/\(adminName)")
        }
    }

    /// The folder at `path`; inside the repository no link leads to it.
    private static func open(_ path: String, _ change: RootChange) -> Folder? {
        guard change.isInside(path) else { return try? Folder(at: path) }
        return try? Folder(at: change.to).folder(String(path.dropFirst(change.to.count + 1)))
    }

    /// Makes a worktree and its entry name each other, where they don't.
    static func relink(
        _ worktree: borrowing Folder, _ path: String, _ admin: borrowing Folder, _ entry: String
    ) throws(GitError) {
        try system { () throws(SystemError) in
            if AdminLink.text(worktree, ".git") != "gitdir: \(entry)" {
                try worktree.replace(".git", with: Array("gitdir: \(entry)\n".utf8), durable: true)
            }
            if AdminLink.text(admin, "gitdir") != "\(path)/.git" {
                try admin.replace("gitdir", with: Array("\(path)/.git\n".utf8), durable: true)
            }
        }
    }
}
