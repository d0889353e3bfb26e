internal import Git
internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store
internal import Synchronization

/// Keeping worktrees ready for sessions to come, made while nothing else is.
extension Supervisor {
    /// Where they lie: beside the sessions' worktrees, so that they only have to be renamed.
    var poolFolder: String { "\(worktreesRoot)/\(FileNames.pool)" }

    /// Has the pool looked at a while later: one that has never been and isn't wanted costs nothing.
    func lookAtPoolSoon() {
        guard config.worktrees.pool > 0 || access(poolFolder, F_OK) == 0 else { return }
        deadlines.set(.pool, afterMs: Patience.poolMs)
    }

    /// Makes one more, or deletes one too many, unless a session's worktree is being made: its end calls again.
    func lookAtPool() {
        guard !isPoolBusy, worktreesRootProblem() == nil,
            !sessions.values.contains(where: { $0.worktree == .beingMade })
        else { return }
        isPoolBusy = true
        let job = poolJob
        pooler.run {
            let result = Scheduling.inBackground { Result { try job.run() }.mapError(WorkFailure.init) }
            return .pooled(result ?? .failure(WorkFailure("no thread can be started.")))
        }
    }

    var poolJob: PoolJob {
        PoolJob(commonDirectory: commonDirectory, folder: poolFolder, wanted: config.worktrees.pool)
    }

    func poolSeen(_ result: Result<PoolChange, WorkFailure>) {
        isPoolBusy = false
        switch result {
        case .failure(let failure):
            report("The pool of worktrees can't be kept: \(failure.sentence)", of: nil)
        case .success(let change):
            if let left = change.left {
                let command = ShellWord.line(["git", "worktree", "remove", left])
                report(
                    "Somebody has worked in \(left), so it stays; '\(command)' removes it, unless it holds changes.",
                    of: nil)
            }
            log.debug("pool", metadata: ["ready": "\(change.ready)"])
            if change.ready != config.worktrees.pool { deadlines.set(.pool, afterMs: 0) }
        }
    }
}

/// What became of the pool.
struct PoolChange: Sendable {
    /// How many are ready now.
    let ready: Int
    /// One that was to be deleted, and in which somebody has worked.
    var left: String?
}

/// Brings the pool one worktree nearer to what is wanted.
struct PoolJob: Sendable {
    let commonDirectory: String
    let folder: String
    let wanted: Int

    /// So that no more are made than are wanted.
    private static let one = Mutex<Void>(())

    func run() throws -> PoolChange { try Self.one.withLock { _ in try bringNearer() } }

    /// Takes a worktree of the trash, which is to be deleted, where one is missing: whether it did.
    func recycle(_ worktree: String) -> Bool {
        Self.one.withLock { _ in
            let ready = try? WorktreePool.ready(in: folder, commonDirectory: commonDirectory)
            guard let ready, ready.count < wanted else { return false }
            let made = try? WorktreePool.recycle(worktree, into: folder, commonDirectory: commonDirectory)
            return made != nil
        }
    }

    private func bringNearer() throws -> PoolChange {
        let repository = try Repository(at: commonDirectory)
        let common = repository.commonDirectory
        try WorktreePool.dropLost(in: folder, commonDirectory: common)
        let ready = try WorktreePool.ready(in: folder, commonDirectory: common)
        if let last = ready.last, ready.count > wanted {
            let isGone = try WorktreePool.discard(last, commonDirectory: common)
            if ready.count == 1 { rmdir(folder) }
            return PoolChange(ready: ready.count - 1, left: isGone ? nil : last.path)
        }
        guard ready.count < wanted else { return PoolChange(ready: ready.count) }
        let head = try repository.resolve("HEAD")
        _ = try WorktreePool.fill(folder, with: head, commonDirectory: common)
        return PoolChange(ready: ready.count + 1)
    }
}
