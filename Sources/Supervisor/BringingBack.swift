internal import Git
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel

/// What a client wants back.
struct RestoreWish: Sendable {
    /// Who asked.
    let client: Int
    /// The number of a checkpoint; nil is the newest one, of a removed session its state at the removal.
    let number: Int?
}

/// A worktree whose files are those of a checkpoint again.
struct BroughtBack: Sendable {
    let number: Int
    /// What was there, as a checkpoint.
    let kept: KeptState?
    /// Where the files are that were there before; nil when they were the same.
    let rescue: String?
}

/// Bringing the files of a session that is there back to a checkpoint.
extension Supervisor {
    func bringBack(_ session: ManagedSession, _ wish: RestoreWish) {
        if let problem = obstacle(of: session) { return answer(wish.client, .error(problem)) }
        guard let worktree = session.record.worktree else { return }
        let job = BringingBackJob(
            name: session.name, id: session.record.id, worktree: worktree.path,
            commonDirectory: commonDirectory, adopted: session.record.adopted, number: wish.number,
            at: Timestamp(ms: Clock.realMs),
            keeping: keepingJob(of: session, .restore, "Before going back"))
        session.isRestoring = true
        let name = session.name
        // On the thread that keeps states, so that none is kept of files that are half one and half the other.
        differ.run {
            .broughtBack(name, client: wish.client, Result { try job.run() }.mapError(WorkFailure.init))
        }
    }

    /// Why the files can't be changed now; an agent that runs would be writing among them.
    private func obstacle(of session: ManagedSession) -> String? {
        let name = session.name
        if session.isRestoring { return "The files of '\(name)' are being brought back already." }
        if session.isRemoved { return "The session '\(name)' is being removed; restore it once it is gone." }
        guard session.worktree == .present else { return "The session '\(name)' has no worktree now." }
        switch session.agent {
        case .none, .up(frozen: true): return nil
        case .up(frozen: false), .starting, .stopping:
            return "The agent of '\(name)' runs, and may be writing the same files. "
                + "'claudia pause \(name)' or 'claudia park \(name)' first."
        case .leaving: return "The agent of '\(name)' is only just ending; try again."
        case .unreachable:
            return "The keeper of '\(name)' doesn't answer, so nobody knows whether its agent runs."
        }
    }

    func broughtBack(
        _ session: ManagedSession, _ result: Result<BroughtBack, WorkFailure>, client: Int
    ) {
        session.isRestoring = false
        switch result {
        case .failure(let failure): answer(client, .error(failure.sentence))
        case .success(let back):
            if let newest = back.kept?.state.newest { tellCheckpoint(newest, .restore, session) }
            if let ref = back.rescue { tell(.rescue, of: session, ["ref": .string(ref)]) }
            keepState(of: session, .restore, note: "Back to checkpoint \(back.number)")
            let kept =
                back.rescue.map { "; what was there before is on \($0)" } ?? ", where they were already"
            answer(client, .say("its files are those of checkpoint \(back.number)\(kept)"))
        }
    }
}

/// A worktree to bring back to a checkpoint.
struct BringingBackJob: Sendable {
    let name: SessionName
    let id: String
    let worktree: String
    let commonDirectory: String
    /// The checkpoint of another session with which its own go on.
    let adopted: String?
    let number: Int?
    let at: Timestamp
    /// Keeps what is there now as a checkpoint too, so that going back can be undone by its number.
    let keeping: KeepingJob?

    func run() throws -> BroughtBack {
        let wanted = try find()
        let state = try keeping?.run()
        for attempt in 1...100 {
            let time = attempt == 1 ? at.compact : "\(at.compact)-\(attempt)"
            let ref = Rescue.reference(name: name.text, time: time)
            do throws(GitError) {
                let kept = try Checkpoints.restore(
                    to: wanted.commit, worktree: worktree, commonDirectory: commonDirectory, rescue: ref,
                    message: "claudia: session \(name) before it went back to checkpoint \(wanted.number)\n")
                return BroughtBack(number: wanted.number, kept: state, rescue: kept == nil ? nil : ref)
            } catch {
                guard case .exists = error else { throw error }
            }
        }
        throw WorkFailure("There are too many rescues of '\(name)' of \(at).")
    }

    private func find() throws -> Checkpoints.Entry {
        let list = try Checkpoints.list(name: name.text, in: Repository(at: commonDirectory))
        // A chain whose end is another one's is all of an earlier session of this name.
        guard let newest = list.first, newest.session == id || newest.commit.description == adopted else {
            throw WorkFailure("Of '\(name)' no checkpoint was made yet: nothing was changed in its worktree.")
        }
        guard let number else { return newest }
        guard let found = list.first(where: { $0.number == number }) else {
            throw WorkFailure(
                "The session '\(name)' has no checkpoint \(number); its newest is \(newest.number). "
                    + "'claudia log \(name)' lists them.")
        }
        return found
    }
}
