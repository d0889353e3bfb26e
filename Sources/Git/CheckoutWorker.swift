import CGit2
import Glibc
import Linux

/// What one thread of a `DirectCheckout` does, with an object database of its own.
struct CheckoutWorker: ~Copyable {
    private let checkout: DirectCheckout
    private let database: Owned
    private let times: [timespec]
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
        self.checkout = checkout
        let objects = checkout.objects
        database = try Owned(git_odb_free, "object database") { git_odb_open(&$0, objects) }
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
        default:
            let blob = try blob(file)
            let permissions: mode_t = file.mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue ? 0o777 : 0o666
            stamp = path(file) { regular(in: parent, $0, permissions, content(of: blob)) }
        }
        guard let stamp else { throw .system(.last("write", checkout.plan.text(file.start, file.end))) }
        stamps.append((index, stamp))
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

    private borrowing func regular(
        in parent: CInt, _ name: UnsafePointer<CChar>, _ permissions: mode_t,
        _ content: UnsafeRawBufferPointer
    ) -> FileStamp? {
        let number = openat(
            parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
        guard number >= 0 else { return nil }
        let file = Descriptor(adopting: number)
        var rest = content
        while !rest.isEmpty {
            let count = Glibc.write(file.number, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        var info = stat()
        guard futimens(file.number, times) == 0, fstat(file.number, &info) == 0 else { return nil }
        return FileStamp(info)
    }
}
