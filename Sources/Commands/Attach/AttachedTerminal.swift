internal import Agents
internal import Glibc
internal import KeeperProtocol
internal import Linux
internal import Screen
internal import SessionModel
internal import Store
internal import Supervisor

/// A person's terminal joined to an agent's, until one of them goes.
struct AttachedTerminal: ~Copyable {
    /// How it came to an end.
    enum Ending: Equatable {
        /// The person detached.
        case detached
        /// The agent ended.
        case ended(KeeperEnding)
        /// The keeper went away without a word.
        case lost
        /// The keeper takes nothing any more.
        case silent
        /// A signal, or the terminal's hanging up, ended it.
        case signal(CInt)
    }

    /// Bytes read from the keyboard at once; a paste comes in several pieces.
    private static let keysBytes = 16_384

    private let session: SessionName
    private let workspace: Workspace
    private var keeper: KeeperConnection
    private var keys = DetachKeys()
    private var relay: StatusRelay

    /// Connects to the keeper of a session.
    init(_ session: SessionName, in workspace: consuming Workspace) throws {
        let keeper = try KeeperConnection(session, in: workspace)
        self.session = session
        self.workspace = workspace
        self.keeper = keeper
        relay = StatusRelay(session, atNs: Clock.bootNs)
    }

    /// Joins the terminals; the person's is as it was when this returns or throws.
    consuming func run() throws -> Ending {
        let signals = try SignalQueue([SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT])
        Signals.ignore(SIGPIPE)
        var terminal = try PersonsTerminal()
        do {
            try terminal.write(TerminalInquiry.question)
            let ending = try loop(&terminal, signals)
            if ending != .lost { try? terminal.write(relay.leaving) }
            if case .signal = ending {
                terminal.leave(abruptly: true)
            } else {
                terminal.leave(abruptly: ending == .detached)
            }
            return ending
        } catch {
            terminal.leave(abruptly: true)
            throw error
        }
    }

    /// Waits for whichever has something, and passes it on.
    ///
    /// poll(2), not epoll: what is waited for changes with every queue that fills, and there are four.
    private mutating func loop(
        _ terminal: inout PersonsTerminal, _ signals: borrowing SignalQueue
    ) throws -> Ending {
        _ = try keeper.send(.attach(terminal.size))
        while true {
            let full = terminal.pending > PersonsTerminal.queueBytesMax
            var waiting = [
                pollfd(fd: 0, events: Int16(POLLIN), revents: 0),
                pollfd(fd: signals.descriptor.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: full ? -1 : keeper.number, events: Int16(POLLIN), revents: 0),
                pollfd(fd: terminal.pending > 0 ? terminal.number : -1, events: Int16(POLLOUT), revents: 0),
            ]
            let count = poll(&waiting, 4, timeoutMs())
            if count < 0, errno != EINTR { throw SystemError.last("poll") }
            let ready = waiting.map { count > 0 && $0.revents != 0 }
            if ready[1], let ending = try handleSignals(signals, terminal.size) { return ending }
            if ready[3] { try terminal.flush() }
            if ready[0], let ending = try handleKeys() { return ending }
            let late = keys.expire(atNs: Clock.bootNs) + relay.inquiry.expire(atNs: Clock.bootNs)
            if !late.isEmpty, try !keeper.send(.type(late)) { return .silent }
            if ready[2], let ending = try handleReports(&terminal) { return ending }
            if !keeper.isOpen, terminal.pending == 0, let ending = try attachAgain(terminal.size) {
                return ending
            }
        }
    }

    /// Milliseconds until a key that is held back is due; -1 for ever.
    private func timeoutMs() -> CInt {
        let deadlines = [keys.deadlineNs, relay.inquiry.deadlineNs].compactMap(\.self)
        guard let deadlineNs = deadlines.min() else { return -1 }
        return CInt(max(0, (deadlineNs - Clock.bootNs + 999_999) / 1_000_000))
    }

    private mutating func handleSignals(
        _ signals: borrowing SignalQueue, _ size: TerminalSize
    ) throws -> Ending? {
        while let signal = try signals.next() {
            guard signal == SIGWINCH else { return .signal(signal) }
            guard try keeper.send(.resize(size)) else { return .silent }
        }
        return nil
    }

    private mutating func handleKeys() throws -> Ending? {
        var buffer = [UInt8](repeating: 0, count: AttachedTerminal.keysBytes)
        let got = Glibc.read(0, &buffer, buffer.count)
        guard got > 0 else { return got < 0 && (errno == EINTR || errno == EAGAIN) ? nil : .signal(SIGHUP) }
        let typed = relay.inquiry.typed(Array(buffer[..<got]), atNs: Clock.bootNs)
        let outcome = keys.take(typed, atNs: Clock.bootNs)
        if !outcome.pass.isEmpty, try !keeper.send(.type(outcome.pass)) { return .silent }
        return outcome.detaches ? .detached : nil
    }

    private mutating func handleReports(_ terminal: inout PersonsTerminal) throws -> Ending? {
        while terminal.pending <= PersonsTerminal.queueBytesMax {
            switch try keeper.receive() {
            case .nothing: return nil
            case .closed:
                keeper.close()
                return nil
            case .report(.attached(let offset)): try enter(&terminal, upTo: offset)
            case .report(.output(_, let bytes)): try terminal.write(relay.shown(bytes))
            case .report(.ended(let ending)): return .ended(ending)
            case .report(.state(let state)):
                if let ending = state.ended { return .ended(ending) }
            case .report: break
            }
        }
        return nil
    }

    /// Goes on after the keeper dropped the link, which it does to a terminal that stands still.
    private mutating func attachAgain(_ size: TerminalSize) throws -> Ending? {
        guard try keeper.connect() else {
            guard let exit = try workspace.privateFolder?.readExit(session) else { return .lost }
            return .ended(
                KeeperEnding(code: exit.code, signal: exit.signal.flatMap(Signals.number), atMs: exit.at.ms))
        }
        return try keeper.send(.attach(size)) ? nil : .silent
    }

    /// Draws the screen as it was at `offset`, where the stream begins.
    private func enter(_ terminal: inout PersonsTerminal, upTo offset: Int64) throws {
        let size = terminal.size
        try terminal.write(TerminalReset.entering(rows: Int(size.rows)))
        guard let log = try workspace.log(of: session) else {
            return
        }
        var screen = try LoggedScreen.terminal(from: log, upTo: offset)
        // For a moment the keeper gives the terminal another size, so that the program draws anew.
        screen.resize(columns: Int(size.columns), rows: Int(size.rows))
        try terminal.write(screen.drawing())
    }
}
