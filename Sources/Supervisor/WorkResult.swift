internal import Git
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// What slow work came to, on its way back to the loop.
enum WorkResult: Sendable {
    /// A worktree was made, or not: then in a sentence why.
    case made(SessionName, Result<MadeWorktree, WorkFailure>)
    /// A session's worktree went to the trash.
    case removed(SessionName, Result<TrashEntry, WorkFailure>)
    /// A removed session's worktree was put back.
    case restored(SessionName, client: Int, Result<RestoredSession, WorkFailure>)
    /// A diff was computed.
    case diffed(SessionName, Result<DiffResult, WorkFailure>)
    /// What was left of unfinished worktrees is gone.
    case cleared(problem: String?)
    /// A worktree was put back on Git's list.
    case mended(SessionName, Result<SessionRecord.Worktree, WorkFailure>)
    /// The keepers that run.
    case keepers([KeeperProcess])
    /// Branches were looked for.
    case branches([SessionName: BranchStanding])
    /// Old trash was thrown away: the names of its entries.
    case expired([String], problem: String?)
}

/// Why slow work couldn't be done, in a sentence for a person, with what to do.
struct WorkFailure: Error, Sendable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }

    init(_ error: any Error) {
        switch error {
        case let error as WorkFailure: self = error
        case let error as GitError:
            sentence = [error.message, error.hint].compactMap(\.self).joined(separator: " ")
        case let error as StoreError: sentence = error.message
        case let error as SystemError: sentence = "\(error.message)."
        default: sentence = "\(error)"
        }
    }
}

/// A worktree that was made, and what to tell of it.
struct MadeWorktree: Sendable {
    let worktree: SessionRecord.Worktree
    let note: String?
}

/// What a diff told.
struct DiffResult: Sendable {
    /// What it was counted from, which is another commit once the session took in news.
    let base: String
    let numbers: DiffNumbers
    let headCommit: String?
    let branch: BranchStanding?
}

/// A session that was put back, as it was when it was removed.
struct RestoredSession: Sendable {
    let record: SessionRecord
    let entryName: String
    let sessionFile: String
}

extension Supervisor {
    /// Takes what a worker brings back.
    func finish(_ result: WorkResult) {
        deadlines.set(.settleMemory, afterMs: Patience.memoryMs)
        switch result {
        case .made(let name, let result):
            if let session = sessions[name] { worktreeMade(session, result) }
        case .removed(let name, let result):
            if let session = sessions[name] { sessionRemoved(session, result) }
        case .restored(let name, let client, let result): sessionRestored(name, result, client: client)
        case .diffed(let name, let result):
            if let session = sessions[name] { diffed(session, result) }
        case .mended(let name, let result):
            if let session = sessions[name] { worktreeMended(session, result) }
        case .keepers(let keepers): keepersSeen(keepers)
        case .branches(let standings):
            for (name, standing) in standings {
                if let session = sessions[name] { branchSeen(session, standing) }
            }
        case .cleared(let problem): if let problem { report(problem, of: nil) }
        case .expired(let entries, let problem):
            if !entries.isEmpty { log.info("trash thrown away", metadata: ["entries": "\(entries)"]) }
            if let problem { report(problem, of: nil) }
        }
    }

    /// Computes what the session changed since its base, beside the loop.
    func refreshDiff(of session: ManagedSession) {
        guard let worktree = session.record.worktree, session.worktree == .present, !session.diffInFlight,
            let base = ObjectID(worktree.baseCommit)
        else { return }
        session.diffInFlight = true
        let (name, commonDirectory) = (session.name, commonDirectory)
        differ.run {
            .diffed(
                name,
                Result {
                    let repository = try Repository(worktree: worktree.path, commonDirectory: commonDirectory)
                    let base = try SessionBase.commit(
                        name: name.text, start: base, branch: worktree.branch,
                        in: Repository(at: commonDirectory))
                    let diff = try repository.diff(since: base)
                    let numbers = DiffNumbers(
                        files: diff.files, insertions: diff.insertions, deletions: diff.deletions)
                    let head = try repository.headCommit(ofBranch: worktree.branch)
                    let branch = try worktree.adminName.map {
                        try Branches.standing(of: worktree.branch, adminName: $0, in: repository)
                    }
                    return DiffResult(
                        base: base.description, numbers: numbers, headCommit: head?.description,
                        branch: branch)
                }.mapError(WorkFailure.init))
        }
    }

    private func diffed(_ session: ManagedSession, _ result: Result<DiffResult, WorkFailure>) {
        session.diffInFlight = false
        switch result {
        case .success(let diff):
            session.record.headCommit = diff.headCommit ?? session.record.headCommit
            session.record.worktree?.baseCommit = diff.base
            if let branch = diff.branch { branchSeen(session, branch) }
            guard diff.numbers != session.record.diff else { return }
            session.record.diff = diff.numbers
            tell(
                .diffUpdated, of: session,
                [
                    "files": .integer(diff.numbers.files), "insertions": .integer(diff.numbers.insertions),
                    "deletions": .integer(diff.numbers.deletions),
                ])
        case .failure(let failure):
            log.warning("no diff", metadata: ["session": "\(session.name)", "why": "\(failure.sentence)"])
        }
    }
}
