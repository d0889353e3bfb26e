import Glibc
import KeeperProtocol
import Linux
import Testing

@Suite struct MailboxTests {
    private static let lines = [
        "sh", "-c", "stty -echo; echo ready; while read -r x; do echo \"got:$x\"; done",
    ]

    @Test func `lines that were taken, but not typed when the agent ended, are put aside and told of`() throws
    {
        let session = try KeptSession(["sh", "-c", "stty raw -echo; echo ready; exec tail -f /dev/null"])
        try session.untilPrinted("ready")
        let long = String(repeating: "x", count: 200_000)
        try session.write(long + "\n{\"keys\": [\"Up\"]}\n")
        _ = try session.until("the lines to be taken") {
            try session.open.status("input")?.size == 0 ? true : nil
        }
        try session.send(.stop(graceMs: 0))
        let problem = try session.report("a problem") {
            if case .inputProblem(let text) = $0 { text } else { nil }
        }
        #expect(problem == "2 lines were not typed, since the agent ended; see “input.stale”.")
        #expect(
            try session.open.read("input.stale", most: 1 << 20)
                == Array("\(long)\n{\"keys\": [\"Up\"]}\n".utf8))
    }

    @Test func `Enter and the next line come though the program never stops printing`() throws {
        let session = try KeptSession([
            "sh", "-c",
            """
            printf '\\033[?2004h'; stty raw -echo; echo ready; (while :; do printf .; done) &
            head -c 8 > got; kill $!; echo DONE; read x
            """,
        ])
        try session.untilPrinted("ready")
        try session.write("one\ntwo\n")
        try session.untilPrinted("DONE")
        #expect(try session.work("got") == Array("one\rtwo\r".utf8))
    }

    @Test func `what can't be put aside at the start isn't typed, and later lines wait`() throws {
        let root = try KeptSession.makeRoot()
        let open = try Folder(at: root).makeFolder("open")
        try open.replace("input", with: Array("old\n".utf8), durable: false)
        _ = try open.makeFolder("input.stale")
        let session = try KeptSession(Self.lines, root: root)
        try session.untilPrinted("ready")
        try session.write("new\n")
        #expect(
            try session.state().trouble
                == "What was in “input” before can't be put aside (Is a directory).")
        try open.removeFolder("input.stale")
        try session.untilPrinted("got:new\r\n")
        #expect(try session.log() == "ready\r\ngot:new\r\n")
        #expect(try open.read("input.stale", most: 99) == Array("old\n".utf8))
        #expect(try session.state().trouble == nil)
    }

    @Test func `much from before the agent is put aside piece by piece, while the agent runs`() throws {
        let root = try KeptSession.makeRoot()
        let open = try Folder(at: root).makeFolder("open")
        let old = (1...200_000).map { "\($0)\n" }.joined() + "half"
        try open.replace("input", with: Array(old.utf8), durable: false)
        let session = try KeptSession(Self.lines, root: root)
        try session.untilPrinted("ready")
        _ = try session.until("the mailbox to be empty") {
            try session.open.status("input")?.size == 0 ? true : nil
        }
        try session.write("new\n")
        try session.untilPrinted("got:new\r\n")
        #expect(try session.log() == "ready\r\ngot:new\r\n")
        #expect(try open.read("input.stale", most: 1 << 22) == Array((old + "\n").utf8))
    }
}
