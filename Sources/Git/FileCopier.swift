import Glibc
import Linux

/// Copies files of a worktree into new ones; the kernel shares the blocks where the file system can.
struct FileCopier: ~Copyable {
    private let root: Folder

    init?(_ source: CheckoutSource) {
        guard let root = try? Folder(at: source.root) else { return nil }
        self.root = root
    }

    /// Copies the file at `path` into the empty file `target`, if stat(2) tells `stamp` of it before and after.
    ///
    /// Otherwise, and on any failure, `target` is empty again, and the answer is false.
    func copy(_ path: UnsafePointer<CChar>, size: Int, _ stamp: FileStamp, to target: borrowing Descriptor)
        -> Bool
    {
        let number = openat(
            root.descriptor.number, path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        guard number >= 0 else { return false }
        let source = Descriptor(adopting: number)
        guard Self.isUnchanged(source.number, size: size, stamp) else { return false }
        if source.copy(size, to: target), Self.isUnchanged(source.number, size: size, stamp) { return true }
        _ = ftruncate(target.number, 0)
        _ = lseek(target.number, 0, SEEK_SET)
        return false
    }

    private static func isUnchanged(_ file: CInt, size: Int, _ stamp: FileStamp) -> Bool {
        var info = stat()
        guard fstat(file, &info) == 0, info.st_mode & S_IFMT == S_IFREG, info.st_size == size else {
            return false
        }
        return FileStamp(info).isSameFile(as: stamp)
    }
}
