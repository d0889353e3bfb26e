import Glibc
import KeeperProtocol
import Linux
import SessionModel
import Testing

@Suite struct AgentTests {
    @Test func `an agent has nothing open but its terminal, no signal blocked and the terminal in control`()
        throws
    {
        let script = """
            ls -l /proc/self/fd | awk 'NF > 8 {print $9 $10 $11}' | grep -v proc/ ; \
            grep -E '^Sig(Blk|Ign)' /proc/self/status; \
            echo tty=$(tty) fg=$(( $(cut -d' ' -f8 /proc/$$/stat) == $$ )); \
            pwd; sh -c 'echo ctty > /dev/tty'; echo $LINES_OF; stty size; echo DONE; read x
            """
        // One that stays open when another program is started, and isn't one of the keeper's own.
        let zero = Descriptor(adopting: open("/dev/zero", O_RDONLY | O_CLOEXEC))
        let leaked = fcntl(zero.number, F_DUPFD, 100)
        defer { close(leaked) }
        let session = try KeptSession(["sh", "-c", script], environment: ["LINES_OF": "own"])
        try session.untilPrinted("DONE\r\n")
        let lines = try session.log().split(separator: "\r\n").map(String.init)
        let terminals = lines.filter { $0.contains("->/dev/pts/") }
        #expect(Set(terminals.map { $0.prefix(1) }).isSubset(of: ["0", "1", "2"]))
        #expect(
            lines.filter { $0.contains("->") && !$0.contains("/dev/pts/") && !$0.contains("pipe:") } == [])
        #expect(lines.contains("SigBlk:\t0000000000000000"))
        // Bits 32 and 33 are glibc's own, which every child of its posix_spawn has.
        #expect(lines.contains { ["SigIgn:\t0000000000000000", "SigIgn:\t0000000180000000"].contains($0) })
        #expect(lines.contains { $0.hasPrefix("tty=/dev/pts/") && $0.hasSuffix("fg=1") })
        #expect(lines.contains(session.root + "/work"))
        #expect(lines.contains("ctty"))
        #expect(lines.contains("own"))
        #expect(lines.contains("40 120"))
    }

    @Test func `an agent that can't be started is told of in a sentence and leaves no keeper`() throws {
        let root = try KeptSession.makeRoot()
        let error = #expect(throws: KeptSession.Late.self) { try KeptSession(["no-such-agent"], root: root) }
        #expect(
            error?.description == "The agent “no-such-agent” can't be started: No such file or directory.")
        #expect(try Folder(at: root).status("hidden/keeper.sock") == nil)
        try Folder(at: root).folder("work").replace(
            "script", with: Array("#!/no/such\n".utf8), durable: false)
        chmod(root + "/work/script", 0o700)
        let other = #expect(throws: KeptSession.Late.self) { try KeptSession(["./script"], root: root) }
        #expect(other?.description == "The agent “./script” can't be started: No such file or directory.")
    }

    @Test(.enabled(if: geteuid() == 0, "only root can be somebody else"))
    func `somebody else is told nothing, whatever the permissions are`() throws {
        let session = try KeptSession(["sh", "-c", "read x"])
        for name in ["", "/hidden", "/hidden/keeper.sock"] { chmod(session.root + name, 0o777) }
        let hello = Request.hello(version: keeperProtocolVersion, .client).encoded()
        let words = hello.map { "\($0)" }.joined(separator: ",")
        let script = """
            import socket
            link = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            link.settimeout(20)
            link.connect("\(session.root)/hidden/keeper.sock")
            try:
                link.send(bytes([\(words)]))
                told = link.recv(99)
            except ConnectionError:
                told = b""
            raise SystemExit(len(told))
            """
        let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
        try KeptSession.run(nobody + ["python3", "-c", script])
        #expect(try session.state().ended == nil)
    }

    @Test func `a keeper that can't go on after its agent's start takes the agent with it`() throws {
        let root = try KeptSession.makeRoot()
        let script = """
            #!/bin/sh
            exec strace -f -o /dev/null -e trace=pidfd_open -e inject=pidfd_open:error=EMFILE \(try KeptSession.program())
            """
        try Folder(at: root).replace("keeper", with: Array(script.utf8), durable: false)
        chmod(root + "/keeper", 0o700)
        // The tracer stays as long as anything that it traces.
        let error = #expect(throws: KeptSession.Late.self) {
            try KeptSession(
                ["sh", "-c", "trap '' HUP; exec tail -f /dev/null"], root: root, program: root + "/keeper")
        }
        #expect(error?.description.hasPrefix("The session can't be kept: ") == true)
        #expect(try Folder(at: root).status("hidden/keeper.sock") == nil)
        try KeptSession.run(["rm", "-rf", root])
    }

    @Test func `who doesn't say hello first is not listened to`() throws {
        let session = try KeptSession(["sh", "-c", "read x"])
        let link = try MessageSocket(in: session.hidden, name: KeeperLink.socketName)
        #expect(try link.send(Request.ask.encoded()))
        try KeptSession.wait(for: link.descriptor.number, "an answer")
        guard case .closed = try link.receive() else {
            Issue.record("it was answered")
            return
        }
    }

    @Test func `a second keeper of a session refuses`() throws {
        let session = try KeptSession(["sh", "-c", "read x"])
        let error = #expect(throws: KeptSession.Late.self) {
            try KeptSession(["sh", "-c", "read x"], root: session.root)
        }
        #expect(error?.description == "Another keeper has this session.")
        #expect(try session.state().ended == nil)
    }

    @Test func `a resize reaches the program, and who attaches at the same size makes it draw anew`() throws {
        let script = "mkfifo f; cat f & trap 'stty size' WINCH; echo ready; while :; do wait $!; done"
        let session = try KeptSession(["bash", "-c", script])
        try session.untilPrinted("ready")
        try session.send(.resize(TerminalSize(columns: 77, rows: 33)))
        try session.untilPrinted("33 77\r\n")
        try session.send(.attach(TerminalSize(columns: 77, rows: 33)))
        try session.until("the program to be told again") {
            try session.log().split(separator: "33 77\r\n", omittingEmptySubsequences: false).count > 2
                ? () : nil
        }
        let sizes = String(decoding: try session.open.read("sizes.jsonl", most: 4096), as: UTF8.self)
        let rows = sizes.split(separator: "\n").compactMap { $0.split(separator: "\"rows\":").last }
        #expect(rows == ["40}", "40}", "33}", "32}", "33}"])
    }

    @Test func `a signal reaches the agent`() throws {
        let session = try KeptSession([
            "bash", "-c", "trap 'echo usr' USR1; echo ready; while :; do read -t 0.05 x; done",
        ])
        try session.untilPrinted("ready")
        try session.send(.signal(SIGUSR1))
        try session.untilPrinted("usr\r\n")
    }

    @Test func `a public folder made anew gets everything again`() throws {
        let session = try KeptSession([
            "sh", "-c", "stty -echo; echo ready; while read x; do echo got:$x; done",
        ])
        try session.untilPrinted("ready")
        for name in try session.open.names() { try session.open.remove(name) }
        let root = try Folder(at: session.root)
        try root.removeFolder("open")
        try session.send(.type(Array("unseen\n".utf8)))
        try session.send(.look)
        #expect(try session.state().trouble == nil)
        let made = try root.makeFolder("open")
        try session.send(.folder, passing: made.descriptor.number)
        try session.send(.look)
        _ = try session.state()
        #expect(try made.names().sorted() == ["input", "output.log", "sizes.jsonl"])
        #expect(try made.status("output.log")?.inode == session.hidden.status("output.log")?.inode)
        try made.open("input", O_WRONLY | O_APPEND).writeAll(Array("seen\n".utf8))
        try session.send(.look)
        try session.report("the line") { if case .inputTyped = $0 { () } else { nil } }
        _ = try session.until("the answer") {
            String(decoding: try made.read("output.log", most: 999), as: UTF8.self).contains(
                "got:unseen\r\ngot:seen") ? true : nil
        }
    }

    @Test func `an agent that closes its terminal lives on and costs nothing`() throws {
        let session = try KeptSession([
            "bash", "-c", "mkfifo f; echo ready; exec 0<&- 1>&- 2>&-; read x < f; exit 4",
        ])
        try session.untilPrinted("ready")
        try session.send(.tellWhenQuiet(ms: 200))
        let before = ProcessTable.entry(session.keeperPID)?.cpuTicks ?? 0
        try session.report("quiet") { if case .quiet = $0 { () } else { nil } }
        #expect((ProcessTable.entry(session.keeperPID)?.cpuTicks ?? 99) - before < 4)
        #expect(try session.state().ended == nil)
        try Folder(at: session.root + "/work").open("f", O_WRONLY).writeAll([0x0A])
        #expect(try session.ended().code == 4)
    }

    @Test func `a keeper outlives the group, the terminal and the parent that started it`() throws {
        let outer = try KeptSession(["sh", "-c", "echo outer; read x"])
        // What an agent of one session starts as its own child is what a supervisor in a terminal is.
        let session = try KeptSession([
            "sh", "-c", "stty -echo; echo ready; while read x; do echo got:$x; done",
        ])
        try session.untilPrinted("ready")
        let keeper = try #require(ProcessTable.entry(session.keeperPID))
        #expect(getsid(keeper.pid) == keeper.pid)
        #expect(getpgid(keeper.pid) == keeper.pid)
        #expect(getpgid(keeper.pid) != getpgrp())
        try outer.send(.stop(graceMs: 100))
        try outer.untilGone()
        try session.write("still\n")
        try session.untilPrinted("got:still")
    }
}
