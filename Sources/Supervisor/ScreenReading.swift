internal import Agents
internal import Lifecycle
internal import Linux
internal import Logging
internal import Screen
internal import SessionModel
internal import Store

/// Reading agents' screens, where nothing better tells what they ask: beside the loop, and only while it is needed.
extension Supervisor {
    /// Whether the session's questions are read from its screen: no hook tells of the present one.
    private func isScreenNeeded(_ session: ManagedSession) -> Bool {
        guard case .up = session.agent else { return false }
        if session.answering != nil || session.inputLook != nil { return true }
        guard session.record.heard.view.reading.activity == .blocked else { return false }
        return !calls.values.contains { $0.session == session.name }
    }

    /// Whether the session's agent, which tells when it is ready, has told nothing yet: it may stand at a dialog of
    /// which it doesn't tell.
    private func isUntold(_ session: ManagedSession) -> Bool {
        guard session.agent == .up(frozen: false), session.record.run?.command == nil else { return false }
        let view = session.record.heard.view
        return [nil, .output].contains(view.reading.source) && program(of: session).tellsWhenReady
    }

    /// Reads the screen a moment from now, unless that is about to be done.
    func lookAtScreenSoon(_ session: ManagedSession) {
        guard isScreenNeeded(session) || isUntold(session), !deadlines.isSet(.screen(session.name)) else {
            return
        }
        deadlines.set(.screen(session.name), afterMs: Patience.screenMs)
    }

    /// The moment has come.
    func screenIsDue(_ session: ManagedSession) {
        if isScreenNeeded(session) { return readScreen(of: session) }
        guard isUntold(session) else { return session.screen = nil }
        // Until it tells something, or has rested so long that nothing more is to come.
        readScreen(of: session, onlyIfAsking: true)
        lookAtScreenSoon(session)
    }

    /// The terminal has fallen quiet, and nothing but its screen can tell of a dialog.
    func lookWhenQuiet(_ session: ManagedSession) {
        if !isScreenNeeded(session) { deadlines.cancel(.screen(session.name)) }
        guard !session.record.heard.view.speaksProtocol else { return }
        readScreen(of: session, onlyIfAsking: true)
    }

    /// Reads the screen as it is now; `onlyIfAsking`, not where the log ends in nothing that may be a dialog.
    func readScreen(of session: ManagedSession, onlyIfAsking: Bool = false) {
        guard !session.screenInFlight else { return session.screenAgain = true }
        session.screenInFlight = true
        let (name, former) = (session.name, session.screen)
        let (root, commonDirectory) = (root, commonDirectory)
        reader.run {
            .screenRead(
                name,
                Result {
                    guard let publicFolder = try PublicFolder(existing: root),
                        let privateFolder = try PrivateFolder(existing: commonDirectory),
                        let log = try OutputReader(of: name, privateFolder, publicFolder)
                    else { return nil }
                    let end = try log.end()
                    if onlyIfAsking, former == nil {
                        let count = Supervisor.tailBytes
                        let tail = try log.read(at: max(0, end - Int64(count)), most: count)
                        guard DialogHint.isThere(in: tail.bytes) else { return nil }
                    }
                    return try LoggedScreen.fold(former, of: log, upTo: end)
                }.mapError(WorkFailure.init))
        }
    }

    /// Bytes at a log's end in which signs of a dialog are looked for: it is drawn in fewer.
    private static let tailBytes = 16_384

    /// A worker has read the screen.
    func screenRead(_ session: ManagedSession, _ result: Result<ScreenFold?, WorkFailure>) {
        session.screenInFlight = false
        switch result {
        case .failure(let failure):
            log.warning("the screen can't be read: \(failure.sentence)")
            giveUpAnswer(of: session, "its screen can't be read.")
            session.inputLook = nil
        case .success(nil):
            session.screen = nil
            observe(.screen(nil, offset: session.heardTo), session)
            // It was read for another end.
            if session.answering != nil || session.inputLook != nil { session.screenAgain = true }
        case .success(.some(let fold)):
            session.screen = fold
            let shown = ShownScreen(fold.terminal)
            observe(.screen(program(of: session).dialog(on: shown), offset: fold.offset), session)
            hearOutputSoon(session)
            goOnAnswering(session, shown)
            goOnSubmitting(session, shown)
            goOnClearing(session, shown)
            considerPrompt(session, shown)
        }
        if session.screenAgain {
            session.screenAgain = false
            lookAtScreenSoon(session)
        }
        if !isScreenNeeded(session), !isUntold(session) { session.screen = nil }
        typeWaitingPrompt(session)
    }
}
