import CGit2
import Glibc
import Linux

/// Removing what was just made, and nothing else: links are removed, never followed.
enum FolderRemoval {
    /// Removes the folder at `path` with all beneath; what can't be removed stays.
    static func remove(_ path: String) {
        empty(open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
        _ = rmdir(path)
    }

    /// Takes over the open folder `number`, and closes it.
    private static func empty(_ number: CInt) {
        guard number >= 0 else { return }
        guard let stream = fdopendir(number) else {
            close(number)
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    if strcmp(name, ".") == 0 || strcmp(name, "..") == 0 { return }
                    if unlinkat(number, name, 0) == 0 { return }
                    empty(openat(number, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC))
                    _ = unlinkat(number, name, AT_REMOVEDIR)
                }
            }
        }
    }
}
