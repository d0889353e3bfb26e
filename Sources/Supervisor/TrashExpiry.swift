internal import Glibc
internal import Lifecycle
internal import Linux
internal import SessionModel
internal import Store

/// Throwing away what has lain in the trash long enough.
extension Supervisor {
    func expireTrash() {
        deadlines.set(.trash, afterMs: Patience.trashCheckMs)
        guard config.trashDays > 0 else { return }
        let oldest = Timestamp(ms: Clock.realMs - Int64(config.trashDays) * 86_400_000)
        let job = TrashExpiryJob(
            trash: "\(root)/\(FileNames.publicFolder)/\(FileNames.trash)", oldest: oldest)
        differ.run { job.run() }
    }
}

/// Deletes trash entries that are older than `oldest`.
struct TrashExpiryJob: Sendable {
    let trash: String
    let oldest: Timestamp

    func run() -> WorkResult {
        var gone: [String] = []
        do {
            let folder = try Folder(at: trash)
            for name in try folder.names() {
                let inside = try folder.folder(name)
                guard
                    let entry = try MachineFile.read(
                        TrashEntry.self, from: FileNames.trashRecord, in: inside),
                    entry.at < oldest
                else { continue }
                if let worktree = entry.worktree {
                    let elsewhere = try TrashPlace.besideWorktree(worktree, entryName: name, making: false)
                    if let other = try? Folder(at: elsewhere) { try empty(other) }
                    rmdir(elsewhere)
                }
                try empty(inside)
                try folder.removeFolder(name)
                gone.append(name)
            }
            return .expired(gone, problem: nil)
        } catch let error as SystemError {
            return .expired(gone, problem: "Old trash can't be thrown away: \(error.message).")
        } catch {
            return .expired(gone, problem: "Old trash can't be thrown away: \(error).")
        }
    }

    /// Deletes all in a folder, following no link and leaving its file system nowhere.
    private func empty(_ folder: borrowing Folder) throws(SystemError) {
        let device = try folder.descriptor.status().device
        for name in try folder.names() {
            guard let status = try folder.status(name) else { continue }
            guard status.kind == .folder else {
                try folder.remove(name)
                continue
            }
            let inside = try folder.folder(name)
            guard try inside.descriptor.status().device == device else {
                throw SystemError(EXDEV, "rmdir", name)
            }
            try empty(inside)
            try folder.removeFolder(name)
        }
    }
}
