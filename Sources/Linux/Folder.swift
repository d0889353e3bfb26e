internal import CLinux
internal import Glibc

/// An open folder: the only way to paths inside it.
///
/// Each `path` is relative, stays beneath the folder, and no part of it may be a symbolic link
/// (openat2(2) with RESOLVE_BENEATH and RESOLVE_NO_SYMLINKS; such a path fails with ELOOP or EXDEV).
public struct Folder: ~Copyable, Sendable {
    /// The folder's own descriptor.
    public let descriptor: Descriptor

    /// Takes over the descriptor of a folder.
    public init(adopting descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Opens the folder at an absolute or relative `path` as the person gave it, following links.
    public init(at path: String) throws(SystemError) {
        descriptor = Descriptor(
            adopting: try check("open", path) { Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) })
    }

    /// The same; nil when nothing has this path, and an error when that can't be told.
    public static func openIfThere(at path: String) throws(SystemError) -> Folder? {
        do {
            return try Folder(at: path)
        } catch {
            if error.number == ENOENT || error.number == ENOTDIR { return nil }
            throw error
        }
    }

    /// Opens a file beneath; `flags` are those of open(2).
    public borrowing func open(
        _ path: String, _ flags: CInt, mode: UInt32 = 0o600
    ) throws(SystemError) -> Descriptor {
        let folder = descriptor.number
        return Descriptor(
            adopting: try check("openat2", path) {
                clinux_open_beneath(folder, path, UInt64(flags), UInt64(mode))
            })
    }

    /// Opens a folder beneath.
    public borrowing func folder(_ path: String) throws(SystemError) -> Folder {
        Folder(adopting: try open(path, O_RDONLY | O_DIRECTORY))
    }

    /// Opens a folder beneath, made with mode 0700 when it isn't there; `path` is one name.
    public borrowing func makeFolder(_ path: String) throws(SystemError) -> Folder {
        if mkdirat(descriptor.number, path, 0o700) < 0, errno != EEXIST { throw .last("mkdir", path) }
        return try folder(path)
    }

    /// A second descriptor of the same folder.
    public borrowing func duplicate() throws(SystemError) -> Folder {
        Folder(adopting: try descriptor.duplicate())
    }

    /// The whole of a regular file; throws EFBIG past `most` bytes and EINVAL for what is no regular file.
    ///
    /// Opened with O_NONBLOCK, so that a FIFO can't hold the caller up.
    public borrowing func read(_ path: String, most: Int) throws(SystemError) -> [UInt8] {
        let file = try open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        guard try file.status().kind == .file else { throw SystemError(EINVAL, "read", path) }
        do {
            return try file.readToEnd(most: most)
        } catch {
            throw SystemError(error.number, error.call, path)
        }
    }

    /// What lies at `path`, itself not followed when a link; nil when nothing does.
    public borrowing func status(_ path: String) throws(SystemError) -> FileStatus? {
        let folder = descriptor.number
        let number = retrying {
            clinux_open_beneath(folder, path, CLINUX_O_PATH | UInt64(O_NOFOLLOW), 0)
        }
        if number >= 0 { return try Descriptor(adopting: number).status() }
        if errno == ENOENT || errno == ENOTDIR { return nil }
        // RESOLVE_NO_SYMLINKS refuses even to look at a link; one name alone can be looked at without it.
        guard errno == ELOOP, !path.utf8.contains(0x2F) else { throw .last("openat2", path) }
        var info = stat()
        try check("fstatat", path) { fstatat(folder, path, &info, AT_SYMLINK_NOFOLLOW) }
        return FileStatus(info)
    }

    /// The names in the folder, unsorted, without `.` and `..`; those that aren't UTF-8 with U+FFFD.
    public borrowing func names() throws(SystemError) -> [String] {
        let copy = try open(".", O_RDONLY | O_DIRECTORY).release()
        guard let stream = fdopendir(copy) else {
            let error = SystemError.last("fdopendir")
            Glibc.close(copy)
            throw error
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = Glibc.readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Removes a file's name; nothing happens when it isn't there.
    public borrowing func remove(_ name: String) throws(SystemError) {
        if unlinkat(descriptor.number, name, 0) < 0, errno != ENOENT { throw .last("unlink", name) }
    }

    /// What lies at a path beneath, of bytes with a NUL at their end, itself not followed when a link; nil when nothing
    /// does, or a link leads there.
    public borrowing func status(bytes path: [CChar]) throws(SystemError) -> FileStatus? {
        let parent: Descriptor
        do {
            parent = try self.parent(of: path)
        } catch {
            if [ENOENT, ENOTDIR, ELOOP].contains(error.number) { return nil }
            throw error
        }
        var info = stat()
        if fstatat(parent.number, Folder.name(of: path), &info, AT_SYMLINK_NOFOLLOW) == 0 {
            return FileStatus(info)
        }
        if errno == ENOENT { return nil }
        throw .last("fstatat", Folder.shown(path))
    }

    /// Removes a file, or an empty folder, at a path beneath, of bytes with a NUL at their end; throws ENOENT when it
    /// isn't there.
    public borrowing func remove(bytes path: [CChar], isFolder: Bool) throws(SystemError) {
        let parent = try parent(of: path)
        let number = parent.number
        try check("unlink", Folder.shown(path)) {
            unlinkat(number, Folder.name(of: path), isFolder ? AT_REMOVEDIR : 0)
        }
    }

    /// The folder in which the last name of such a path lies.
    private borrowing func parent(of path: [CChar]) throws(SystemError) -> Descriptor {
        let slash = path.lastIndex(of: 0x2F)
        let above: [CChar] = slash.map { Array(path[..<$0]) + [0] } ?? [0x2E, 0]
        let folder = descriptor.number
        return Descriptor(
            adopting: try check("openat2", Folder.shown(path)) {
                clinux_open_beneath(folder, above, UInt64(O_RDONLY | O_DIRECTORY), 0)
            })
    }

    private static func name(of path: [CChar]) -> [CChar] {
        Array(path[((path.lastIndex(of: 0x2F) ?? -1) + 1)...])
    }

    private static func shown(_ path: [CChar]) -> String {
        String(decoding: path.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Sets a file's permission bits; `name` is one name, and a link is refused.
    public borrowing func setPermissions(_ name: String, _ permissions: UInt32) throws(SystemError) {
        let number = try open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        try check("fchmod", name) { fchmod(number.number, permissions) }
    }

    /// Removes an empty folder.
    public borrowing func removeFolder(_ name: String) throws(SystemError) {
        if unlinkat(descriptor.number, name, AT_REMOVEDIR) < 0 { throw .last("rmdir", name) }
    }

    /// Renames `old` here to `new` in `other`, replacing what is there unless `replacing` is false (EEXIST).
    public borrowing func rename(
        _ old: String, to other: borrowing Folder, _ new: String, replacing: Bool = true
    ) throws(SystemError) {
        let (from, to) = (descriptor.number, other.descriptor.number)
        try check("rename", old) {
            clinux_renameat2(from, old, to, new, replacing ? 0 : CLINUX_RENAME_NOREPLACE)
        }
    }

    /// Gives the file `old` here the further name `new` in `other`, replacing what is there.
    ///
    /// EXDEV when `other` lies on another file system.
    public borrowing func publish(
        _ old: String, to other: borrowing Folder, _ new: String
    ) throws(SystemError) {
        let temporary = Folder.temporaryName(for: new)
        try other.remove(temporary)
        let (from, to) = (descriptor.number, other.descriptor.number)
        try check("link", old) { linkat(from, old, to, temporary, 0) }
        try check("rename", new) { renameat(to, temporary, to, new) }
        // rename(2) of two names of one file does nothing and leaves both.
        try other.remove(temporary)
    }

    /// Waits until the folder's entries are on the disk.
    public borrowing func sync() throws(SystemError) { try descriptor.sync() }
}
