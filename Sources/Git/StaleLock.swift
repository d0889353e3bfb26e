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

/// The file `<reference>.lock` that Git makes while it writes a reference.
enum StaleLock {
    /// Nanoseconds after which nobody holds one any more: `git pack-refs` does for the time of one deletion.
    private static let heldNsMax: Int64 = 2_000_000_000
    /// How often what is locked is tried, and milliseconds in between.
    private static let (triesMax, restMs): (Int, CInt) = (50, 100)

    /// Does what takes the lock, once another one's is given back or its holder must be dead.
    static func outlasting(
        _ reference: String, in commonDirectory: String, _ body: () throws(GitError) -> Void
    ) throws(GitError) {
        for attempt in 1...triesMax {
            do throws(GitError) {
                return try body()
            } catch {
                guard case .locked = error, attempt < triesMax else { throw error }
                let limitNs = Clock.realMs * 1_000_000 - heldNsMax
                try clear(reference, takenBeforeNs: limitNs, in: commonDirectory)
                Poller.rest(ms: restMs)
            }
        }
    }

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

    /// Removes every lock on one of claudia's own references that was taken before `startNs`.
    ///
    /// A process that died while it wrote one has left its lock, be it before the reference or beside it. Links are
    /// not followed.
    static func clearOwn(takenBeforeNs startNs: Int64, in commonDirectory: String) throws(GitError) {
        try system { () throws(SystemError) in
            let folder = try Folder(at: commonDirectory)
            guard try folder.status("refs/claudia")?.kind == .folder else { return }
            try clear(in: try folder.folder("refs/claudia"), takenBeforeNs: startNs)
        }
    }

    private static func clear(
        in folder: borrowing Folder, takenBeforeNs startNs: Int64
    ) throws(SystemError) {
        for name in try folder.names() {
            guard let entry = try folder.status(name) else { continue }
            if entry.kind == .folder {
                // Git removes folders that have become empty at any time.
                guard let inside = try? folder.folder(name) else { continue }
                try clear(in: inside, takenBeforeNs: startNs)
            } else if name.hasSuffix(".lock"), entry.kind == .file, entry.modifiedNs < startNs {
                try folder.remove(name)
            }
        }
    }
}
