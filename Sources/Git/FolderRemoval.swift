import CGit2
import Glibc
import Linux

/// Removing folders, and nothing else: links are removed, never followed, and no file system is left.
enum FolderRemoval {
    /// Removes the folder at `path` with all beneath; what can't be removed stays.
    static func remove(_ path: String) {
        var info = stat()
        guard lstat(path, &info) == 0 else { return }
        remove(folder: path, in: AT_FDCWD, info.st_dev)
    }

    /// Removes what `name` in the open folder is, a file or a folder with all beneath, on the file system `device`.
    static func remove(_ name: UnsafePointer<CChar>, in folder: CInt, _ device: dev_t) {
        if unlinkat(folder, name, 0) == 0 { return }
        remove(folder: name, in: folder, device)
    }

    private static func remove(folder name: UnsafePointer<CChar>, in parent: CInt, _ device: dev_t) {
        empty(openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), device)
        _ = unlinkat(parent, name, AT_REMOVEDIR)
    }

    /// Takes over the open folder `number`, and closes it.
    private static func empty(_ number: CInt, _ device: dev_t) {
        guard number >= 0 else { return }
        var info = stat()
        guard fstat(number, &info) == 0, info.st_dev == device else {
            close(number)
            return
        }
        // One that may not be written, as in a module cache, is the owner's to remove all the same.
        _ = fchmod(number, 0o700)
        guard let stream = fdopendir(number) else {
            close(number)
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { return }
                    remove(name, in: number, device)
                }
            }
        }
    }
}
