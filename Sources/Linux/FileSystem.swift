internal import CLinux

/// What statfs(2) tells of a file system.
public struct FileSystem: Equatable, Sendable {
    /// The kind's magic number, as linux/magic.h has it.
    public let type: UInt32
    /// Bytes that this user may still use.
    public let freeBytes: Int64

    /// The kind's name, such as "ext4" or "nfs"; its number in hexadecimal when it isn't a known one.
    public var name: String { FileSystem.names[type] ?? "0x" + String(type, radix: 16) }

    /// Whether other machines may change the files: inotify doesn't tell of those changes.
    public var isShared: Bool { FileSystem.shared.contains(type) }

    /// Magic numbers of linux/magic.h, and of the file systems' own headers for those that aren't there.
    private static let names: [UInt32: String] = [
        0xEF53: "ext4", 0x0102_1994: "tmpfs", 0x9123_683E: "btrfs", 0x5846_5342: "xfs",
        0x794C_7630: "overlayfs",
        0x2FC1_2FC1: "zfs", 0xF2F5_2010: "f2fs", 0xCA45_1A4E: "bcachefs", 0x4D44: "vfat",
        0x2011_BAB0: "exfat",
        0x5346_544E: "ntfs", 0x6969: "nfs", 0x517B: "smb", 0xFF53_4D42: "cifs", 0xFE53_4D42: "smb2",
        0x0102_1997: "9p", 0x6573_5546: "fuse", 0x00C3_6400: "ceph", 0x5346_414F: "afs", 0x7461_636F: "ocfs2",
        0x0116_1970: "gfs2", 0x6A65_6A63: "virtiofs",
    ]

    private static let shared: Set<UInt32> = [
        0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x0102_1997, 0x6573_5546, 0x00C3_6400, 0x5346_414F,
        0x7461_636F,
        0x0116_1970,
    ]
}

extension Folder {
    /// The file system that the folder lies on.
    public borrowing func fileSystem() throws(SystemError) -> FileSystem {
        var (type, free): (Int64, Int64) = (0, 0)
        let number = descriptor.number
        try check("fstatfs") { clinux_statfs(number, &type, &free) }
        return FileSystem(type: UInt32(truncatingIfNeeded: type), freeBytes: free)
    }
}
