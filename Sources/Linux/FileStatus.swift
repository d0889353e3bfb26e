public import Glibc

/// What stat(2) tells of a file.
public struct FileStatus: Equatable, Sendable {
    /// What a file is.
    public enum Kind: Sendable {
        /// A regular file.
        case file
        /// A folder.
        case folder
        /// A symbolic link.
        case symbolicLink
        /// A FIFO, socket or device.
        case other
    }

    /// What the file is.
    public let kind: Kind
    /// Bytes.
    public let size: Int64
    /// The last change of content, in nanoseconds since 1970.
    public let modifiedNs: Int64
    /// Names the file on its file system.
    public let inode: UInt64
    /// The file system.
    public let device: UInt64
    /// The owner.
    public let owner: UInt32
    /// Permission bits.
    public let permissions: UInt32
    /// How many names the file has.
    public let links: Int

    /// Takes what the call filled in.
    public init(_ info: stat) {
        switch info.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .symbolicLink
        default: kind = .other
        }
        size = Int64(info.st_size)
        modifiedNs = Int64(info.st_mtim.tv_sec) * 1_000_000_000 + Int64(info.st_mtim.tv_nsec)
        inode = UInt64(info.st_ino)
        device = UInt64(info.st_dev)
        owner = info.st_uid
        permissions = info.st_mode & 0o7777
        links = Int(info.st_nlink)
    }
}

extension Descriptor {
    /// Sets when the content was last changed, in nanoseconds since 1970; nil is now.
    public borrowing func setModified(_ ns: Int64?) throws(SystemError) {
        let number = number
        guard let ns else {
            try check("futimens") { futimens(number, nil) }
            return
        }
        let time = timespec(tv_sec: Int(ns / 1_000_000_000), tv_nsec: Int(ns % 1_000_000_000))
        try check("futimens") { futimens(number, [time, time]) }
    }
}
