import Glibc
import Linux

extension Worktrees {
    /// The entries of Git's worktree list that don't agree with the disk; nothing is changed.
    public static func drift(commonDirectory: String) throws(GitError) -> [WorktreeDrift] {
        let common = try RealPath.of(commonDirectory)
        guard let list = try? Folder(at: "\(common)/worktrees") else { return [] }
        var drifts: [WorktreeDrift] = []
        for name in try system({ () throws(SystemError) in try list.names() }).sorted() {
            guard let admin = try? list.folder(name) else {
                drifts.append(
                    WorktreeDrift(adminName: name, path: "", problem: .unreadable("it is no folder")))
                continue
            }
            guard let path = AdminFolder.worktree(admin) else {
                drifts.append(
                    WorktreeDrift(
                        adminName: name, path: "", problem: .unreadable("its 'gitdir' can't be read")))
                continue
            }
            if let problem = problem(name, path, common) {
                drifts.append(WorktreeDrift(adminName: name, path: path, problem: problem))
            }
        }
        return drifts
    }

    private static func problem(
        _ name: String, _ path: String, _ common: String
    ) -> WorktreeDrift.Problem? {
        var info = stat()
        guard lstat("\(path)/.git", &info) == 0 else {
            return errno == ENOENT || errno == ENOTDIR
                ? .missing : .unreadable(SystemError.last("lstat").text)
        }
        do {
            let admin = try AdminLink.read(worktree: try RealPath.of(path), commonDirectory: common)
            return RealPath.name(of: admin) == name ? nil : .pointsElsewhere(to: admin)
        } catch {
            guard let root = try? Folder(at: path) else { return .unreadable(error.message) }
            let text = AdminLink.text(root, ".git")
            return .pointsElsewhere(to: text?.dropping(prefix: "gitdir: ") ?? "nothing that Git reads")
        }
    }

    /// Takes back what `add` left half-made when it was killed, its branch too while nothing was added to it.
    ///
    /// Only entries locked with claudia's own reason; the caller makes sure that no `add` is running.
    /// Returns the paths of the worktrees that were taken back.
    @discardableResult
    public static func clearUnfinished(commonDirectory: String) throws(GitError) -> [String] {
        let repository = try Repository(at: commonDirectory)
        let common = repository.commonDirectory
        AdminDrafts.clear(common)
        guard let list = try? Folder(at: "\(common)/worktrees") else { return [] }
        var cleared: [String] = []
        for name in try system({ () throws(SystemError) in try list.names() }) {
            guard let admin = try? list.folder(name), let reason = AdminLink.text(admin, "locked") else {
                continue
            }
            let lines = reason.split(separator: "\n").map(String.init)
            guard lines.first == NewAdminFolder.unfinished else { continue }
            var undo = WorktreeUndo(commonDirectory: common)
            undo.admin = "\(common)/worktrees/\(name)"
            let path = AdminFolder.worktree(admin)
            if let path, isOwn(path, undo.admin) { undo.worktree = path }
            if lines.count == 3, let commit = ObjectID(lines[2]) { undo.branch = (lines[1], commit) }
            undo.run(repository)
            cleared.append(path ?? name)
        }
        return cleared
    }

    /// Whether the folder is the one that the entry was making: its `.git` says so, or it is still empty.
    private static func isOwn(_ path: String, _ admin: String?) -> Bool {
        guard let admin, let root = try? Folder(at: path) else { return false }
        if let link = AdminLink.text(root, ".git") { return link == "gitdir: \(admin)" }
        return (try? root.names()) == []
    }
}
