internal import Git
internal import Lifecycle
internal import Logging
internal import SessionModel

/// What a worktree's state is kept after, or before; the raw value stands in the event.
enum KeepingCause: String, Codable, Sendable {
    case turn, pause, end, removal, restore

    /// The first line of the checkpoint's message.
    fileprivate var subject: String {
        switch self {
        case .turn: "After a turn"
        case .pause: "Before a pause"
        case .end: "At the agent's end"
        case .removal: "Before the removal"
        case .restore: "Restored"
        }
    }
}

/// Keeping every state of a worktree that a turn, a pause or an end left, beside the loop.
extension Supervisor {
    /// Keeps what the worktree holds, if that is new, and finds out how much the session changed.
    ///
    /// What is asked for while that goes on is done once more afterwards.
    func keepState(of session: ManagedSession, _ cause: KeepingCause, note: String? = nil) {
        guard session.worktree == .present, !session.isRestoring,
            let job = keepingJob(of: session, cause, note)
        else { return }
        // A supervisor that comes after this one does it, should this one be killed.
        session.record.keeping = SessionRecord.Keeping(cause: cause, prompt: session.record.turnPrompt)
        guard !session.isBeingKept else { return session.keepsAgain = true }
        session.isBeingKept = true
        let name = session.name
        differ.run { .kept(name, cause, Result { try job.run() }.mapError(WorkFailure.init)) }
    }

    /// What keeping the session's state takes; nil without a worktree.
    func keepingJob(of session: ManagedSession, _ cause: KeepingCause, _ note: String? = nil) -> KeepingJob? {
        guard let worktree = session.record.worktree, let base = ObjectID(worktree.baseCommit) else {
            return nil
        }
        let prompt = session.record.turnPrompt
        let message: String =
            switch (cause, prompt) {
            case (.turn, let prompt?): prompt
            case (.pause, let prompt?), (.end, let prompt?): "\(cause.subject)\n\n\(prompt)"
            case (.turn, nil), (.pause, nil), (.end, nil), (.removal, _), (.restore, _): note ?? cause.subject
            }
        var source = Checkpoints.Source(
            name: session.name.text, id: session.record.id, worktree: worktree.path,
            commonDirectory: commonDirectory, base: base)
        source.adopted = session.record.adopted.flatMap { ObjectID($0) }
        return KeepingJob(
            source: source,
            branch: worktree.branch, adminName: worktree.adminName, message: message)
    }

    func stateKept(
        _ session: ManagedSession, _ cause: KeepingCause, _ result: Result<KeptState, WorkFailure>
    ) {
        session.isBeingKept = false
        switch result {
        case .success(let kept):
            session.keepingFailed = nil
            takeOver(kept, cause, session)
        case .failure(let failure):
            log.warning(
                "not kept", metadata: ["session": "\(session.name)", "why": "\(failure.sentence)"])
            // The same every turn is told once.
            if failure.sentence != session.keepingFailed {
                report("The worktree's state was not kept: \(failure.sentence)", of: session)
            }
            session.keepingFailed = failure.sentence
        }
        if session.keepsAgain {
            session.keepsAgain = false
            return goOnKeeping(session)
        }
        session.record.keeping = nil
        typeWaitingPrompt(session)
    }

    /// Does what was asked for before, and not done.
    func goOnKeeping(_ session: ManagedSession) {
        guard let keeping = session.record.keeping else { return }
        let prompt = session.record.turnPrompt
        session.record.turnPrompt = keeping.prompt
        keepState(of: session, keeping.cause)
        session.record.turnPrompt = prompt
    }

    private func takeOver(_ kept: KeptState, _ cause: KeepingCause, _ session: ManagedSession) {
        let before = (session.record.headCommit, session.record.checkpoint)
        session.record.headCommit = kept.headCommit ?? session.record.headCommit
        session.record.worktree?.baseCommit = kept.base
        if let branch = kept.branch { branchSeen(session, branch) }
        if let newest = kept.state.newest { tellCheckpoint(newest, cause, session) }
        if before != (session.record.headCommit, session.record.checkpoint) { stateIsNew(of: session) }
        let numbers = kept.state.newest?.total ?? DiffNumbers(files: 0, insertions: 0, deletions: 0)
        guard numbers != session.record.diff else { return }
        session.record.diff = numbers
        tell(.diffUpdated, of: session, numbers.values)
    }

    /// Tells of a checkpoint that wasn't told of.
    func tellCheckpoint(_ entry: Checkpoints.Entry, _ cause: KeepingCause, _ session: ManagedSession) {
        let commit = entry.commit.description
        guard commit != session.record.checkpoint else { return }
        session.record.checkpoint = commit
        guard commit != toldBefore[session.name]?.checkpoint else { return }
        var data = entry.changed.values
        data["ref"] = .string(Checkpoints.reference(name: session.name.text))
        data["commit"] = .string(commit)
        data["number"] = .integer(entry.number)
        data["cause"] = .string(cause.rawValue)
        tell(.checkpoint, of: session, data)
    }

    /// Notes what the turn that begins was asked for; nil when nobody knows.
    func turnBegan(_ prompt: String?, of session: ManagedSession) {
        session.record.turnPrompt = prompt.map { String($0.prefix(Patience.promptCharactersMax)) }
    }
}

extension DiffNumbers {
    /// As an event tells them.
    fileprivate var values: [String: JSONValue] {
        ["files": .integer(files), "insertions": .integer(insertions), "deletions": .integer(deletions)]
    }
}

/// One state to keep.
struct KeepingJob: Sendable {
    let source: Checkpoints.Source
    let branch: String
    let adminName: String?
    let message: String

    /// The same, of a worktree that was moved.
    func at(_ path: String) -> KeepingJob {
        var source = source
        source.worktree = path
        return KeepingJob(source: source, branch: branch, adminName: adminName, message: message)
    }

    func run() throws -> KeptState {
        let repository = try Repository(at: source.commonDirectory)
        var source = source
        source.base = try SessionBase.commit(
            name: source.name, start: source.base, branch: branch, in: repository)
        let state = try Checkpoints.save(source, message: message)
        let head = try repository.headCommit(ofBranch: branch)
        let standing = try adminName.map {
            try Branches.standing(of: branch, adminName: $0, in: repository)
        }
        return KeptState(
            state: state, base: source.base.description, headCommit: head?.description, branch: standing)
    }
}

/// What was kept, and what else was seen of the worktree.
struct KeptState: Sendable {
    let state: Checkpoints.State
    /// What changes are counted from, which is another commit once the session took in news.
    let base: String
    let headCommit: String?
    let branch: BranchStanding?
}
