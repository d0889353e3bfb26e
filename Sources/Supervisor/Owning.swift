internal import Glibc
internal import Linux
internal import SessionModel
internal import Store

/// One owner for a repository: who holds the lock.
extension Supervisor {
    /// Milliseconds until a killed owner must be gone, and between two looks.
    private static let (goneMsMax, lookMs): (Int64, CInt) = (2_000, 10)

    /// Takes the lock; waits for one that a killed owner still holds, for its threads end one after another.
    static func takeLock(
        _ privateFolder: borrowing PrivateFolder, root: String
    ) throws(SupervisorError) -> FileLock {
        let deadlineNs = Clock.bootNs + goneMsMax * 1_000_000
        while true {
            let file = try supervising { try privateFolder.folder.open(FileNames.lock, O_RDWR | O_CREAT) }
            do {
                if let lock = try FileLock(file) { return lock }
            } catch {
                throw .system(error)
            }
            let owner = try? PublicFolder(existing: root)?.readSupervisor()
            guard isGone(owner?.pid), Clock.bootNs < deadlineNs else {
                throw .alreadyRunning(pid: owner?.pid, generation: owner?.generation)
            }
            Poller.rest(ms: lookMs)
        }
    }

    /// Whether the process has ended; so it has, too, when the owner hasn't said yet who it is.
    private static func isGone(_ pid: Int32?) -> Bool {
        guard let pid, let entry = ProcessTable.entry(pid) else { return true }
        return ["Z", "X"].contains(entry.state)
    }
}
