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

    /// Takes back what `add` left half-made when it was killed, its branch too while nothing was added to it, and the
    /// locks of claudia's own references.
    ///
    /// Only entries locked with claudia's own reason; the caller makes sure that no `add` is running, and that who
    /// was killed had ended before `startNs` (nanoseconds since 1970): a lock on the branch from before is its.
    /// Returns the paths of the worktrees that were taken back.
    @discardableResult
    public static func clearUnfinished(
        commonDirectory: String, startNs: Int64
    ) throws(GitError) -> [String] {
        let repository = try Repository(at: commonDirectory)
        let common = repository.commonDirectory
        AdminDrafts.clear(common)
        try StaleLock.clearOwn(takenBeforeNs: startNs, in: common)
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
            // One that was being taken from the pool may lie at either place, and name either entry.
            func rest(_ prefix: String) -> String? {
                lines.lazy.compactMap { $0.dropping(prefix: prefix) }.first
            }
            let names = [undo.admin, rest(NewAdminFolder.formerly)].compactMap(\.self)
            let places = [path, rest(NewAdminFolder.goesTo)].compactMap(\.self)
            undo.worktree = places.first { place in names.contains { isOwn(place, $0) } }
            if lines.count >= 3, !lines[1].hasPrefix(NewAdminFolder.formerly), let commit = ObjectID(lines[2])
            {
                undo.branch = (lines[1], commit)
                // libgit2 links the new branch beside its lock first, so both may be there.
                try StaleLock.clear("refs/heads/\(lines[1])", takenBeforeNs: startNs, in: common)
            }
            undo.run(repository)
            cleared.append(path ?? name)
        }
        return cleared
    }

    /// Whether the folder is the one that the entry was making: its `.git` says so, or it is still empty.
    private static func isOwn(_ path: String, _ admin: String) -> Bool {
        guard let root = try? Folder(at: path) else { return false }
        if let link = AdminLink.text(root, ".git") { return link == "gitdir: \(admin)" }
        return (try? root.names()) == []
    }
}
