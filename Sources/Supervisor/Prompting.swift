internal import Agents
internal import KeeperProtocol
internal import Lifecycle
internal import SessionModel

/// Typing a session's prompts, one after another: each once the agent has told that its turn is over, or, for one
/// that tells nothing, once its terminal has fallen quiet.
extension Supervisor {
    /// Has the keeper tell when the terminal falls quiet: for the next prompt, and for the diff of a turn.
    func promptWhenQuiet(_ session: ManagedSession) {
        guard session.agent == .up(frozen: false), session.record.run?.command == nil, !session.awaitsQuiet,
            !session.promptInFlight
        else { return }
        let isFirst = session.record.promptsSent.isEmpty
        let isQuick = isFirst && nextPrompt(of: session) != nil && !program(of: session).tellsWhenReady
        let ms = isQuick ? Patience.firstPromptQuietMs : Patience.turnQuietMs
        session.awaitsQuiet = true
        ask(.tellWhenQuiet(ms: UInt32(ms)), of: session)
    }

    /// The terminal has printed nothing for a while.
    func terminalIsQuiet(_ session: ManagedSession) {
        session.awaitsQuiet = false
        guard session.agent == .up(frozen: false) else { return }
        observe(.quiet, session)
        lookWhenQuiet(session)
        // What was typed began no turn.
        session.awaitsTurn = false
        if isToTell(session) { return promptAtTurn(session) }
        // Before the first prompt there was no turn.
        if nextPrompt(of: session) == nil || !session.record.promptsSent.isEmpty {
            keepState(of: session, .turn)
        }
        typeNextPrompt(session)
    }

    /// What the turn before has left is kept, or the screen read by now: a prompt that waits for that is typed.
    func typeWaitingPrompt(_ session: ManagedSession) {
        guard session.promptWaits else { return }
        session.promptWaits = false
        promptAfterTurn(session)
    }

    /// Types the next prompt, if it still may be typed.
    func promptAfterTurn(_ session: ManagedSession) {
        if isToTell(session) { return promptAtTurn(session) }
        if session.agent == .up(frozen: false), !session.promptInFlight { typeNextPrompt(session) }
    }

    /// Whether the agent itself tells when it waits for a prompt, or is to tell that it is ready, or asks something:
    /// nothing is typed into what stands there before.
    private func isToTell(_ session: ManagedSession) -> Bool {
        let view = session.record.heard.view
        return view.tellsTurns || [.unknown, .blocked].contains(view.reading.activity)
    }

    /// Types the next prompt when the agent says that it waits for one.
    func promptAtTurn(_ session: ManagedSession) {
        guard session.record.heard.view.tellsTurns, session.agent == .up(frozen: false),
            !session.promptInFlight, !session.awaitsTurn
        else { return }
        switch session.record.heard.view.reading.activity {
        case .idle, .done, .error: typeNextPrompt(session)
        case .working, .blocked, .unknown: break
        }
    }

    private func typeNextPrompt(_ session: ManagedSession) {
        guard let index = nextPrompt(of: session), let spec = session.record.spec,
            session.record.run?.unsent == nil
        else { return }
        // Not into a question that its screen may be read for at this moment.
        guard !session.isBeingKept, !session.screenInFlight else { return session.promptWaits = true }
        guard isInputFree(session) else { return }
        session.promptInFlight = true
        session.awaitsTurn = true
        session.record.promptAsked = PromptQueue.digest(of: spec.prompts[index])
        save(session)
        let number = UInt32(session.record.promptsSent.count + 1)
        ask(.prompt(number: number, text: spec.prompts[index]), of: session)
    }

    /// The keeper has typed the prompt with this number.
    func promptWasTyped(_ session: ManagedSession, number: Int) {
        session.promptInFlight = false
        countPrompts(session, typed: number)
        promptWhenQuiet(session)
    }

    /// Takes over how many prompts the keeper has typed: one may have been typed just before a supervisor
    /// ended.
    func countPrompts(_ session: ManagedSession, typed: Int) {
        while session.record.promptsSent.count < typed {
            // The file may have changed since the prompt was asked for: what was asked for is what was typed.
            let next = nextPrompt(of: session).flatMap { session.record.spec?.prompts[$0] }
            let digest = session.record.promptAsked ?? next.map(PromptQueue.digest(of:)) ?? ""
            session.record.promptAsked = nil
            session.record.promptsSent.append(digest)
            let text = promptText(of: digest, session)
            turnBegan(text, of: session)
            wasTyped(text ?? "", to: session)
            let number = session.record.promptsSent.count
            tell(.promptSent, of: session, ["number": .integer(number), "digest": .string(digest)])
        }
    }

    /// The prompt of that digest, while the session's file holds it.
    func promptText(of digest: String, _ session: ManagedSession) -> String? {
        session.record.spec?.prompts.first { PromptQueue.digest(of: $0) == digest }
    }

    /// Which of its prompts is next; nil when all were typed.
    func nextPrompt(of session: ManagedSession) -> Int? {
        guard let spec = session.record.spec else { return nil }
        return PromptQueue.next(in: spec.prompts, sent: session.record.promptsSent)
    }
}
