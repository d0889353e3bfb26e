internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel

/// From what is wanted and what is, step by step, until nothing is left to do now.
extension Supervisor {
    /// Steps that one session may take at once; the machine's longest way without waiting is shorter.
    private static let stepsMax = 8

    /// Carries out every step that is due, then writes what is true.
    func settle() {
        if isEndingAll { endAll() } else { stepAll() }
        for session in sessions.values where session.isEdited {
            session.isEdited = false
            // Whoever touches the file may have mended the worktree.
            if session.isTouched || !session.agentRuns { compareWorktree(of: session) }
        }
        for session in sessions.values.sorted(by: { $0.record.order < $1.record.order })
        where !session.isFreezing { publish(session) }
        publishSupervisor()
        tellOuterTerminal()
    }

    private func stepAll() {
        if deadlines.isSet(.putBack), !isPutBackFailing { return }
        // What was edited just now comes first, for somebody waits for it; an agent that runs needs no slot.
        for session in sessions.values where session.isEdited && session.agentRuns { takeSteps(session) }
        admit()
        for session in sessions.values.sorted(by: { $0.record.order < $1.record.order }) {
            takeSteps(session)
        }
    }

    private func takeSteps(_ session: ManagedSession) {
        for _ in 0..<Supervisor.stepsMax {
            guard let step = due(session) else { break }
            carryOut(step, session)
        }
    }

    /// The session's next step, unless an answer must come first.
    private func due(_ session: ManagedSession) -> Step? {
        guard sessions[session.name] === session, !session.awaitsAnswer, !session.endsOrphans,
            session.removalFailed == nil, !session.waitsForDisk
        else {
            return nil
        }
        if session.record.spec == nil, !session.isRemoved { return nil }
        session.needsTearDown = needsTearDown(session)
        let step = Plan.plan(session.wanted, session.seen).step
        switch step {
        // What is being read is not moved away.
        case .removeWorktree, .forget: return session.isBeingKept || session.isRestoring ? nil : step
        // Nobody may write in the worktree while its files are brought back.
        case .startKeeper, .thaw, .tearDown: return session.isRestoring ? nil : step
        case .createWorktree, .freeze, .stop, nil: return step
        }
    }

    private func admit() {
        let candidates = sessions.values.filter { Plan.needsSlot($0.wanted, $0.seen) }.map { session in
            Admission.Candidate(
                id: session.name, order: session.record.order, holdsSlot: session.hasSlot || session.agentRuns
            )
        }
        let admitted = Admission.admitted(candidates, limit: config.multiSession.maxConcurrentSessions)
        for session in sessions.values { session.hasSlot = admitted.contains(session.name) }
    }

    private func carryOut(_ step: Step, _ session: ManagedSession) {
        log.debug("step", metadata: ["session": "\(session.name)", "step": "\(step)"])
        switch step {
        case .createWorktree: createWorktree(for: session)
        case .startKeeper: startKeeper(for: session)
        case .freeze:
            askAndAwait(.freeze, of: session)
            Scheduling.giveWay()
        case .thaw:
            askAndAwait(.thaw, of: session)
            askToLook(session)
        case .stop: stop(session, .file)
        case .tearDown: tearDown(session)
        case .removeWorktree, .forget: remove(session)
        }
    }

    func stop(_ session: ManagedSession, _ cause: SessionRecord.StopCause) {
        session.agent = .stopping
        session.record.run?.stopAsked = cause
        // Known before it is asked, so that no supervisor after this one takes the end for a failure.
        save(session)
        ask(.stop(graceMs: UInt32(Patience.graceMs)), of: session)
        askAndAwait(.ask, of: session)
    }

    /// `down --all`: ends every agent, then the supervisor.
    private func endAll() {
        for session in sessions.values {
            dropDueRestart(of: session, "'claudia down --all' came before the agent was started again.")
            guard case .up = session.agent else { continue }
            stop(session, .down)
        }
        let busy = sessions.values.contains { session in
            switch session.agent {
            case .starting, .up, .stopping, .leaving: true
            case .none, .unreachable: session.worktree == .beingMade || session.worktree == .beingRemoved
            }
        }
        if !busy { isOver = true }
    }
}
