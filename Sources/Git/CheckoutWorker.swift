import CGit2
import Glibc
import Linux

/// What one thread of a `DirectCheckout` does, with an object database of its own.
struct CheckoutWorker: ~Copyable {
    private let checkout: DirectCheckout
    private let database: Owned
    private let times: [timespec]
    private let copier: FileCopier?
    private let converter: BlobConverter?
    private var stamps: [(file: Int, stamp: FileStamp)] = []

    /// Takes tasks until none is left or one failed.
    static func run(
        _ checkout: DirectCheckout, _ tasks: [DirectCheckout.Task], _ folders: [CInt], _ next: Counter
    ) -> DirectCheckout.Share {
        do throws(GitError) {
            var worker = try CheckoutWorker(checkout)
            while case let index = next.next(), index < tasks.count {
                switch tasks[index] {
                case .files(let files, let parent):
                    for file in files { try worker.write(file, in: folders[parent]) }
                case .folder(let folder, let parent):
                    try worker.write(folder: folder, in: folders[parent])
                }
            }
            return DirectCheckout.Share(stamps: worker.stamps)
        } catch {
            next.stop()
            return DirectCheckout.Share(failure: error)
        }
    }

    private init(_ checkout: DirectCheckout) throws(GitError) {
        let objects = "\(checkout.commonDirectory)/objects"
        let opened = try Owned(git_odb_free, "object database") { git_odb_open(&$0, objects) }
        let converter: BlobConverter? =
            checkout.converted.rules.isEmpty
            ? nil : try BlobConverter(commonDirectory: checkout.commonDirectory, commit: checkout.commit)
        self.checkout = checkout
        database = opened
        copier = checkout.source.flatMap { FileCopier($0) }
        self.converter = converter
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        now.tv_sec -= DirectCheckout.backdatedSeconds
        times = [now, now]
    }

    private mutating func write(folder index: Int, in parent: CInt) throws(GitError) {
        let folder = checkout.plan.folders[index]
        let made: Descriptor
        do { made = try checkout.makeFolder(folder, in: parent) } catch { throw .system(error) }
        for file in folder.files { try write(file, in: made.number) }
        for child in folder.folders { try write(folder: child, in: made.number) }
    }

    private mutating func write(_ index: Int, in parent: CInt) throws(GitError) {
        let file = checkout.plan.files[index]
        let stamp: FileStamp?
        switch file.mode {
        case GIT_FILEMODE_COMMIT.rawValue:
            stamp = path(file) { mkdirat(parent, $0, 0o777) == 0 ? FileStamp() : nil }
        case GIT_FILEMODE_LINK.rawValue:
            let blob = try blob(file)
            let target = Array(content(of: blob)) + [0]
            stamp = path(file) { link(in: parent, $0, target) }
        default: stamp = try regular(index, in: parent)
        }
        guard let stamp else { throw .system(.last("write", checkout.plan.text(file.start, file.end))) }
        stamps.append((index, stamp))
        checkout.progress.add()
    }

    private borrowing func blob(_ file: CheckoutPlan.File) throws(GitError) -> Owned {
        var id = file.id.raw
        let database = database.pointer
        let blob = try Owned(git_odb_object_free, "object \(file.id)") { git_odb_read(&$0, database, &id) }
        guard git_odb_object_type(blob.pointer) == GIT_OBJECT_BLOB else { throw .notFound("blob \(file.id)") }
        return blob
    }

    private borrowing func content(of blob: borrowing Owned) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(
            start: git_odb_object_data(blob.pointer), count: git_odb_object_size(blob.pointer))
    }

    /// Calls `body` with the file's last name.
    private borrowing func path<Result>(
        _ file: CheckoutPlan.File, _ body: (UnsafePointer<CChar>) -> Result?
    ) -> Result? {
        checkout.plan.paths.withUnsafeBytes { paths in
            guard let base = paths.baseAddress else { return nil }
            return body(base.advanced(by: file.name).assumingMemoryBound(to: CChar.self))
        }
    }

    private borrowing func link(
        in parent: CInt, _ name: UnsafePointer<CChar>, _ target: [UInt8]
    ) -> FileStamp? {
        let made = target.withUnsafeBytes { bytes in
            bytes.withMemoryRebound(to: CChar.self) { text in
                text.baseAddress.map { symlinkat($0, parent, name) } ?? -1
            }
        }
        var info = stat()
        guard made == 0, utimensat(parent, name, times, AT_SYMLINK_NOFOLLOW) == 0,
            fstatat(parent, name, &info, AT_SYMLINK_NOFOLLOW) == 0
        else { return nil }
        return FileStamp(info)
    }

    private borrowing func regular(_ index: Int, in parent: CInt) throws(GitError) -> FileStamp? {
        let file = checkout.plan.files[index]
        let permissions: mode_t = file.mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue ? 0o777 : 0o666
        let number = path(file) {
            openat(parent, $0, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
        }
        guard let number, number >= 0 else { return nil }
        let made = Descriptor(adopting: number)
        if try !convert(file, to: made), try !copy(index, to: made) {
            let blob = try blob(file)
            guard Self.write(content(of: blob), to: made.number) else { return nil }
        }
        var info = stat()
        guard futimens(made.number, times) == 0, fstat(made.number, &info) == 0 else { return nil }
        return FileStamp(info)
    }

    /// Writes what attributes make of the file; false, and nothing written, where they make nothing of it.
    private borrowing func convert(
        _ file: CheckoutPlan.File, to target: borrowing Descriptor
    ) throws(GitError) -> Bool {
        guard checkout.plan.paths.withUnsafeBytes({ checkout.converted.contains(file, $0) }) else {
            return false
        }
        let path = Array(checkout.plan.paths[file.start...file.end]).map { CChar(bitPattern: $0) }
        let number = target.number
        let isWritten = try converter?.convert(file.id, at: path) { Self.write($0, to: number) }
        guard isWritten == true else {
            throw .system(.last("write", checkout.plan.text(file.start, file.end)))
        }
        return true
    }

    /// Copies the file from the main worktree; false, and nothing written, where it isn't provably the blob.
    private borrowing func copy(_ index: Int, to target: borrowing Descriptor) throws(GitError) -> Bool {
        guard let stamp = checkout.source?.stamps[index] else { return false }
        let file = checkout.plan.files[index]
        var (size, type, id) = (0, GIT_OBJECT_ANY, file.id.raw)
        try LibGit2.check(
            git_odb_read_header(&size, &type, database.pointer, &id), "object \(file.id)")
        guard type == GIT_OBJECT_BLOB else { throw .notFound("blob \(file.id)") }
        let length = size
        return checkout.plan.paths.withUnsafeBytes { paths in
            guard let base = paths.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
            return copier?.copy(base + file.start, size: length, stamp, to: target) ?? false
        }
    }

    private static func write(_ content: UnsafeRawBufferPointer, to file: CInt) -> Bool {
        var rest = content
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                return false
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        return true
    }
}
