import Glibc
import KeeperProtocol
import Linux
import Testing

/// Agents that fork: counting in a file is how each of their processes shows that it runs.
private let daemonised = """
    ticker() { trap '' TERM HUP; while [ -e fifo ]; do echo x >> $1; read -t 0.01 y <> fifo; done; }
    mkfifo fifo
    (setsid bash -c "$(declare -f ticker); ticker daemon" < /dev/null > /dev/null 2>&1 & )
    ticker child < /dev/null > /dev/null 2>&1 &
    trap '' TERM; echo ready; ticker own
    """

@Suite struct TreeTests {
    /// How a tree is held: by a control group where one can be made, by signals, as root and as somebody
    /// else.
    enum Way: CaseIterable {
        case group
        case signals
        case nobody

        /// Only root can be somebody else; for an ordinary user the others are that case already.
        static var possible: [Way] { geteuid() == 0 ? allCases : [.group, .signals] }
    }

    private func start(_ way: Way) throws -> KeptSession {
        let session = try KeptSession(
            ["bash", "-c", daemonised], keeperEnvironment: way == .signals ? ["CLAUDIA_CGROUP": "0"] : [:],
            asNobody: way == .nobody)
        _ = try session.until("all three to tick") {
            try ["daemon", "child", "own"].allSatisfy { try session.work($0)?.count ?? 0 > 4 } ? true : nil
        }
        return session
    }

    private func sizes(_ session: KeptSession) throws -> [Int] {
        try ["daemon", "child", "own"].map { try session.work($0)?.count ?? 0 }
    }

    @Test(arguments: Way.possible)
    func `a frozen tree stands still, daemons too, and goes on when thawed`(_ way: Way) throws {
        let session = try start(way)
        try session.send(.freeze)
        #expect(
            try session.report("frozen") { if case .state(let state) = $0 { state.isFrozen } else { nil } })
        let before = try sizes(session)
        try session.send(.tellWhenQuiet(ms: 150))
        try session.report("quiet") { if case .quiet = $0 { () } else { nil } }
        #expect(try sizes(session) == before)
        try session.send(.thaw)
        _ = try session.until("all to tick again") {
            try zip(self.sizes(session), before).allSatisfy { $0 > $1 + 2 } ? true : nil
        }
        #expect(try !session.state().isFrozen)
    }

    @Test func `who is frozen before there is a control group is put into it, and goes on`() throws {
        let session = try KeptSession(["bash", "-c", "echo ready; read x; echo \"said $x\"; read y"])
        try session.send(.freeze)
        #expect(
            try session.report("frozen") { if case .state(let state) = $0 { state.isFrozen } else { nil } })
        let agent = try session.state().agentPID
        // Later than the control group is made: both are deadlines of the keeper's.
        try session.send(.tellWhenQuiet(ms: 600))
        try session.report("quiet") { if case .quiet = $0 { () } else { nil } }
        if let probe = ControlGroup(KeptSession.newID()) {
            try probe.remove()
            let groups = try Folder(at: "/proc/\(agent)").read("cgroup", most: 65_536)
            #expect(String(decoding: groups, as: UTF8.self).contains("/claudia-"))
        }
        try session.send(.type(Array("on\r".utf8)))
        #expect(ProcessTable.entry(agent)?.state == "T")
        try session.send(.thaw)
        try session.untilPrinted("said on")
    }

    @Test(arguments: Way.possible)
    func `a stop of a frozen agent that is deaf to TERM leaves no process`(_ way: Way) throws {
        let session = try start(way)
        let tree = ProcessTable.descendants(of: session.keeperPID).map(\.pid)
        #expect(tree.count >= 3)
        try session.send(.freeze)
        #expect(
            try session.report("frozen") { if case .state(let state) = $0 { state.isFrozen } else { nil } })
        try session.send(.stop(graceMs: 100))
        #expect(try session.ended().signal == SIGKILL)
        #expect(try session.untilGone() == 0)
        for pid in tree { #expect(ProcessTable.entry(pid).map { $0.state == "Z" } ?? true) }
        #expect(try session.open.status("exit.json") != nil)
    }

    @Test(arguments: zip(["0", "1", "0"], [true, true, false]))
    func `an agent that stands still is told to end, and ends in its own way`(
        group: String, frozen: Bool
    ) throws {
        let session = try KeptSession(
            [
                "bash", "-c",
                "trap 'exit 7' TERM; echo ready; \(frozen ? ":" : "kill -STOP $$"); while :; do read -t 0.05 x; done",
            ],
            keeperEnvironment: ["CLAUDIA_CGROUP": group])
        try session.untilPrinted("ready")
        if frozen {
            try session.send(.freeze)
            _ = try session.report("frozen") {
                if case .state(let state) = $0, state.isFrozen { () } else { nil }
            }
        }
        let deadline = Clock.bootNs + 10_000_000_000
        while !frozen, ProcessTable.entry(session.agentPID)?.state != "T", Clock.bootNs < deadline {
            sched_yield()
        }
        try session.send(.stop(graceMs: 15_000))
        #expect(try session.ended().code == 7)
    }

    @Test func `what an agent leaves behind is ended after its own end`() throws {
        let script =
            "(setsid sh -c 'echo $$ > pid; exec cat fifo' < /dev/null > /dev/null 2>&1 &); read x; exit 3"
        let session = try KeptSession(["sh", "-c", "mkfifo fifo; " + script])
        let bytes = try session.until("the daemon's pid") {
            try session.work("pid").flatMap { $0.last == 0x0A ? $0 : nil }
        }
        let pid = try #require(Int32(String(decoding: bytes.dropLast(), as: UTF8.self)))
        #expect(ProcessTable.entry(pid) != nil)
        try session.send(.type([0x0A]))
        #expect(try session.ended().code == 3)
        try session.untilGone()
        #expect(ProcessTable.entry(pid) == nil)
    }

    @Test func `what was stopped before a freeze by signals stays stopped after it`() throws {
        let script = "cat fifo & echo $! > pid; kill -STOP $!; echo ready; read x"
        let session = try KeptSession(
            ["sh", "-c", "mkfifo fifo; " + script], keeperEnvironment: ["CLAUDIA_CGROUP": "0"])
        try session.untilPrinted("ready")
        let pid = try #require(
            Int32(String(decoding: try session.work("pid")?.dropLast() ?? [], as: UTF8.self)))
        #expect(ProcessTable.entry(pid)?.state == "T")
        try session.send(.freeze)
        #expect(
            try session.report("frozen") { if case .state(let state) = $0 { state.isFrozen } else { nil } })
        #expect(ProcessTable.entry(session.agentPID)?.state == "T")
        try session.send(.thaw)
        #expect(
            try !session.report("thawed") { if case .state(let state) = $0 { state.isFrozen } else { nil } })
        #expect(ProcessTable.entry(session.agentPID)?.state != "T")
        #expect(ProcessTable.entry(pid)?.state == "T")
    }

    @Test func `a keeper leaves no control group behind`() throws {
        let id = KeptSession.newID()
        let session = try KeptSession(["sh", "-c", "read x"]) { $0.id = id }
        let groups = try? Folder(at: "/sys/fs/cgroup/unified")
        if geteuid() == 0, groups != nil {
            let deadline = Clock.bootNs + 5_000_000_000
            while try groups?.status("claudia-\(id)") == nil, Clock.bootNs < deadline { sched_yield() }
            #expect(try groups?.status("claudia-\(id)") != nil)
        }
        try session.send(.stop(graceMs: 1000))
        try session.untilGone()
        #expect(try groups?.status("claudia-\(id)") == nil)
    }

    @Test func `TERM to the keeper itself ends the session`() throws {
        let session = try KeptSession(["sh", "-c", "read x"])
        try ProcessHandle(session.keeperPID).send(SIGTERM)
        #expect(try session.ended().signal == SIGTERM)
        #expect(try session.untilGone() == 0)
    }

    @Test func `hang-up and interrupt reach no keeper`() throws {
        let session = try KeptSession(["sh", "-c", "read x"])
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGPIPE] {
            try ProcessHandle(session.keeperPID).send(signal)
            #expect(try session.state().ended == nil)
        }
    }
}
