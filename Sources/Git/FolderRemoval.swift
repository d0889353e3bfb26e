import CGit2
import Glibc
import Linux

/// Removing folders, and nothing else: links are removed, never followed, and no file system is left.
enum FolderRemoval {
    /// Folders in each other past which what lies deeper is moved up: each takes a descriptor and some of the stack.
    private static let depthMax = 64

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
        let top = openat(parent, name, flags)
        guard top >= 0 else { return }
        while !isEmptied(openat(top, ".", flags), depth: 1, top: top, device) {}
        close(top)
        _ = unlinkat(parent, name, AT_REMOVEDIR)
    }

    private static let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC

    /// Takes over the open folder `number`, and closes it; false when something too deep was moved up to `top`, which
    /// is to be emptied once more.
    private static func isEmptied(_ number: CInt, depth: Int, top: CInt, _ device: dev_t) -> Bool {
        guard number >= 0 else { return true }
        var info = stat()
        guard fstat(number, &info) == 0, info.st_dev == device else {
            close(number)
            return true
        }
        // One that may not be written, as in a module cache, is the owner's to remove all the same.
        _ = fchmod(number, 0o700)
        guard let stream = fdopendir(number) else {
            close(number)
            return true
        }
        defer { closedir(stream) }
        var isDone = true
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { return }
                    if unlinkat(number, name, 0) == 0 { return }
                    let inner = openat(number, name, flags)
                    if depth < depthMax {
                        if !isEmptied(inner, depth: depth + 1, top: top, device) { isDone = false }
                        _ = unlinkat(number, name, AT_REMOVEDIR)
                    } else if isMoved(name, inner, in: number, to: top, ".deep-\(entry.pointee.d_ino)") {
                        isDone = false
                    }
                }
            }
        }
        return isDone
    }

    /// Takes over the open folder `number`, closes it, and moves it from `parent` to `top`: whether that could be done.
    private static func isMoved(
        _ name: UnsafePointer<CChar>, _ number: CInt, in parent: CInt, to top: CInt, _ newName: String
    ) -> Bool {
        guard number >= 0 else { return false }
        // Only one that may be written can go to another folder.
        _ = fchmod(number, 0o700)
        close(number)
        return renameat(parent, name, top, newName) == 0
    }
}
