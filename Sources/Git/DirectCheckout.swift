import CGit2
import Glibc
import Linux
import Synchronization

/// Writes a tree's files on a few threads, each with its own handle.
///
/// As they are in the object database, but those that `CheckoutWay` says may change on their way out. Nothing is
/// followed and nothing replaced: folders are opened with O_NOFOLLOW and files made with O_EXCL.
struct DirectCheckout: Sendable {
    /// Seconds by which files are dated back.
    ///
    /// Git distrusts an entry whose mtime isn't older than the index's, and compares whole seconds
    /// (is_racy_stat in read-cache.c). Any later change of a file gives it a later second.
    static let backdatedSeconds = 2
    /// How many folders are kept open at once, so that work beneath them can be shared out.
    static let sharedFoldersMax = 100

    let plan: CheckoutPlan
    let commonDirectory: String
    let commit: ObjectID
    let converted: ConvertedFiles
    /// Where files can be copied from.
    let source: CheckoutSource?
    let progress: CheckoutProgress

    /// One piece of work in the open folder `parent`: some of its files, or a folder with all beneath.
    enum Task: Sendable {
        case files([Int], parent: Int)
        case folder(Int, parent: Int)
    }

    /// What one thread did.
    struct Share: Sendable {
        var stamps: [(file: Int, stamp: FileStamp)] = []
        var failure: GitError?
    }

    /// Writes everything into the empty folder `root`; what stat(2) then tells of each file.
    func run(into root: borrowing Folder) throws(GitError) -> [FileStamp] {
        let threads = plan.files.count < 64 ? 1 : ParallelWork.threads
        var open = OpenFolders()
        var tasks: [Task] = []
        do {
            open.add(try root.duplicate())
            try share(folder: 0, at: 0, size: max(16, plan.files.count / (threads * 8)), &open, &tasks)
        } catch {
            throw .system(error)
        }
        let (numbers, queue, next) = (open.numbers, tasks, Counter())
        let shares = ParallelWork.run(threads) {
            CheckoutWorker.run(self, queue, numbers, next)
        }
        withExtendedLifetime(open) {}
        var stamps = [FileStamp](repeating: FileStamp(), count: plan.files.count)
        for share in shares {
            if let failure = share.failure { throw failure }
            for done in share.stamps { stamps[done.file] = done.stamp }
        }
        return stamps
    }

    /// Makes the folders that hold more than `size` files, and cuts the rest into tasks of about that.
    private func share(
        folder index: Int, at parent: Int, size: Int, _ open: inout OpenFolders, _ tasks: inout [Task]
    ) throws(SystemError) {
        let folder = plan.folders[index]
        for start in stride(from: 0, to: folder.files.count, by: size) {
            let end = min(start + size, folder.files.count)
            tasks.append(.files(Array(folder.files[start..<end]), parent: parent))
        }
        for child in folder.folders {
            guard plan.folders[child].total > size, open.numbers.count < Self.sharedFoldersMax else {
                tasks.append(.folder(child, parent: parent))
                continue
            }
            let made = try makeFolder(plan.folders[child], in: open.numbers[parent])
            open.add(Folder(adopting: made))
            try share(folder: child, at: open.numbers.count - 1, size: size, &open, &tasks)
        }
    }

    /// Makes a folder and opens it.
    func makeFolder(
        _ folder: CheckoutPlan.Folder, in parent: CInt
    ) throws(SystemError) -> Descriptor {
        let number = plan.paths.withUnsafeBytes { paths in
            let name = paths.baseAddress?.advanced(by: folder.name).assumingMemoryBound(to: CChar.self)
            guard let name, mkdirat(parent, name, 0o777) == 0 else { return CInt(-1) }
            return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        guard number >= 0 else { throw .last("mkdir", plan.text(folder.start, folder.end)) }
        return Descriptor(adopting: number)
    }
}

/// Folders that stay open while threads work beneath them; by class, since arrays can't own a folder.
struct OpenFolders {
    private final class Holder {
        let folder: Folder
        init(_ folder: consuming Folder) { self.folder = folder }
    }

    private var holders: [Holder] = []
    private(set) var numbers: [CInt] = []

    mutating func add(_ folder: consuming Folder) {
        numbers.append(folder.descriptor.number)
        holders.append(Holder(folder))
    }
}

/// Hands out 0, 1, 2, … to several threads, until one of them stops it.
final class Counter: Sendable {
    private let value = Atomic<Int>(0)

    func next() -> Int { value.add(1, ordering: .relaxed).oldValue }
    func stop() { value.store(Int.max / 2, ordering: .relaxed) }
}
