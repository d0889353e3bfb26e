import CGit2
import Glibc
import Linux

/// The main worktree, as far as its files are provably what a commit holds, so that they can be copied.
///
/// Proved is a file whose entry in the main worktree's index names the same blob and mode, is not racily
/// clean, and has the stat(2) and the blob's size; that is what Git itself believes, and the size besides, since
/// what attributes converted at some time is clean for Git and yet not the blob.
struct CheckoutSource: Sendable {
    let root: String
    /// What stat(2) told of each file of the plan when Git compared it; nil where that proves nothing.
    let stamps: [FileStamp?]

    /// Reads the main worktree's index; nil where there is none, or none that libgit2 can read.
    init?(_ plan: CheckoutPlan, in repository: borrowing Repository) {
        guard !repository.isBare, !plan.files.isEmpty else { return nil }
        let path = "\(repository.commonDirectory)/index"
        var info = stat()
        // Looked at first: an index that is replaced meanwhile is newer, and fewer of its entries are trusted.
        guard stat(path, &info) == 0,
            let index = try? Owned(git_index_free, "index", { git_index_open(&$0, path) })
        else { return nil }
        root = repository.mainWorktree
        stamps = Self.match(plan, index.pointer, writtenAt: info.st_mtim)
    }

    /// Goes along plan and index, which have one order.
    private static func match(
        _ plan: CheckoutPlan, _ index: OpaquePointer, writtenAt time: timespec
    ) -> [FileStamp?] {
        var stamps = [FileStamp?](repeating: nil, count: plan.files.count)
        let count = git_index_entrycount(index)
        var position = 0
        plan.paths.withUnsafeBytes { paths in
            guard let base = paths.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
            for number in plan.files.indices {
                let file = plan.files[number]
                while position < count, let entry = git_index_get_byindex(index, position) {
                    let order = strcmp(entry.pointee.path, base + file.start)
                    if order > 0 { break }
                    position += 1
                    if order == 0, entry.pointee.mode == file.mode, ObjectID(entry.pointee.id) == file.id {
                        stamps[number] = proof(entry.pointee, time)
                    }
                }
            }
        }
        return stamps
    }

    private static func proof(_ entry: git_index_entry, _ time: timespec) -> FileStamp? {
        let ignored = GIT_INDEX_ENTRY_VALID.rawValue | UInt32(GIT_INDEX_ENTRY_STAGEMASK)
        let isRegular = entry.mode & 0o170000 == 0o100000
        let seconds = Int(UInt32(bitPattern: entry.mtime.seconds))
        let isOlder = (seconds, Int(entry.mtime.nanoseconds)) < (time.tv_sec, time.tv_nsec)
        guard isRegular, isOlder, entry.mtime.seconds != 0, UInt32(entry.flags) & ignored == 0,
            entry.flags_extended == 0
        else { return nil }
        return FileStamp(entry)
    }
}
