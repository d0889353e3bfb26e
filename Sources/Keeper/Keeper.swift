internal import Glibc
internal import KeeperProtocol
internal import Linux
internal import SessionModel

/// One session's keeper: its terminal, its agent, its log, its clients, in one thread and one loop.
final class Keeper {
    /// Names in the poller; clients have the numbers from `firstClient` on.
    enum Token {
        static let terminal: UInt64 = 0
        static let signals: UInt64 = 1
        static let listener: UInt64 = 2
        static let firstClient: UInt64 = 16
    }

    let agentPID: Int32
    let agent: ProcessHandle
    let terminal: PseudoTerminal
    let poller: Poller
    let signals: SignalQueue
    let listener: MessageListener
    var folders: SessionFolders
    var tree = ProcessTree()
    var log: OutputLog
    var mailbox: Mailbox
    /// Held open until the agent has ended, so that a program which closes its terminal doesn't hang it up.
    var slave: Descriptor?

    var state: KeeperState
    var clients: [UInt64: Client] = [:]
    var nextToken = Token.firstClient
    var queries: TerminalQueries
    var notices = NoticePlaces()
    var typing = Typing()
    var plan = StopPlan()
    var output = OutputBuffer()
    var input = InputBuffer()
    /// What isn't right now, by what it is about.
    var troubles = Troubles()

    /// When something was typed last, and where the log ended then; nil before.
    var typed: (end: Int64, atNs: Int64)?
    /// When the terminal printed last (`Clock.bootNs`).
    var lastOutputNs: Int64 = 0
    /// When Enter may be due.
    var typingAtNs: Int64?
    /// When the real size comes back after a jiggle, and which.
    var jiggleBack: (atNs: Int64, size: TerminalSize)?
    /// From when on the terminal is drained, and when that is given up.
    var drain: (sinceNs: Int64, untilNs: Int64)?
    /// When what the disk refused is tried again, and after how long then.
    var retry: (atNs: Int64, everyNs: Int64)?
    /// When the mailbox is tried to be emptied again, and after how long then.
    var clearing: (atNs: Int64, everyMs: Int64)?
    /// When what was in the mailbox before the agent ran is moved on; nil when all of that is done.
    var staleAtNs: Int64?
    var isTerminalEnded = false
    /// Whether the poller tells when the terminal takes more.
    var awaitsRoom = false
    /// Lines of the mailbox that were typed and not told of yet.
    var linesTyped: UInt32 = 0
    /// The end of the last one's text; empty when it was of keys.
    var lastTyped: [UInt8] = []
    var isRecordDue = false
    var wantsLook = false
    var isOver = false
    /// Where the cursor stands.
    var cursor: CursorTracker
    /// The control group that the session's processes are put into, and when.
    private let groupName: String?
    private var gatherAtNs: Int64?

    /// Nanoseconds from the agent's start until its processes are gathered in a control group.
    private static let gatherNs: Int64 = 300_000_000

    /// Starts the agent in `agentFolder`, as ordered.
    init(
        _ orders: KeeperOrders, _ folders: consuming SessionFolders, agentFolder: borrowing Folder
    ) throws(SystemError) {
        Keeper.ignoreSignals()
        signals = try SignalQueue([SIGTERM, SIGCHLD])
        try Ending.becomeSubreaper()
        guard var mailbox = try Mailbox(in: folders.hidden) else { throw SystemError(EWOULDBLOCK, "flock") }
        try mailbox.willType(prompt: orders.promptsTyped)
        let terminal = try PseudoTerminal(size: orders.size)
        let slave = try terminal.openSlave()
        let log = try OutputLog(
            in: folders, .init(rotateBytes: orders.rotateBytes, keep: Int(orders.keep)), size: orders.size)
        for name in [ExitFile.name, Folder.temporaryName(for: ExitFile.name)] { folders.remove(name) }
        // What can't be moved now is tried again: better than no session.
        let isMoved = (try? mailbox.moveStale(in: folders.open)) ?? false
        staleAtNs = isMoved ? nil : Clock.bootNs
        poller = try Poller()
        try poller.add(terminal.master, .input, token: Token.terminal)
        try poller.add(signals.descriptor, .input, token: Token.signals)
        let listener = try MessageListener(in: folders.hidden, name: KeeperLink.socketName)
        var spawn = Spawn(orders.arguments, environment: orders.environment)
        spawn.newSession = true
        spawn.terminal = terminal.slavePath
        var pid: Int32 = 0
        do {
            try poller.add(listener.descriptor, .input, token: Token.listener)
            try agentFolder.enter()
            pid = try spawn.start()
            agent = try ProcessHandle(pid)
        } catch {
            if pid > 0 { kill(pid, SIGKILL) }
            try? folders.hidden.remove(KeeperLink.socketName)
            throw error
        }
        _ = chdir("/")
        groupName = Keeper.groupName(orders)
        gatherAtNs = groupName.map { _ in Clock.bootNs + Keeper.gatherNs }
        agentPID = pid
        state = KeeperState(
            keeperPID: getpid(), agentPID: pid, agentStartTicks: ProcessTable.entry(pid)?.startTicks ?? 0)
        state.size = orders.size
        state.promptsTyped = orders.promptsTyped
        state.logOffset = log.end
        self.terminal = terminal
        self.slave = consume slave
        queries = TerminalQueries(at: log.end)
        cursor = CursorTracker(at: log.end, orders.size)
        self.log = log
        self.mailbox = mailbox
        self.listener = listener
        self.folders = folders
    }

    /// Serves until the session is over.
    func run() -> Int32 {
        while !isOver {
            let now = Clock.bootNs
            meetDeadlines(at: now)
            if isOver { break }
            guard let ready = try? poller.wait(timeoutMs: timeoutMs(at: now)) else { continue }
            for one in ready { serve(one) }
            forgetLostClients()
        }
        try? folders.hidden.remove(KeeperLink.socketName)
        dismissClients()
        tree.remove()
        return 0
    }

    private func serve(_ ready: Poller.Ready) {
        switch ready.token {
        case Token.terminal:
            if ready.events.contains(.output) { goOnTyping() }
            if !ready.events.isDisjoint(with: [.input, .hangUp, .failed]) { readOutput() }
        case Token.signals: takeSignals()
        case Token.listener: acceptClients()
        default:
            guard let client = clients[ready.token] else { return }
            if ready.events.contains(.output), client.sendBacklog() { watch(client) }
            if !ready.events.isDisjoint(with: [.input, .hangUp, .failed]) { receive(from: client) }
        }
    }

    private func takeSignals() {
        while let signal = try? signals.next() {
            if signal == SIGTERM { carryOut(plan.stop(graceMs: 5_000, atNs: Clock.bootNs)) }
        }
        reap()
    }

    /// The earliest of all deadlines, as epoll_wait(2) takes it.
    private func timeoutMs(at now: Int64) -> CInt {
        let quiet = clients.values.compactMap { quietAtNs($0) }.min()
        let all = [
            gatherAtNs, typingAtNs, jiggleBack?.atNs, drainAtNs, retry?.atNs, plan.nextNs, quiet,
            clearing?.atNs, staleAtNs,
        ].compactMap { $0 }
        guard let next = all.min() else { return -1 }
        return CInt(clamping: max(0, (next - now + 999_999) / 1_000_000))
    }

    private func meetDeadlines(at now: Int64) {
        if let at = gatherAtNs, at <= now {
            gatherAtNs = nil
            if state.ended == nil, let groupName { tree.gather(into: groupName) }
            // The last work of the start is done.
            Memory.settle()
        }
        if let at = typingAtNs, at <= now { type() }
        if let back = jiggleBack, back.atNs <= now {
            jiggleBack = nil
            resize(to: back.size)
        }
        if let retry, retry.atNs <= now { tryAgain() }
        if let clearing, clearing.atNs <= now { clearMailbox() }
        if let at = staleAtNs, at <= now { moveStale() }
        if let at = drainAtNs, at <= now { carryOut(plan.logDidEnd()) }
        carryOut(plan.time(atNs: now))
        for client in clients.values where quietAtNs(client).map({ $0 <= now }) == true {
            client.quiet = nil
            send(.quiet, to: client)
        }
    }

    /// What would end the keeper by default and is nobody's wish: a terminal's hang-up, a broken pipe, a full
    /// limit.
    private static func ignoreSignals() {
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2, SIGALRM, SIGXFSZ, SIGIO, SIGTSTP] {
            Signals.ignore(signal)
        }
    }

    private static func groupName(_ orders: KeeperOrders) -> String? {
        if let wish = getenv("CLAUDIA_CGROUP"), strcmp(wish, "0") == 0 { return nil }
        let plain = orders.id.utf8.allSatisfy {
            $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x7A).contains($0)
        }
        return plain && !orders.id.isEmpty ? "claudia-\(orders.id)" : nil
    }
}
