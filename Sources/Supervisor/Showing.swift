internal import Agents
internal import Linux
internal import SessionModel

/// What agents tell of themselves, on the terminal in which the supervisor runs.
extension Supervisor {
    /// Asks that terminal whether it speaks the Program Status Protocol; where nobody looks on there is none.
    func askOuterTerminal() {
        guard logSink.echoes else { return }
        let (answer, room) = (tokens.add(.terminalAnswer), tokens.add(.terminalRoom))
        guard let terminal = OuterTerminal(poller, answer: answer, room: room) else { return }
        outerTerminal = consume terminal
        deadlines.set(.terminalAnswer, afterMs: TerminalInquiry.patienceNs / 1_000_000)
    }

    /// The terminal has said something, or is silent.
    func hearOuterTerminal() { outerTerminal?.hear(poller) }

    /// Tells the terminal what is different by now.
    func tellOuterTerminal() {
        guard outerTerminal?.isSpoken == true else { return }
        let running = sessions.filter { $0.value.record.phase == .running }
        outerTerminal?.tell(running.mapValues(\.record.heard.view.records.all))
        flushOuterTerminal()
    }

    /// The terminal has room again.
    func flushOuterTerminal() { outerTerminal?.flush(poller) }
}
