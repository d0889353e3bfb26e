internal import Agents
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// What agents tell of themselves on their terminals, read from the log: what each one does and asks.
extension Supervisor {
    /// Bytes of a log that are read in one turn of the loop.
    private static let readMax = 262_144
    /// Nanoseconds that an agent's changes of activity, past the first few, lie apart in the events.
    private static let readingNs: Int64 = 200_000_000
    /// How many of them may follow each other at once.
    private static let readingsBurst: Int64 = 50

    /// What the session's agent was started as.
    func program(of session: ManagedSession) -> any AgentProgram {
        let spec = session.record.run?.spec
        return spec.map { AgentPrograms.program(of: $0) } ?? AgentPrograms.program(of: [])
    }

    /// Has the keeper say where the log holds something new of the kinds that count.
    func listen(to session: ManagedSession) {
        let needsTitles = !session.record.heard.view.speaksProtocol || program(of: session).worksBetweenTurns
        let kinds: TerminalNotice.Kinds = needsTitles ? [.status, .titles] : .status
        ask(.tellNotice(kinds, from: session.heardTo), of: session)
    }

    /// The agent starts anew: what was heard of the one before says nothing of it.
    func forgetHeard(of session: ManagedSession) {
        session.heardTo = (try? logEnd(of: session)) ?? 0
        session.record.heard = SessionRecord.Heard(offset: session.heardTo)
        session.awaitsTurn = false
        session.workedBy = nil
    }

    private func logEnd(of session: ManagedSession) throws -> Int64 {
        guard let log = try OutputReader(of: session.name, privateFolder, publicFolder) else { return 0 }
        return try log.end()
    }

    /// The log holds something between `from` and `end`.
    func noticed(_ session: ManagedSession, from: Int64, end: Int64) {
        let (from, before) = (max(from, session.heardTo), session.record.heard.view)
        var isTitlesOnly = true
        do {
            if from < end, let log = try OutputReader(of: session.name, privateFolder, publicFolder) {
                let most = Int(min(end - from, Int64(Supervisor.readMax)))
                let (offset, bytes) = try log.read(at: from, most: most)
                var queries = TerminalQueries(at: offset)
                _ = queries.shown(of: bytes)
                let notices = queries.takeNotices()
                isTitlesOnly = notices.allSatisfy { $0.notice.kind == .titles }
                observe(notices.map(Supervisor.observation), session)
                session.heardTo = offset + Int64(bytes.count - queries.heldCount)
            }
        } catch {
            log.warning(
                "the log can't be read",
                metadata: ["session": "\(session.name)", "why": "\(describe(error))"])
            session.heardTo = end
        }
        if !isTitlesOnly || session.record.heard.view != before {
            session.record.heard.offset = session.heardTo
        }
        listen(to: session)
    }

    private static func observation(_ located: LocatedNotice) -> Observation {
        switch located.notice {
        case .programReport(let bytes): .report(bytes, offset: located.offset)
        case .title(let bytes): .title(String(decoding: bytes, as: UTF8.self), offset: located.offset)
        case .promptBegan: .promptBegan
        case .reset: .terminalReset
        }
    }

    /// Takes an observation, and tells what it changed.
    func observe(_ observation: Observation, _ session: ManagedSession) { observe([observation], session) }

    /// Takes observations, and tells what they changed together.
    private func observe(_ observations: [Observation], _ session: ManagedSession) {
        let before = session.record.heard.view.reading
        let program = program(of: session)
        for observation in observations {
            _ = session.record.heard.view.take(observation, of: program)
            // A short turn may begin and end in what was read at once.
            let reading = session.record.heard.view.reading
            if reading.activity == .working {
                session.workedBy = reading.source
                if reading.source != .output { wasSubmitted(session) }
            }
        }
        let now = session.record.heard.view.reading
        guard now != before || isTurnOver(session) else { return }
        if before.activity == .blocked, now.activity != .blocked { closeCalls(of: session) }
        if now.activity != before.activity { session.record.heard.since = Timestamp(ms: Clock.realMs) }
        if isTurnOver(session) || now.activity != .idle && now.source != .output {
            session.awaitsTurn = false
        }
        if now.activity == .blocked, now.question?.id != before.question?.id { lookAtScreenSoon(session) }
        session.untold = session.untold ?? before
        tellReading(of: session)
        promptAtTurn(session)
    }

    /// Tells how the reading differs from the one that was last told; of one that changes all the time, now and then.
    func tellReading(of session: ManagedSession) {
        guard let before = session.untold, !deadlines.isSet(.tellReading(session.name)) else { return }
        let dueNs = max(session.readingsDueNs, Clock.bootNs - Supervisor.readingsBurst * Supervisor.readingNs)
        guard dueNs <= Clock.bootNs else {
            return deadlines.set(.tellReading(session.name), afterMs: Supervisor.readingNs / 1_000_000)
        }
        session.readingsDueNs = dueNs + Supervisor.readingNs
        session.untold = nil
        let now = session.record.heard.view.reading
        if now.question == nil, deadlines.isSet(.blocked(session.name)) {
            deadlines.cancel(.blocked(session.name))
            // Gone before its choices were known; one that was answered by its hook is no person's.
            if let question = before.question, !mayAnswer(session) { tellBlocked(question, session) }
        }
        if now.activity != before.activity { enter(now, from: before, session) }
        if isTurnOver(session) || now.activity == .done && before.activity != .done {
            session.workedBy = nil
            tell(.turnDone, of: session, [:])
            keepState(of: session, .turn)
            turnBegan(nil, of: session)
        }
        if let question = now.question,
            question.id != before.question?.id || deadlines.isSet(.blocked(session.name))
        {
            tellSoon(question, session)
        }
    }

    private func enter(_ reading: AgentView.Reading, from: AgentView.Reading, _ session: ManagedSession) {
        // Whether something is printed says too little, and changes too often, to be an event.
        guard let source = reading.source, source != .output else { return }
        tell(
            .activityChanged, of: session,
            [
                "from": .string(from.activity.rawValue), "activity": .string(reading.activity.rawValue),
                "source": .string(source.rawValue),
            ])
    }

    /// Whether the agent rests, and has worked before by the same source's word; of one that speaks the protocol, by
    /// whichever tells first.
    private func isTurnOver(_ session: ManagedSession) -> Bool {
        let view = session.record.heard.view
        guard let source = view.reading.source, source != .output, let worked = session.workedBy,
            worked == source || worked == .statusProtocol && view.speaksProtocol
        else { return false }
        return view.reading.activity == .done || view.reading.activity == .idle
    }

    /// Tells of a question: once its choices are known, and of one whose hook is about to tell more, or to have it
    /// answered, only when that has come.
    private func tellSoon(_ question: Question, _ session: ManagedSession) {
        let view = session.record.heard.view
        let isOpen = calls.values.contains { $0.session == session.name }
        let isComing = !view.isCallKnown && (view.hasHooks || mayAnswer(session))
        if isOpen || !question.choices.isEmpty && !isComing {
            deadlines.cancel(.blocked(session.name))
            return tellBlocked(question, session)
        }
        if !deadlines.isSet(.blocked(session.name)) {
            // A prompt on a screen is looked at twice before it may be answered.
            let isSeen = session.record.heard.view.reading.source == .screen && mayAnswer(session)
            let lookMs = isSeen ? Int64(config.multiSession.autoYesPollIntervalSeconds) * 1000 : 0
            deadlines.set(.blocked(session.name), afterMs: Patience.hookAnswerMs + lookMs)
        }
    }

    /// Tells what is asked, however much of it is known.
    func tellWhatIsAsked(_ session: ManagedSession) {
        if let question = session.record.heard.view.reading.question { tellBlocked(question, session) }
    }

    private func tellBlocked(_ question: Question, _ session: ManagedSession) {
        tell(
            .blocked, of: session,
            [
                "id": .string(question.id), "kind": .string(question.kind), "text": .string(question.text),
                "choices": .array(question.choices.map { .string($0) }),
            ])
    }
}
