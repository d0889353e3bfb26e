internal import Agents
internal import Glibc
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Talking with keepers: connecting, asking, hearing.
extension Supervisor {
    /// How often a keeper may close a link without a word until it counts as unreachable.
    private static let connectTriesMax = 10

    /// Connects to the session's keeper and awaits its state; without one, finds out how its agent ended.
    func connect(_ session: ManagedSession) {
        do {
            let own = try privateFolder.makeSession(session.name)
            let link = try KeeperLink(in: own, as: .supervisor)
            try link.join(poller, token: tokens.add(.keeperLink(session.name)))
            session.link = consume link
            if session.agent == .none { session.agent = .starting }
            // Whoever waits for this supervisor's start doesn't wait for a keeper that hangs.
            let patienceMs = adopting.contains(session.name) ? Patience.adoptionMs : Patience.keeperMs
            deadlines.set(.keeperAnswer(session.name), afterMs: patienceMs)
        } catch let error as SystemError where error.number == ENOENT || error.number == ECONNREFUSED {
            keeperIsGone(session, hasListened: error.number == ECONNREFUSED)
        } catch {
            keeperIsOutOfReach(session, "The keeper can't be reached: \(describe(error)).")
        }
    }

    /// What is true of the keeper can't be found out for now.
    func keeperIsOutOfReach(_ session: ManagedSession, _ sentence: String) {
        if session.agent != .unreachable { report(sentence, of: session) }
        session.agent = .unreachable
        deadlines.set(.keeperRetry(session.name), afterMs: Patience.keeperMs)
        adopting.remove(session.name)
    }

    /// The keeper's process; of one that hasn't answered yet, what the supervisor before knew.
    func keeperPID(of session: ManagedSession) -> Int32? {
        guard session.keeperPID == nil, session.agent == .unreachable else { return session.keeperPID }
        return session.record.run.flatMap { $0.bootID == bootID ? $0.keeperPID : nil }
    }

    /// Sends a request; a keeper that can't take it is unreachable until it says something.
    func ask(_ request: Request, of session: ManagedSession, passing: CInt? = nil) {
        guard session.link != nil else { return }
        do {
            if try session.link?.send(request, passing: passing) == true { return }
            keeperIsSilent(session)
        } catch {
            linkClosed(session)
        }
    }

    /// Sends a request that `state` answers, and takes no further step before.
    func askAndAwait(_ request: Request, of session: ManagedSession) {
        session.awaitsAnswer = true
        deadlines.set(.keeperAnswer(session.name), afterMs: Patience.keeperMs)
        ask(request, of: session)
    }

    /// Takes every report that waits.
    func hearKeeper(_ session: ManagedSession) {
        do {
            while let arrival = try session.link?.receive() {
                switch arrival {
                case .nothing: return
                case .closed: return linkClosed(session)
                case .report(let report): hear(report, from: session)
                }
            }
        } catch {
            linkClosed(session)
        }
    }

    private func hear(_ report: Report, from session: ManagedSession) {
        if session.agent == .unreachable, session.link != nil {
            log.notice("keeper answers again", metadata: ["session": "\(session.name)"])
            ask(.ask, of: session)
        }
        switch report {
        case .state(let state): hear(state, from: session)
        case .ended(let ending): agentEnded(session, ending)
        case .prompted(let number): promptWasTyped(session, number: Int(number))
        case .quiet: terminalIsQuiet(session)
        case .grew(let offset): logGrew(session, to: offset)
        case .inputTyped(let lines, let last):
            turnBegan(nil, of: session)
            wasTyped(String(decoding: last.drop { $0 & 0xC0 == 0x80 }, as: UTF8.self), to: session)
            tell(.inputSent, of: session, ["lines": .integer(Int(lines))])
        case .inputProblem(let text): self.report("A line of input was not typed: \(text)", of: session)
        case .trouble(let text): hear(trouble: text, from: session)
        case .answered(let text, let id): give(text, to: id, of: session)
        case .noticed(let from, let end): noticed(session, from: from, end: end)
        case .pressed(let offset, let isDone):
            keysWerePressed(session, at: offset, isDone)
            enterWasPressed(session, at: offset, isDone)
            clearingWasPressed(session, at: offset)
        case .attached, .output: break
        }
    }

    private func hear(_ state: KeeperState, from session: ManagedSession) {
        deadlines.cancel(.keeperAnswer(session.name))
        let isAdopted = adopting.remove(session.name) != nil
        session.awaitsAnswer = false
        session.closedUnheard = 0
        session.agentPID = state.ended == nil ? state.agentPID : nil
        hold(keeper: state.keeperPID, of: session)
        hear(trouble: state.trouble, from: session)
        if let ending = state.ended { return agentEnded(session, ending) }
        let isNew = session.agent == .starting || session.agent == .unreachable
        let wasFrozen = session.agent == .up(frozen: true)
        session.agent = state.isStopping ? .stopping : .up(frozen: state.isFrozen)
        countPrompts(session, typed: Int(state.promptsTyped))
        if session.record.run == nil {
            session.record.run = SessionRecord.Run(
                startedAt: Timestamp(ms: Clock.realMs), startedBootMs: Clock.bootNs / 1_000_000,
                bootID: bootID,
                spec: session.record.spec ?? SessionSpec())
        }
        session.record.run?.keeperPID = state.keeperPID
        session.record.run?.agentPID = state.agentPID
        session.record.ended = nil
        // Nothing changes in it meanwhile, and nobody waits for it.
        if session.agent == .up(frozen: true), !wasFrozen { keepState(of: session, .pause) }
        goOnSubmitting(session)
        guard isNew else { return promptWhenQuiet(session) }
        (session.outputTold, session.outputEnd) = (state.logOffset, state.logOffset)
        // Another folder may have taken the place of the one that it holds while nobody watched.
        if isAdopted, let folder = try? publicFolder.session(session.name) {
            ask(.folder, of: session, passing: folder.descriptor.number)
        }
        if let command = session.record.run?.command { return commandIsUp(command, session) }
        askToLook(session)
        ask(.tellOutput, of: session)
        listen(to: session)
        promptWhenQuiet(session)
    }

    private func hear(trouble: String?, from session: ManagedSession) {
        guard trouble != session.trouble else { return }
        session.trouble = trouble
        if let trouble { report(trouble, of: session) }
    }

    private func hold(keeper pid: Int32, of session: ManagedSession) {
        guard session.keeperPID != pid else { return }
        session.keeperPID = pid
        session.keeperProcess = nil
        // A child, when a supervisor in this very process has started it before the repository was moved.
        children.insert(pid)
        do {
            let process = try ProcessHandle(pid)
            try poller.add(process.descriptor, .input, token: tokens.add(.keeperProcess(session.name)))
            session.keeperProcess = consume process
        } catch {
            log.debug(
                "keeper can't be held", metadata: ["session": "\(session.name)", "why": "\(error.message)"])
        }
    }

    /// No answer came in time.
    func keeperIsSilent(_ session: ManagedSession) {
        deadlines.cancel(.keeperAnswer(session.name))
        adopting.remove(session.name)
        guard session.agent != .unreachable else { return }
        session.agent = .unreachable
        session.awaitsAnswer = false
        report(
            "The keeper (process \(keeperPID(of: session) ?? 0)) doesn't answer; its session is left as it is.",
            of: session)
    }

    /// The keeper's process has ended.
    func keeperEnded(_ session: ManagedSession) {
        // What it said before it ended still waits in the link.
        hearKeeper(session)
        if session.link != nil { linkClosed(session) }
        tokens.remove(.keeperProcess(session.name))
        session.keeperProcess = nil
        session.keeperPID = nil
    }

    private func linkClosed(_ session: ManagedSession) {
        dropLink(session)
        session.closedUnheard += 1
        if session.agent == .leaving {
            session.agent = .none
        } else if session.closedUnheard == 1 {
            connect(session)
        } else if session.closedUnheard < Supervisor.connectTriesMax {
            deadlines.set(.keeperRetry(session.name), afterMs: Patience.keeperRetryMs)
        } else {
            session.closedUnheard = 0
            keeperIsSilent(session)
            deadlines.set(.keeperRetry(session.name), afterMs: Patience.keeperMs)
        }
    }

    private func dropLink(_ session: ManagedSession) {
        tokens.remove(.keeperLink(session.name))
        session.link = nil
        session.awaitsAnswer = false
        session.promptInFlight = false
        session.awaitsQuiet = false
        session.submission?.pressedAt = nil
        session.inputLook = nil
        session.isInputTaken = false
        giveUpAnswer(of: session, "its keeper is gone.")
        deadlines.cancel(.outputAgain(session.name))
        deadlines.cancel(.growth(session.name))
        deadlines.cancel(.keeperAnswer(session.name))
    }

    private func logGrew(_ session: ManagedSession, to offset: Int64) {
        session.outputEnd = offset
        tellOutput(of: session)
        observe(.printed, session)
        lookAtScreenSoon(session)
        hearOutputSoon(session)
        promptWhenQuiet(session)
    }

    /// Another event may tell of output.
    func outputIsDue(_ session: ManagedSession) {
        if session.outputEnd > session.outputTold { tellOutput(of: session) }
        ask(.tellOutput, of: session)
    }

    /// Hears of the next output soon, while nothing but the screen tells when a dialog is gone.
    func hearOutputSoon(_ session: ManagedSession) {
        guard session.record.heard.view.reading.source == .screen else { return }
        deadlines.set(.growth(session.name), afterMs: Patience.screenMs)
    }

    private func tellOutput(of session: ManagedSession) {
        guard !deadlines.isSet(.outputAgain(session.name)) else { return }
        // While events can't be written the range only grows.
        if session.outputEnd > session.outputTold, eventsWaiting.isEmpty {
            let range: [String: JSONValue] = [
                "from": .integer(Int(session.outputTold)), "to": .integer(Int(session.outputEnd)),
            ]
            tell(.outputAppended, of: session, range)
            session.outputTold = session.outputEnd
        }
        deadlines.set(.outputAgain(session.name), afterMs: Patience.outputEventMs)
    }
}
