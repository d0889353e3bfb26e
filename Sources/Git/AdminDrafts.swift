import Glibc
import Linux

/// Entries of Git's worktree list while they are made or taken back: beside the list, so that nobody ever sees half
/// of one, and what a kill leaves is known for what it is.
enum AdminDrafts {
    /// claudia's own folder in the common Git directory.
    private static let folder = "claudia"
    private static let prefix = "entry-"
    /// How the names of this process's drafts begin.
    private static var ownPrefix: String { "\(prefix)\(getpid())-" }

    /// The path of a draft that isn't there yet; its folder is.
    private static func free(_ commonDirectory: String) throws(SystemError) -> String {
        _ = try Folder(at: commonDirectory).makeFolder(folder)
        return "\(commonDirectory)/\(folder)/\(ownPrefix)\(UInt64.random(in: 0...UInt64.max))"
    }

    /// Makes an empty draft; its path.
    static func make(_ commonDirectory: String) throws(SystemError) -> String {
        let path = try free(commonDirectory)
        guard mkdir(path, 0o777) == 0 else { throw .last("mkdir", path) }
        return path
    }

    /// Removes an entry that is on the list, at once as a whole.
    static func takeOff(_ entry: String, commonDirectory: String) {
        guard let path = try? free(commonDirectory), Glibc.rename(entry, path) == 0 else { return }
        remove(path)
    }

    /// Removes a draft, and their folder where nothing else is in it.
    static func remove(_ draft: String) {
        FolderRemoval.remove(draft)
        _ = rmdir(RealPath.parent(of: draft))
    }

    /// Removes the drafts of processes before this one; the caller makes sure that no other makes any.
    static func clear(_ commonDirectory: String) {
        let drafts = "\(commonDirectory)/\(folder)"
        let names = (try? Folder(at: drafts).names()) ?? []
        for name in names where name.hasPrefix(prefix) && !name.hasPrefix(ownPrefix) {
            FolderRemoval.remove("\(drafts)/\(name)")
        }
    }
}
