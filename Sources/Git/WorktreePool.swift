import CGit2
import Glibc
import Linux
import Synchronization

/// Worktrees that are kept ready for sessions to come: whole, on no branch, in a folder of their own, and locked in
/// Git's list with a reason of claudia's own, by which they are known.
public enum WorktreePool {
    /// One that is ready.
    public struct Entry: Equatable, Sendable {
        /// Its name in Git's worktree list.
        public var adminName: String
        /// Where it lies.
        public var path: String
        /// The commit that is checked out.
        public var commit: ObjectID
    }

    /// Where `git worktree list` and `lock` show it.
    static let reason = "claudia keeps this worktree ready for a session to come"
    /// The name wished for in Git's worktree list.
    static let name = "claudia-pool"
    /// Makes sure that nobody takes an entry which is being discarded, and that none is taken twice.
    private static let claiming = Mutex<Void>(())

    /// Those that lie in `folder` and are ready, in the order of their names.
    public static func ready(in folder: String, commonDirectory: String) throws(GitError) -> [Entry] {
        try all(in: folder, commonDirectory: commonDirectory).filter { entry in
            (try? AdminLink.read(worktree: entry.path, commonDirectory: commonDirectory))
                == "\(commonDirectory)/worktrees/\(entry.adminName)"
        }
    }

    /// Makes one more, of the commit; on any failure nothing of it is left.
    public static func fill(
        _ folder: String, with commit: ObjectID, commonDirectory: String
    ) throws(GitError) -> Entry {
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: commonDirectory, name: name, path: "\(folder)/\(freeNumber(in: folder))",
                branch: "",
                base: commit, useExistingBranch: false))
        return Entry(adminName: made.adminName, path: made.path, commit: commit)
    }

    /// Deletes one that is not needed any more; false, and it stays as an ordinary worktree, where somebody has
    /// worked in it.
    public static func discard(_ entry: Entry, commonDirectory: String) throws(GitError) -> Bool {
        let admin = "\(commonDirectory)/worktrees/\(entry.adminName)"
        guard let folder = try? Folder(at: admin), claim(entry, commonDirectory, { _ in }) else {
            return true
        }
        let state = try GitCommand.run(
            ["status", "--porcelain", "--ignored", "--untracked-files=normal"], in: entry.path,
            why: "the pool")
        guard state.isEmpty, AdminLink.text(folder, "HEAD") == entry.commit.description else {
            return !claim(entry, commonDirectory) { admin throws(SystemError) in try admin.remove("locked") }
        }
        guard claim(entry, commonDirectory, text: NewAdminFolder.unfinished) else { return true }
        FolderRemoval.remove(entry.path)
        AdminDrafts.takeOff(admin, commonDirectory: commonDirectory)
        return true
    }

    /// Takes those off Git's list whose folder is gone, as after `git clean -ffdx`.
    public static func dropLost(in folder: String, commonDirectory: String) throws(GitError) {
        for entry in try all(in: folder, commonDirectory: commonDirectory) {
            var info = stat()
            guard lstat(entry.path, &info) != 0, errno == ENOENT,
                claim(entry, commonDirectory, text: NewAdminFolder.unfinished)
            else { continue }
            AdminDrafts.takeOff(
                "\(commonDirectory)/worktrees/\(entry.adminName)", commonDirectory: commonDirectory)
        }
    }

    /// Locks an entry with another text: false when it isn't ready any more.
    static func claim(_ entry: Entry, _ commonDirectory: String, text: String) -> Bool {
        claim(entry, commonDirectory) { admin throws(SystemError) in
            try admin.replace("locked", with: Array("\(text)\n".utf8), durable: false)
        }
    }

    /// Does something with the entry's admin folder while nobody else can: false when it isn't ready, or that failed.
    private static func claim(
        _ entry: Entry, _ commonDirectory: String,
        _ body: (borrowing Folder) throws(SystemError) -> Void
    ) -> Bool {
        claiming.withLock { _ in
            guard let admin = try? Folder(at: "\(commonDirectory)/worktrees/\(entry.adminName)"),
                AdminLink.text(admin, "locked") == reason
            else { return false }
            return (try? body(admin)) != nil
        }
    }

    private static func all(in folder: String, commonDirectory: String) throws(GitError) -> [Entry] {
        guard let list = try? Folder(at: "\(commonDirectory)/worktrees"),
            let names = try? list.names().sorted()
        else { return [] }
        let above = (try? RealPath.of(folder)) ?? folder
        return names.compactMap { name in
            guard let admin = try? list.folder(name), AdminLink.text(admin, "locked") == reason,
                let path = AdminFolder.worktree(admin), RealPath.parent(of: path) == above,
                let commit = AdminLink.text(admin, "HEAD").flatMap({ ObjectID($0) })
            else { return nil }
            return Entry(adminName: name, path: path, commit: commit)
        }
    }
}
