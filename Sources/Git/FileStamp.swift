import CGit2
import Glibc

/// What an index entry keeps of a file's stat(2), each truncated to 32 bits as Git does.
struct FileStamp: Sendable, Equatable {
    var ctimeSeconds: UInt32 = 0
    var ctimeNs: UInt32 = 0
    var mtimeSeconds: UInt32 = 0
    var mtimeNs: UInt32 = 0
    var device: UInt32 = 0
    var inode: UInt32 = 0
    var user: UInt32 = 0
    var group: UInt32 = 0
    var size: UInt32 = 0

    /// Nothing known, as for a submodule, whose stat Git doesn't compare.
    init() {}

    init(_ info: stat) {
        ctimeSeconds = UInt32(truncatingIfNeeded: info.st_ctim.tv_sec)
        ctimeNs = UInt32(truncatingIfNeeded: info.st_ctim.tv_nsec)
        mtimeSeconds = UInt32(truncatingIfNeeded: info.st_mtim.tv_sec)
        mtimeNs = UInt32(truncatingIfNeeded: info.st_mtim.tv_nsec)
        device = UInt32(truncatingIfNeeded: info.st_dev)
        inode = UInt32(truncatingIfNeeded: info.st_ino)
        user = info.st_uid
        group = info.st_gid
        size = UInt32(truncatingIfNeeded: info.st_size)
    }

    /// The stat with which an entry in an index's file begins, of which `number` gives the four bytes at a place.
    init(indexed number: (Int) -> UInt32) {
        (ctimeSeconds, ctimeNs, mtimeSeconds, mtimeNs) = (number(0), number(4), number(8), number(12))
        (device, inode) = (number(16), number(20))
        (user, group, size) = (number(28), number(32), number(36))
    }

    init(_ entry: git_index_entry) {
        ctimeSeconds = UInt32(bitPattern: entry.ctime.seconds)
        ctimeNs = entry.ctime.nanoseconds
        mtimeSeconds = UInt32(bitPattern: entry.mtime.seconds)
        mtimeNs = entry.mtime.nanoseconds
        device = entry.dev
        inode = entry.ino
        user = entry.uid
        group = entry.gid
        size = entry.file_size
    }

    /// Whether both are of the same file in the same state; the device is left out, as by Git, since its number
    /// changes from one mount to the next.
    func isSameFile(as other: FileStamp) -> Bool {
        var other = other
        other.device = device
        return self == other
    }
}
