import Glibc
import Linux

/// How a worktree that was recorded stands on the disk and in Git's list.
public enum WorktreeStanding: Equatable, Sendable {
    /// Its folder and its entry name each other.
    case whole
    /// Folder and entry name each other at another place, as after `git worktree move`.
    case moved(to: String)
    /// Its folder lies at another place beside the old one, and its entry doesn't know, as after `mv`.
    case strayed(to: String)
    /// Its folder is there and its entry is gone, as after `git worktree prune` during a move.
    case unlisted
    /// Neither is there, as after `git worktree remove`.
    case removed
    /// Its folder is gone and Git still lists it, as after `rm -rf` or `mv`.
    case folderGone
    /// What lies at its path doesn't name it, though Git lists it there; the text says what is wrong.
    case replaced(String)
    /// Git doesn't list it any more, and what lies at its path is something else.
    case foreign
}

extension Worktrees {
    /// Compares a recorded worktree with the disk and Git's list; nothing is changed.
    ///
    /// Folder and entry count as one only when each names the other within the repository at `commonDirectory`.
    /// Throws `.system` when the disk can't be looked at, as without a free descriptor.
    public static func standing(
        of path: String, adminName: String, commonDirectory: String
    ) throws(GitError) -> WorktreeStanding {
        let common = try RealPath.of(commonDirectory)
        let admin = "\(common)/worktrees/\(adminName)"
        if try isPair(path, admin, common) { return .whole }
        let entry = try system { () throws(SystemError) in try Folder.openIfThere(at: admin) }
        guard let entry else {
            if isFree(path) { return .removed }
            return AdminLink.text(at: path) == "gitdir: \(admin)" ? .unlisted : .foreign
        }
        if let other = AdminFolder.worktree(entry), other != path, try isPair(other, admin, common) {
            return .moved(to: other)
        }
        if isFree(path) { return neighbour(of: path, naming: admin).map { .strayed(to: $0) } ?? .folderGone }
        let link = AdminLink.text(at: path).map { "its '.git' says \($0)" }
        return .replaced(link ?? "it has no readable '.git' file")
    }

    /// Whether `path` lies in one of the folders `roots`; links in all of them are followed.
    public static func lies(_ path: String, inOneOf roots: [String]) -> Bool {
        guard let real = try? RealPath.of(path) else { return false }
        return roots.contains { root in
            guard let above = try? RealPath.of(root) else { return false }
            return real.hasPrefix(above == "/" ? above : above + "/")
        }
    }

    private static func isPair(
        _ path: String, _ admin: String, _ common: String
    ) throws(GitError) -> Bool {
        do {
            return try AdminLink.read(worktree: RealPath.of(path), commonDirectory: common) == admin
        } catch {
            // What is there, yet can't be opened now, must not count as something else.
            if case .system(let error) = error, error.isShortage { throw .system(error) }
            return false
        }
    }

    /// Whether nothing at all has the path.
    private static func isFree(_ path: String) -> Bool {
        var info = stat()
        return lstat(path, &info) != 0 && (errno == ENOENT || errno == ENOTDIR)
    }

    private static func neighbour(of path: String, naming admin: String) -> String? {
        let parent = RealPath.parent(of: path)
        guard let names = try? Folder(at: parent).names() else { return nil }
        let found = names.filter { AdminLink.text(at: "\(parent)/\($0)") == "gitdir: \(admin)" }
        // Of two copies nobody can say which is the one.
        return found.count == 1 ? "\(parent)/\(found[0])" : nil
    }
}
