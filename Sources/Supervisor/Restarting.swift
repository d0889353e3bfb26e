internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel

/// Starting agents again that failed, where their files ask for it.
extension Supervisor {
    private static var nowMs: Int64 { Clock.bootNs / 1_000_000 }

    /// The session's last run, or the try to start one, has failed: says in `ended` what becomes of it.
    func restartAfterFailure(of session: ManagedSession) {
        guard let spec = session.record.spec, !isEndingAll else { return }
        let nowMs = Supervisor.nowMs
        var restarting = session.record.restarting ?? SessionRecord.Restarts(bootID: bootID)
        restarting.startedMs = Restart.counted(restarting.startedMs, nowMs: nowMs)
        let limit = "\(Restart.most) in \(Restart.windowMs / 60_000) minutes"
        switch Restart.decide(
            spec.restart, wanted: session.wanted, earlier: restarting.startedMs, nowMs: nowMs)
        {
        case .none: return
        case .givenUp:
            session.record.ended?.reason +=
                " It was started again as often as is allowed (\(limit)); touching the file starts over."
        case .after(let ms, let number):
            restarting.dueMs = nowMs + ms
            restarting.dueAt = Timestamp(ms: Clock.realMs + ms)
            session.record.ended?.reason +=
                " It is started again after \(ms / 1_000) s (restart \(number) of at most \(limit))."
            deadlines.set(.restart(session.name), afterMs: ms)
        }
        session.record.restarting = restarting
    }

    func restartIsDue(_ session: ManagedSession) {
        guard session.record.restarting?.dueMs != nil else { return }
        session.record.restarting?.dueMs = nil
        session.record.restarting?.dueAt = nil
        session.record.restarting?.startedMs.append(Supervisor.nowMs)
        session.record.restarts += 1
        session.record.ended = nil
        log.notice(
            "started again",
            metadata: ["session": "\(session.name)", "restarts": "\(session.record.restarts)"])
    }

    /// Goes on waiting where the supervisor before this one left off; moments of another boot mean nothing.
    func takeUpRestart(of session: ManagedSession) {
        guard let restarting = session.record.restarting else { return }
        guard restarting.bootID == bootID else {
            dropDueRestart(of: session, "The machine was restarted before the agent was started again.")
            return session.record.restarting = nil
        }
        guard let dueMs = restarting.dueMs else { return }
        deadlines.set(.restart(session.name), afterMs: max(0, dueMs - Supervisor.nowMs))
    }

    /// Leaves a session interrupted whose agent was about to be started again.
    func dropDueRestart(of session: ManagedSession, _ reason: String) {
        guard session.record.restarting?.dueMs != nil else { return }
        session.record.ended = SessionRecord.Ended(
            kind: .interrupted, reason: "\(reason) Touch the file to resume.",
            exit: session.record.ended?.exit)
        forgetRestarts(of: session)
    }

    /// The file was written or touched, which starts over.
    func forgetRestarts(of session: ManagedSession) {
        session.record.restarting = nil
        deadlines.cancel(.restart(session.name))
    }
}
