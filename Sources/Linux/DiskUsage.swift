internal import Glibc

/// How much of the disk a folder takes.
public enum DiskUsage {
    /// How many folders may wait to be looked into.
    private static let foldersMax = 1_000_000

    /// Bytes on the disk of all beneath the folder at `path`, itself included; a file with several names counts once.
    ///
    /// Follows no link, leaves the file system nowhere, and leaves out what can't be read or goes meanwhile. nil
    /// when there is no such folder.
    public static func bytes(ofFolderAt path: String) -> Int64? {
        guard let root = try? Folder(at: path), let own = status(".", root) else { return nil }
        var total = Int64(own.st_blocks) * blockSize
        var seen: Set<UInt64> = []
        var waiting = ["."]
        while let path = waiting.popLast() {
            guard let folder = try? root.folder(path), let names = try? folder.names() else { continue }
            for name in names {
                guard let info = status(name, folder), info.st_dev == own.st_dev else { continue }
                let isFolder = info.st_mode & S_IFMT == S_IFDIR
                if !isFolder, info.st_nlink > 1, !seen.insert(UInt64(info.st_ino)).inserted { continue }
                total += Int64(info.st_blocks) * blockSize
                if isFolder, waiting.count < foldersMax { waiting.append("\(path)/\(name)") }
            }
        }
        return total
    }

    /// The unit of `st_blocks`, whatever the file system's is (stat(3type)).
    private static let blockSize: Int64 = 512

    private static func status(_ name: String, _ folder: borrowing Folder) -> stat? {
        var info = stat()
        return fstatat(folder.descriptor.number, name, &info, AT_SYMLINK_NOFOLLOW) == 0 ? info : nil
    }
}
