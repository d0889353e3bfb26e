internal import Glibc
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// How agents end, seen or unseen.
extension Supervisor {
    /// The keeper tells that its agent has ended.
    func agentEnded(_ session: ManagedSession, _ ending: KeeperEnding) {
        guard session.agent != .leaving else { return }
        let exit = ExitStatus(
            code: ending.code, signal: ending.signal.map(Signals.name), at: Timestamp(ms: ending.atMs))
        session.agent = .leaving
        session.agentPID = nil
        session.awaitsAnswer = false
        adopting.remove(session.name)
        // An end that was taken note of before this supervisor started is not news.
        guard let run = session.record.run else { return }
        note(exit, of: session, run)
    }

    /// There is no keeper: either it ended as it should while nobody watched, or it died, or never was.
    ///
    /// `hasListened`: its socket is still there.
    func keeperIsGone(_ session: ManagedSession, hasListened: Bool) {
        adopting.remove(session.name)
        deadlines.cancel(.keeperRetry(session.name))
        session.link = nil
        session.agent = .none
        session.agentPID = nil
        countPromptsOfDeadKeeper(session)
        guard let run = session.record.run else { return }
        let exit: ExitStatus?
        do {
            exit = try privateFolder.readExit(session.name)
        } catch {
            return keeperIsOutOfReach(session, "How the agent ended can't be read: \(describe(error)).")
        }
        if exit == nil, isStillStarting(session, run) { return }
        if let exit {
            note(exit, of: session, run)
        } else if !hasListened, run.keeperPID == nil, run.bootID == bootID {
            // A keeper listens before it starts its agent: the supervisor was killed before it started this one.
            session.record.run = nil
            log.notice("started anew", metadata: ["session": "\(session.name)"])
        } else {
            let cause =
                run.bootID == bootID
                ? "Its keeper\(run.keeperPID.map { " (process \($0))" } ?? "") was ended from outside"
                : "The machine was restarted"
            interrupt(session, "\(cause); worktree and branch are untouched.")
        }
        endOrphans(of: session, SIGTERM)
    }

    /// A prompt that was typed right before the keeper ended must not be typed again by the next one.
    private func countPromptsOfDeadKeeper(_ session: ManagedSession) {
        guard let own = try? privateFolder.session(session.name),
            let bytes = try? own.read(FileNames.delivered, most: DeliveredRecord.byteCount),
            let delivered = DeliveredRecord(decoding: bytes)
        else { return }
        countPrompts(session, typed: Int(delivered.promptsTyped))
    }

    /// A keeper whose supervisor was killed may not listen yet: it is asked again until it should have
    /// started.
    private func isStillStarting(_ session: ManagedSession, _ run: SessionRecord.Run) -> Bool {
        guard run.keeperPID == nil, run.bootID == bootID, let startedMs = run.startedBootMs,
            Clock.bootNs / 1_000_000 - startedMs < Patience.startMs
        else { return false }
        session.agent = .starting
        adopting.insert(session.name)
        deadlines.set(.keeperRetry(session.name), afterMs: Patience.keeperRetryMs)
        return true
    }

    private func interrupt(_ session: ManagedSession, _ reason: String) {
        session.record.run = nil
        session.record.ended = SessionRecord.Ended(
            kind: .interrupted, reason: "\(reason) Touch the file to resume.", exit: nil)
        report(reason, of: session)
        keepState(of: session, .end)
    }

    private func note(_ exit: ExitStatus, of session: ManagedSession, _ run: SessionRecord.Run) {
        let how = exit.signal.map { "was ended by \($0)" } ?? "exited with code \(exit.code ?? 0)"
        session.record.run = nil
        session.hasSlot = false
        keepState(of: session, .end)
        switch run.stopAsked {
        case .down:
            session.record.ended = SessionRecord.Ended(
                kind: .interrupted, reason: "'claudia down --all' ended the agent. Touch the file to resume.",
                exit: exit)
        // The file may have asked for a running agent again while the last one was being ended.
        case .file where session.wanted == .state(.running) || session.wanted == .state(.paused):
            session.record.ended = nil
        case .file:
            session.record.ended = SessionRecord.Ended(
                kind: .stopped, reason: "The agent \(how), as its file asked.", exit: exit)
        case nil:
            session.record.ended = SessionRecord.Ended(
                kind: .exited, reason: "The agent \(how). Touch the file to start it again.", exit: exit)
            // What went down with the machine was interrupted.
            if run.bootID == bootID, Restart.isFailure(exit) { restartAfterFailure(of: session) }
        }
    }

    /// Ends processes that carry the session's marker and have no keeper any more, until none is left.
    func endOrphans(of session: ManagedSession, _ signal: CInt) {
        let orphans = ProcessTable.all().filter { entry in
            entry.pid != getpid() && entry.state != "Z"
                && ProcessTable.environment(entry.pid)?.contains(session.marker) == true
        }
        session.endsOrphans = !orphans.isEmpty
        if orphans.isEmpty { return }
        for orphan in orphans {
            guard let process = try? ProcessHandle(orphan.pid) else { continue }
            try? process.send(signal)
            if signal == SIGTERM { try? process.send(SIGCONT) }
        }
        log.notice("ended orphans", metadata: ["session": "\(session.name)", "count": "\(orphans.count)"])
        deadlines.set(.orphanKill(session.name), afterMs: Patience.orphanGraceMs)
    }
}
