import CGit2
import Glibc
import Linux

extension Repository {
    /// Every worktree, the main one first, then in the order of their names.
    public borrowing func worktrees() throws(GitError) -> [WorktreeEntry] {
        var entries: [WorktreeEntry] = []
        guard let common = try? Folder(at: commonDirectory) else {
            throw .notFound("folder \(commonDirectory)")
        }
        let branch = isBare ? nil : AdminFolder.branch(common)
        entries.append(
            WorktreeEntry(
                adminName: nil, path: mainWorktree, branch: branch, isLocked: false, isPrunable: false))
        guard let list = try? common.folder("worktrees") else { return entries }
        let names: [String]
        do { names = try list.names().sorted() } catch { throw .system(error) }
        for name in names {
            guard let admin = try? list.folder(name), let path = AdminFolder.worktree(admin)
            else {
                continue
            }
            let locked = (try? admin.status("locked")) != nil
            entries.append(
                WorktreeEntry(
                    adminName: name, path: path, branch: AdminFolder.branch(admin), isLocked: locked,
                    isPrunable: !locked && access("\(path)/.git", F_OK) != 0))
        }
        return entries
    }
}

/// Reading a folder of `<common directory>/worktrees`, or the common directory itself, file by file.
enum AdminFolder {
    /// Where the entry says that its worktree is; nil when it doesn't say.
    static func worktree(_ admin: borrowing Folder) -> String? {
        guard let text = AdminLink.text(admin, "gitdir"), !text.isEmpty else { return nil }
        if text.hasPrefix("/") { return RealPath.parent(of: text) }
        let here = "/proc/self/fd/\(admin.descriptor.number)"
        return (try? RealPath.of(RealPath.parent(of: "\(here)/\(text)"))) ?? nil
    }

    /// The branch that HEAD names, or that a rebase or bisection will come back to (as Git's worktree.c).
    static func branch(_ admin: borrowing Folder) -> String? {
        if let head = AdminLink.text(admin, "HEAD")?.dropping(prefix: "ref: refs/heads/") { return head }
        for file in ["rebase-merge/head-name", "rebase-apply/head-name"] {
            if let name = AdminLink.text(admin, file)?.dropping(prefix: "refs/heads/") { return name }
        }
        return AdminLink.text(admin, "BISECT_START")
    }
}
