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
    case removed(SessionName, Result<RemovedSession, WorkFailure>)
    /// A removed session's worktree was put back.
    case restored(SessionName, RestoreWish, Result<RestoredSession, WorkFailure>)
    /// What a worktree holds was kept.
    case kept(SessionName, KeepingCause, Result<KeptState, WorkFailure>)
    /// A worktree's files were brought back to an earlier state.
    case broughtBack(SessionName, client: Int, Result<BroughtBack, WorkFailure>)
    /// Sessions were merged in memory.
    case merged(Result<[Overlap], WorkFailure>)
    /// What was left of unfinished worktrees is gone.
    case cleared(problem: String?)
    /// A worktree was put back on Git's list.
    case mended(SessionName, Result<SessionRecord.Worktree, WorkFailure>)
    /// The keepers that run.
    case keepers([KeeperProcess])
    /// Branches were looked for.
    case branches([SessionName: BranchStanding])
    /// Old trash was thrown away: the names of its entries; for a client that asked, or since it was time.
    case expired([String], problem: String?, client: Int?)
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
        case .restored(let name, let wish, let result): sessionRestored(name, result, wish)
        case .kept(let name, let cause, let result):
            if let session = sessions[name] { stateKept(session, cause, result) }
        case .broughtBack(let name, let client, let result):
            if let session = sessions[name] { broughtBack(session, result, client: client) }
        case .merged(let result): overlapsFound(result)
        case .mended(let name, let result):
            if let session = sessions[name] { worktreeMended(session, result) }
        case .keepers(let keepers): keepersSeen(keepers)
        case .branches(let standings):
            for (name, standing) in standings {
                if let session = sessions[name] { branchSeen(session, standing) }
            }
        case .cleared(let problem): if let problem { report(problem, of: nil) }
        case .expired(let entries, let problem, let client):
            trashExpired(entries, problem: problem, client: client)
        }
    }
}
