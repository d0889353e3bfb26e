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
        try StaleLock.clear("refs/heads/\(branch)", takenBeforeNs: startNs, in: repository.commonDirectory)
    }
}

extension Rescue {
    /// Removes the lock that a process left behind when it died while it made this rescue.
    ///
    /// Nobody but the repository's supervisor makes rescues.
    public static func clearStaleLock(_ reference: String, commonDirectory: String) throws(GitError) {
        try StaleLock.clear(reference, takenBeforeNs: .max, in: commonDirectory)
    }
}

/// The file `<reference>.lock` that Git makes while it writes a reference.
private enum StaleLock {
    static func clear(
        _ reference: String, takenBeforeNs startNs: Int64, in commonDirectory: String
    ) throws(GitError) {
        try system { () throws(SystemError) in
            let folder = try Folder(at: commonDirectory)
            let parts = reference.split(separator: "/").map(String.init)
            let above = parts.dropLast().joined(separator: "/")
            guard let name = parts.last, try folder.status(above)?.kind == .folder else { return }
            let inside = try folder.folder(above)
            guard let lock = try inside.status(name + ".lock"), lock.kind == .file, lock.modifiedNs < startNs
            else { return }
            try inside.remove(name + ".lock")
        }
    }
}
