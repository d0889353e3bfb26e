import Glibc
import Linux

extension Branches {
    /// Removes the lock that a process left behind when it died while it made `branch`.
    ///
    /// Only of a branch that doesn't exist, and only a lock that was taken before `startNs` (nanoseconds since
    /// 1970), which the caller knows to be later than that process's end. Without, the branch could never be made.
    public static func clearStaleLock(
        _ branch: String, takenBeforeNs startNs: Int64, in repository: borrowing Repository
    ) throws(GitError) {
        guard isValid(branch), try !exists(branch, in: repository) else { return }
        let common = repository.commonDirectory
        try system { () throws(SystemError) in
            let folder = try Folder(at: common)
            let parts = "refs/heads/\(branch)".split(separator: "/").map(String.init)
            let above = parts.dropLast().joined(separator: "/")
            guard let name = parts.last, try folder.status(above)?.kind == .folder else { return }
            let inside = try folder.folder(above)
            guard let lock = try inside.status(name + ".lock"), lock.kind == .file, lock.modifiedNs < startNs
            else { return }
            try inside.remove(name + ".lock")
        }
    }
}
