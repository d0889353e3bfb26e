import Glibc
import KeeperProtocol
import Linux
import Testing

@Suite struct FullDiskTests {
    @Test func `a log that can't be written holds the program up, is told of, and misses no byte later`()
        throws
    {
        let session = try KeptSession([
            "sh", "-c", "stty raw -echo; echo ready; read x; seq 1 60000; echo END; read x",
        ])
        try session.untilPrinted("ready")
        // A limit on file sizes refuses writes as a full disk does, without a disk to fill.
        try KeptSession.run(["prlimit", "--pid", "\(session.keeperPID)", "--fsize=100000:unlimited"])
        try session.send(.type([0x0A]))
        let trouble = try session.report("trouble") { if case .trouble(let text?) = $0 { text } else { nil } }
        #expect(trouble == "The log can't be written (File too large): the agent waits until it can be.")
        #expect(try session.logBytes().count == 100_000)
        let state = try session.state()
        #expect(state.ended == nil)
        #expect(state.trouble == trouble)
        #expect(state.logOffset == 100_000)
        try KeptSession.run(["prlimit", "--pid", "\(session.keeperPID)", "--fsize=unlimited:unlimited"])
        try session.send(.look)
        try session.report("no trouble") { if case .trouble(nil) = $0 { () } else { nil } }
        try session.untilPrinted("END\n")
        #expect(try session.log() == "ready\n" + (1...60000).map { "\($0)\n" }.joined() + "END\n")
    }

    @Test func `a leftover that prints while neither end nor log can be written keeps nobody busy`() throws {
        let session = try KeptSession([
            "sh", "-c",
            "trap '' HUP; stty raw -echo; mkfifo go; echo ready; read x; (read y < go; exec yes) & exit 5",
        ])
        try session.untilPrinted("ready")
        try KeptSession.run(["prlimit", "--pid", "\(session.keeperPID)", "--fsize=3:unlimited"])
        try session.send(.type([0x0A]))
        try session.report("no end") {
            if case .trouble(let text?) = $0, text.contains("ended") { () } else { nil }
        }
        try Folder(at: session.root + "/work").open("go", O_RDWR).writeAll([0x0A])
        try session.report("no log") {
            if case .trouble(let text?) = $0, text.contains("log") { () } else { nil }
        }
        let timer = try Timer()
        let deadline = Clock.bootNs + 20_000_000_000
        // A process that waits (proc(5), state S) has nothing to do.
        var waits = 0
        while waits < 30 {
            waits = ProcessTable.entry(session.keeperPID)?.state == "S" ? waits + 1 : 0
            guard Clock.bootNs < deadline else { throw KeptSession.Late(description: "Busy all the while.") }
            try timer.arm(at: Clock.bootNs + 1_000_000)
            try KeptSession.wait(for: timer.descriptor.number, "a moment")
            try timer.acknowledge()
        }
        try KeptSession.run(["prlimit", "--pid", "\(session.keeperPID)", "--fsize=unlimited:unlimited"])
        try session.send(.look)
        #expect(try session.ended().code == 5)
    }

    @Test func `an end that can't be written is written when it can be`() throws {
        let session = try KeptSession(["sh", "-c", "stty raw -echo; echo ready; read x; seq 1 60000; exit 5"])
        try session.untilPrinted("ready")
        try KeptSession.run(["prlimit", "--pid", "\(session.keeperPID)", "--fsize=340000:unlimited"])
        try session.send(.type([0x0A]))
        try session.report("trouble") { if case .trouble(_?) = $0 { () } else { nil } }
        #expect(try session.open.status("exit.json") == nil)
        try KeptSession.run(["prlimit", "--pid", "\(session.keeperPID)", "--fsize=unlimited:unlimited"])
        #expect(try session.ended().code == 5)
        #expect(try session.log() == "ready\n" + (1...60000).map { "\($0)\n" }.joined())
    }
}
