internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Throwing away what has lain in the trash long enough.
extension Supervisor {
    func expireTrash() {
        deadlines.set(.trash, afterMs: Patience.trashCheckMs)
        guard config.trashDays > 0 else { return }
        expireTrash(olderThanS: config.trashDays * 86_400, for: nil)
    }

    /// Throws away what is older; `client` is told when that is done.
    func expireTrash(olderThanS seconds: Int, for client: Int?) {
        let oldest = Timestamp(ms: Clock.realMs - Int64(seconds) * 1_000)
        let job = TrashExpiryJob(
            root: root, trashBesideGit: "\(commonDirectory)/\(FileNames.privateFolder)/\(FileNames.trash)",
            oldest: oldest, pool: config.worktrees.pool > 0 && worktreesRootProblem() == nil ? poolJob : nil)
        sweeper.run {
            let (gone, problem) = job.run()
            return .expired(gone, problem: problem, client: client)
        }
    }

    func trashExpired(_ entries: [String], problem: String?, client: Int?) {
        if !entries.isEmpty { log.info("trash thrown away", metadata: ["entries": "\(entries)"]) }
        if let problem { report(problem, of: nil) }
        guard let client else { return }
        answer(client, problem.map { .error($0) } ?? .say("\(entries.count)"))
    }
}

/// Deletes trash entries that are older than `oldest`.
struct TrashExpiryJob: Sendable {
    /// The folder that `.claudia` lies in.
    let root: String
    /// Where admin folders lie when Git's are on another file system.
    let trashBesideGit: String
    let oldest: Timestamp
    /// Takes a worktree where one is missing; nil where none is wanted.
    let pool: PoolJob?

    /// What an entry is called once it is being deleted: no restore takes it any more.
    private static let prefix = ".expired-"
    /// Folders in each other past which what lies deeper is moved up, since each one needs a descriptor.
    private static let depthMax = 64

    /// The names of the entries that are gone, and what hindered.
    func run() -> (gone: [String], problem: String?) {
        var gone: [String] = []
        var problem: String?
        guard let folder = try? Folder(at: root).folder("\(FileNames.publicFolder)/\(FileNames.trash)"),
            let names = try? folder.names()
        else {
            return ([], nil)
        }
        for name in names where name.hasPrefix(TrashExpiryJob.prefix) || isOld(name, in: folder) {
            do {
                try delete(name, in: folder)
                gone.append(name)
            } catch {
                problem = "The trash entry \(name) can't be thrown away: \(WorkFailure(error).sentence)"
            }
        }
        return (gone, problem)
    }

    private func isOld(_ name: String, in folder: borrowing Folder) -> Bool {
        guard let inside = try? folder.folder(name),
            let entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: inside)
        else { return false }
        return entry.at < oldest
    }

    private func delete(_ name: String, in folder: borrowing Folder) throws {
        var expired = name
        if !name.hasPrefix(TrashExpiryJob.prefix) {
            expired = TrashExpiryJob.prefix + name
            try folder.rename(name, to: folder, expired)
        }
        let inside = try folder.folder(expired)
        var places = [trashBesideGit]
        if let entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: inside),
            let worktree = entry.worktree, let slash = worktree.lastIndex(of: "/")
        {
            places.append("\(worktree[..<slash])/\(FileNames.trashElsewhere)")
        }
        let original = String(expired.dropFirst(TrashExpiryJob.prefix.count))
        for place in places {
            guard let elsewhere = try? Folder(at: place), let other = try? elsewhere.folder(original) else {
                continue
            }
            recycle("\(place)/\(original)")
            try empty(other)
            try elsewhere.removeFolder(original)
        }
        recycle("\(root)/\(FileNames.publicFolder)/\(FileNames.trash)/\(expired)")
        try empty(inside)
        try folder.removeFolder(expired)
    }

    /// Gives the pool the worktree in an entry's folder, where there is one and it has room.
    private func recycle(_ folder: String) {
        let worktree = "\(folder)/\(FileNames.trashWorktree)"
        guard let pool, access(worktree, F_OK) == 0 else { return }
        _ = pool.recycle(worktree)
    }

    /// Deletes all in a folder, following no link and leaving its file system nowhere.
    private func empty(_ folder: borrowing Folder) throws(SystemError) {
        let device = try folder.descriptor.status().device
        while try !empty(folder, depth: 1, top: folder, device) {}
    }

    /// Deletes all beneath, but moves what lies too deep up to `top`: true when nothing was moved.
    private func empty(
        _ folder: borrowing Folder, depth: Int, top: borrowing Folder, _ device: UInt64
    ) throws(SystemError) -> Bool {
        // A folder that may not be written, as in a module cache, is the owner's to delete all the same.
        _ = fchmod(folder.descriptor.number, 0o700)
        var isEmpty = true
        for name in try folder.names() {
            guard let status = try folder.status(name) else { continue }
            guard status.kind == .folder else {
                try folder.remove(name)
                continue
            }
            if depth == TrashExpiryJob.depthMax {
                try folder.rename(name, to: top, ".deep-\(status.inode)", replacing: false)
                isEmpty = false
                continue
            }
            let inside = try folder.folder(name)
            guard try inside.descriptor.status().device == device else {
                throw SystemError(EXDEV, "rmdir", name)
            }
            if try !empty(inside, depth: depth + 1, top: top, device) { isEmpty = false }
            try folder.removeFolder(name)
        }
        return isEmpty
    }
}
