internal import Glibc
internal import Linux
internal import Logging
internal import Store

/// A repository that is moved while its supervisor runs.
extension Supervisor {
    /// Ends the loop when the repository isn't at `root` any more; `newRoot` is where it is then.
    ///
    /// Paths made from `root` would lead to nothing, or to another repository.
    func noticeMove() {
        guard let held = try? publicFolder.root.descriptor.status() else { return }
        func isHeld(_ path: String) -> Bool? {
            var info = stat()
            // Only a path that certainly leads elsewhere, or nowhere, counts.
            guard stat(path, &info) == 0 else { return errno == ENOENT || errno == ENOTDIR ? false : nil }
            return UInt64(info.st_ino) == held.inode && UInt64(info.st_dev) == held.device
        }
        guard isHeld(root) == false else { return }
        isOver = true
        if let path = publicFolder.root.path(), isHeld(path) == true { newRoot = path }
        log.notice("the repository is not where it was", metadata: ["now": "\(newRoot ?? "removed")"])
    }
}
