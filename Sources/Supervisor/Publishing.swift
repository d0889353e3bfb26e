internal import Agents
internal import Git
internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// What is true, into the files that people and commands read.
extension Supervisor {
    /// Writes the session's record and status where they differ from the files, and tells of a new phase.
    func publish(_ session: ManagedSession) {
        guard sessions[session.name] === session else { return }
        let phase = currentPhase(of: session)
        if phase != session.record.phase || !session.isPhaseTold && session.saved == nil {
            enter(phase, session)
        }
        save(session)
        let status = status(of: session)
        guard status != session.published else { return }
        // A folder that was wiped stays away until it is put back: one made here would look like an `rm`.
        if isFolderGone(session) || session.statusWaits { return }
        do {
            try publicFolder.writeStatus(status)
            session.published = status
        } catch {
            // A try is an event in a watched folder: one that followed at once would be followed by another.
            session.statusWaits = true
            noteTrouble("The status can't be written: \(describe(error)).", of: session)
        }
    }

    /// Writes the session's record where it differs from the file: whether it is there now.
    ///
    /// What must not be done unrecorded waits when it isn't.
    @discardableResult
    func save(_ session: ManagedSession) -> Bool {
        guard session.record != session.saved || session.lastGood != nil else { return true }
        if session.waitsForDisk { return false }
        do {
            let own = try privateFolder.makeSession(session.name)
            if let bytes = session.lastGood {
                try own.replace(FileNames.lastGoodSession, with: bytes, durable: true)
                session.lastGood = nil
            }
            if isVital(session) {
                try MachineFile.write(session.record, to: FileNames.record, in: own)
            } else {
                try MachineFile.writeQuickly(session.record, to: FileNames.record, in: own)
            }
            session.saved = session.record
            return true
        } catch {
            session.waitsForDisk = true
            noteTrouble("The session's record can't be written: \(describe(error)).", of: session)
            return false
        }
    }

    /// Whether the record holds something new that could not be found out again after a power cut.
    private func isVital(_ session: ManagedSession) -> Bool {
        guard var old = session.saved else { return true }
        old.phase = session.record.phase
        old.phaseSince = session.record.phaseSince
        old.headCommit = session.record.headCommit
        old.diff = session.record.diff
        old.checkpoint = session.record.checkpoint
        old.keeping = session.record.keeping
        old.turnPrompt = session.record.turnPrompt
        old.conflicts = session.record.conflicts
        old.heard = session.record.heard
        old.specMtime = session.record.specMtime
        return old != session.record
    }

    private func enter(_ phase: Phase, _ session: ManagedSession) {
        let from = session.record.phase
        session.isPhaseTold = true
        session.record.phase = phase
        session.record.phaseSince = Timestamp(ms: Clock.realMs)
        var data: [String: JSONValue] = ["from": .string(from.rawValue), "phase": .string(phase.rawValue)]
        if let reason = reason(for: session) { data["reason"] = .string(reason) }
        tell(.statusChanged, of: session, data)
        log.info("phase", metadata: ["session": "\(session.name)", "from": "\(from)", "phase": "\(phase)"])
    }

    private func currentPhase(of session: ManagedSession) -> Phase {
        if session.record.spec == nil { return .failed }
        if adopting.contains(session.name) { return session.record.phase }
        if isEndingAll, session.agent == .none || session.agent == .leaving, session.record.ended == nil {
            return session.record.phase
        }
        return Plan.plan(session.wanted, session.seen).phase
    }

    private func reason(for session: ManagedSession) -> String? {
        let parts = [
            ownReason(for: session), autoYesNote(of: session), session.worktreeDrift, session.branchDrift,
        ].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    private func ownReason(for session: ManagedSession) -> String? {
        if let failed = session.removalFailed { return failed }
        if let trouble = session.trouble { return trouble }
        switch session.record.phase {
        case .queued:
            return
                "All \(config.multiSession.maxConcurrentSessions) slots of max_concurrent_sessions are taken."
        case .terminated where session.record.run?.command != nil: return preparation(of: session)
        case .exited, .failed, .terminated, .interrupted, .parked:
            return session.record.ended?.reason ?? session.note ?? session.record.problem?.message
        case .unreachable: return "The keeper (process \(keeperPID(of: session) ?? 0)) doesn't answer."
        case .running, .paused:
            guard let run = session.record.run, let spec = session.record.spec else { return session.note }
            let keys = SpecChange.waiting(spec, started: run.spec)
            if keys.isEmpty { return promptsWaiting(of: session) ?? session.note }
            return "New \(keys.joined(separator: ", ")): takes effect at the agent's next start."
        case .creating, .starting:
            if session.waitsForDisk { return "It can't be written down yet; see 'claudia doctor'." }
            return preparation(of: session) ?? session.progress?.sentence ?? session.note
        }
    }

    private func status(of session: ManagedSession) -> SessionStatus {
        let record = session.record
        var status = SessionStatus(
            name: record.name, id: record.id, phase: record.phase, at: record.phaseSince,
            generation: generation)
        status.reason = reason(for: session)
        if record.phase == .running {
            let reading = record.heard.view.reading
            status.activity = reading.activity
            status.activitySince = record.heard.since ?? record.phaseSince
            status.activitySource = reading.source?.rawValue
            status.question = reading.question
        }
        status.error = record.problem
        status.agentPID = session.agentPID
        status.keeperPID = keeperPID(of: session)
        status.exit = record.ended?.exit
        status.branch = record.worktree?.branch
        status.baseBranch = record.baseBranch
        status.baseCommit = record.worktree?.baseCommit
        status.headCommit = record.headCommit
        status.worktree = record.worktree?.path
        status.promptsSent = record.promptsSent
        status.diff = record.diff
        status.conflicts = record.conflicts
        status.restarts = record.restarts
        status.restartAt = record.restarting?.dueAt
        status.spec = record.spec
        status.specDigest = record.specDigest
        status.specMtime = record.specMtime
        return status
    }

    /// Writes `supervisor.json` where it differs.
    func publishSupervisor() {
        let counts = Dictionary(grouping: sessions.values) { $0.record.phase.rawValue }.mapValues(\.count)
        let status = SupervisorStatus(
            pid: getpid(), generation: generation, startedAt: startedAt, version: claudiaVersion,
            counts: counts,
            configError: configProblem)
        guard status != publishedCounts, !countsWait else { return }
        do {
            try publicFolder.writeSupervisor(status)
            publishedCounts = status
        } catch {
            countsWait = true
            noteTrouble("supervisor.json can't be written: \(describe(error)).", of: nil)
        }
    }

    /// Tells of something that is wrong: in the log and as an event.
    func report(_ sentence: String, of session: ManagedSession?) {
        log.warning("\(sentence)", metadata: session.map { ["session": "\($0.name)"] })
        tell(.error, of: session, ["message": .string(sentence)])
    }

    /// Tells what is wrong with a person's file, and where: in the log and as an event.
    func report(_ problem: FileProblem, in file: String, of session: ManagedSession?) {
        var data: [String: JSONValue] = ["message": .string(problem.message), "file": .string(file)]
        if let line = problem.line { data["line"] = .integer(line) }
        if let column = problem.column { data["column"] = .integer(column) }
        if let key = problem.key { data["key"] = .string(key) }
        let place = [problem.line, problem.column].compactMap { $0.map { ":\($0)" } }.joined()
        log.warning(
            "\(file)\(place): \(problem.message)", metadata: session.map { ["session": "\($0.name)"] })
        tell(.error, of: session, data)
    }

    /// An error of a lower module in words.
    func describe(_ error: any Error) -> String {
        let text: String =
            switch error {
            case let error as SystemError: error.message
            case let error as StoreError: error.message
            case let error as GitError: error.message
            case let error as WorkFailure: error.sentence
            default: "\(error)"
            }
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
