import CGit2
import Glibc
import Linux

/// Brings a folder that was a worktree towards a commit: what isn't exactly as a checkout would write it is removed.
///
/// Nothing that the old index, or `git status`, says of a file is believed: content, permissions, owner, further names
/// and extended attributes are looked at. What is missing afterwards is for a checkout to write.
struct WorktreeCleaning {
    private let plan: CheckoutPlan
    private let converted: ConvertedFiles
    private let umask: mode_t
    private let device: dev_t

    /// What a name in a folder of the plan is.
    private enum Child {
        case file(Int)
        case folder(Int)
    }

    /// Looks at the folder, and changes nothing; throws `.unsupported` where it, or the plan, isn't an ordinary one.
    init(_ root: borrowing Folder, _ plan: CheckoutPlan, _ converted: ConvertedFiles) throws(GitError) {
        (self.plan, self.converted) = (plan, converted)
        umask = try Self.umask()
        var info = stat()
        guard fstat(root.descriptor.number, &info) == 0 else { throw .system(.last("fstat")) }
        device = info.st_dev
        let isOrdinary =
            plan.files.allSatisfy { $0.mode != GIT_FILEMODE_COMMIT.rawValue }
            && plan.folders.allSatisfy { $0.total > 0 || $0.start == $0.end }
        guard isOrdinary, isPlain(root.descriptor.number) else {
            throw .unsupported(
                "it holds submodules or empty folders, or folders are made with other rights here")
        }
    }

    /// Removes everything else; throws where something can't be removed.
    func run(in root: borrowing Folder) throws(GitError) {
        try clean(folder: 0, root.descriptor.number)
    }

    /// Whether a folder is as a new one would be.
    func isPlain(_ number: CInt) -> Bool {
        var info = stat()
        guard fstat(number, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { return false }
        return isOwn(info) && info.st_mode & 0o7777 == 0o777 & ~umask && !Self.hasAttributes(number)
    }

    private func clean(folder index: Int, _ number: CInt) throws(GitError) {
        let children = children(of: index)
        for name in try Self.names(in: number) {
            let isExact: Bool
            switch children[name] {
            case .file(let file): isExact = try self.isExact(file, name, in: number)
            case .folder(let folder): isExact = try isCleaned(folder, name, in: number)
            case nil: isExact = false
            }
            if !isExact { try remove(name, in: number) }
        }
    }

    /// Cleans a folder of the plan; false where it is none, or not as a new one would be.
    private func isCleaned(_ index: Int, _ name: [UInt8], in parent: CInt) throws(GitError) -> Bool {
        let number = Self.withText(name) {
            openat(parent, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard number >= 0 else { return false }
        let folder = Descriptor(adopting: number)
        guard isPlain(folder.number) else { return false }
        try clean(folder: index, folder.number)
        return true
    }

    private func children(of index: Int) -> [[UInt8]: Child] {
        var children: [[UInt8]: Child] = [:]
        let folder = plan.folders[index]
        for file in folder.files {
            let place = plan.files[file]
            children[Array(plan.paths[place.name..<place.end])] = .file(file)
        }
        for child in folder.folders {
            let place = plan.folders[child]
            children[Array(plan.paths[place.name..<place.end])] = .folder(child)
        }
        return children
    }

    private func isExact(_ index: Int, _ name: [UInt8], in parent: CInt) throws(GitError) -> Bool {
        let file = plan.files[index]
        var info = stat()
        let isThere = Self.withText(name) { fstatat(parent, $0, &info, AT_SYMLINK_NOFOLLOW) } == 0
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        guard isThere, info.st_nlink == 1, isOwn(info), info.st_mtim.tv_sec <= now.tv_sec else {
            return false
        }
        if file.mode == GIT_FILEMODE_LINK.rawValue {
            guard info.st_mode & S_IFMT == S_IFLNK else { return false }
            return Self.linkBlob(name, in: parent) == file.id
        }
        let permissions: mode_t = file.mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue ? 0o777 : 0o666
        guard info.st_mode == S_IFREG | permissions & ~umask,
            !plan.paths.withUnsafeBytes({ converted.contains(file, $0) })
        else { return false }
        let number = Self.withText(name) {
            openat(parent, $0, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC)
        }
        guard number >= 0 else { return false }
        let opened = Descriptor(adopting: number)
        guard !Self.hasAttributes(opened.number) else { return false }
        var id = git_oid()
        let code = git_odb_hashfile(&id, "/proc/self/fd/\(opened.number)", GIT_OBJECT_BLOB)
        return code == 0 && ObjectID(id) == file.id
    }

    /// Whether this process made it here, as far as owner and file system tell.
    private func isOwn(_ info: stat) -> Bool {
        info.st_uid == geteuid() && info.st_gid == getegid() && info.st_dev == device
    }

    private func remove(_ name: [UInt8], in parent: CInt) throws(GitError) {
        let isGone = Self.withText(name) { name in
            FolderRemoval.remove(name, in: parent, device)
            var info = stat()
            return fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT
        }
        guard isGone else {
            throw .unsupported("'\(String(decoding: name, as: UTF8.self))' can't be removed")
        }
    }

    /// Access lists and the like; what SELinux gives every file isn't counted.
    private static func hasAttributes(_ number: CInt) -> Bool {
        let names = (try? Descriptor.attributeNames(of: number)) ?? ["unknown"]
        return names.contains { $0 != "security.selinux" }
    }

    private static func linkBlob(_ name: [UInt8], in parent: CInt) -> ObjectID? {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = withText(name) { name in
            target.withUnsafeMutableBytes { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    text.baseAddress.map { readlinkat(parent, name, $0, text.count) } ?? -1
                }
            }
        }
        var id = git_oid()
        guard count > 0, git_odb_hash(&id, target, count, GIT_OBJECT_BLOB) == 0 else { return nil }
        return ObjectID(id)
    }

    /// The names in a folder, as bytes, without `.` and `..`.
    private static func names(in number: CInt) throws(GitError) -> [[UInt8]] {
        let copy = openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard copy >= 0, let stream = fdopendir(copy) else { throw .system(.last("opendir")) }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        return names
    }

    private static func withText<Result>(
        _ name: [UInt8], _ body: (UnsafePointer<CChar>) -> Result
    ) -> Result {
        let text = (name + [0]).map { CChar(bitPattern: $0) }
        return body(text)
    }

    /// The process's own, which umask(2) only tells by changing it.
    private static func umask() throws(GitError) -> mode_t {
        let status = try? Folder(at: "/proc/self").open("status", O_RDONLY).readToEnd(most: 1 << 16)
        let lines = String(decoding: status ?? [], as: UTF8.self).split(separator: "\n")
        let text = lines.first { $0.hasPrefix("Umask:") }?.split(separator: "\t").last
        guard let text, let umask = mode_t(text, radix: 8) else { throw .unsupported("umask can't be told") }
        return umask
    }
}
