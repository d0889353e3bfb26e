import Glibc
import KeeperProtocol
import Linux
import Testing

@Suite struct InputTests {
    /// Takes each line whole, as a program in a terminal of lines does.
    private static let lines = [
        "sh", "-c", "stty -echo; echo ready; while read -r x; do echo \"got:$x\"; done",
    ]
    /// Shows every byte that comes, until a `q`.
    private static let bytes =
        """
        stty raw -echo; printf 'ready\\n'
        while :; do c=$(dd bs=1 count=1 2>/dev/null | od -An -tx1); echo $c; done
        """

    private func session(_ arguments: [String]) throws -> KeptSession {
        let session = try KeptSession(arguments)
        try session.untilPrinted("ready")
        return session
    }

    /// The hexadecimal bytes that a program of `bytes` got.
    private func got(_ session: KeptSession) throws -> [String] {
        try session.log().split(whereSeparator: \.isWhitespace).map(String.init).filter { $0.count == 2 }
    }

    @Test func `what is appended or written over is typed once and taken out`() throws {
        let session = try session(Self.lines)
        try session.write("one\n")
        try session.untilPrinted("got:one\r\n")
        #expect(try session.open.status("input")?.size == 0)
        let over = try session.open.open("input", O_WRONLY | O_TRUNC)
        try over.writeAll(Array("two\nthree\n".utf8))
        _ = consume over
        try session.send(.look)
        try session.untilPrinted("got:three\r\n")
        #expect(try session.log() == "ready\r\ngot:one\r\ngot:two\r\ngot:three\r\n")
        #expect(try session.open.status("input")?.size == 0)
        let told: UInt32 = try session.report("lines") {
            if case .inputTyped(let lines, _) = $0 { lines } else { nil }
        }
        #expect(told == 1)
    }

    @Test func `a line that comes while the one before is taken is not overlooked`() throws {
        let session = try session(Self.lines)
        // Held open, so that what was taken stays in the file, for the next look to compare it with.
        let held = try session.open.open("input", O_WRONLY | O_APPEND)
        let tracer = try SlowReads(of: session.keeperPID)
        for number in 1...2 {
            try held.writeAll(Array("\(String(repeating: "-", count: 100))\(number)a\n".utf8))
            try session.send(.look)
            try tracer.untilReading()
            try held.writeAll(Array("\(number)b\n".utf8))
            try session.send(.look)
            try session.untilPrinted("got:\(number)b\r\n")
        }
    }

    @Test func `a line without its newline waits for it`() throws {
        let session = try session(Self.lines)
        try session.write("a\nhal")
        try session.untilPrinted("got:a\r\n")
        #expect(try session.open.read("input", most: 99) == Array("a\nhal".utf8))
        try session.write("f\n")
        try session.untilPrinted("got:half\r\n")
        #expect(try session.open.status("input")?.size == 0)
    }

    @Test func `a writer that holds the mailbox open is served, each line once`() throws {
        let session = try session(Self.lines)
        let held = try session.open.open("input", O_WRONLY | O_APPEND)
        for number in 1...3 {
            try held.writeAll(Array("line \(number)\n".utf8))
            try session.send(.look)
            try session.untilPrinted("got:line \(number)\r\n")
        }
        #expect(try session.open.status("input")?.size == 21)
        _ = consume held
        try session.send(.look)
        _ = try session.until("the mailbox to be emptied") {
            try session.open.status("input")?.size == 0 ? true : nil
        }
        try session.write("last\n")
        try session.untilPrinted("got:last\r\n")
        #expect(try session.log() == "ready\r\ngot:line 1\r\ngot:line 2\r\ngot:line 3\r\ngot:last\r\n")
    }

    @Test func `300 appends of three writers come once and in each one's order`() throws {
        let session = try session(Self.lines)
        let writer = "i=0; while [ $i -lt 100 ]; do i=$((i + 1)); echo \"$0 $i\" >> open/input; done"
        var writers: [Int32] = []
        for name in ["a", "b", "c"] {
            var spawn = Spawn(["sh", "-c", writer, name], environment: ["PATH": "/bin:/usr/bin"])
            spawn.folder = session.root
            writers.append(try spawn.start())
        }
        let inotify = try Inotify()
        _ = try inotify.watch(session.open, [.closedWrite])
        _ = try session.until("300 lines") {
            _ = try inotify.events()
            try session.send(.look)
            return try session.log().split(separator: "\r\n").count == 301 ? true : nil
        }
        for pid in writers { _ = try Ending.reap(pid) }
        let lines = try session.log().split(separator: "\r\n").dropFirst()
        for name in ["a", "b", "c"] {
            let own = lines.filter { $0.hasPrefix("got:\(name) ") }
            #expect(own.map(String.init) == (1...100).map { "got:\(name) \($0)" })
        }
    }

    @Test func `while frozen nothing is typed, afterwards everything`() throws {
        let session = try session(Self.lines)
        try session.send(.freeze)
        #expect(
            try session.report("frozen") { if case .state(let state) = $0 { state.isFrozen } else { nil } })
        try session.write("one\ntwo\n")
        try session.send(.prompt(number: 1, text: "prompt"))
        _ = try session.state()
        #expect(try session.open.read("input", most: 99) == Array("one\ntwo\n".utf8))
        #expect(try session.log() == "ready\r\n")
        try session.send(.thaw)
        try session.untilPrinted("got:two\r\n")
        #expect(try session.log() == "ready\r\ngot:prompt\r\ngot:one\r\ngot:two\r\n")
    }

    @Test func `lines from before the agent are put aside and never typed`() throws {
        let root = try KeptSession.makeRoot()
        let open = try Folder(at: root).makeFolder("open")
        try open.replace("input", with: Array("old\nolder".utf8), durable: false)
        try open.replace("input.stale", with: Array("oldest\n".utf8), durable: false)
        let session = try KeptSession(Self.lines, root: root)
        try session.untilPrinted("ready")
        try session.write("new\n")
        try session.untilPrinted("got:new\r\n")
        #expect(try session.log() == "ready\r\ngot:new\r\n")
        #expect(try open.read("input.stale", most: 99) == Array("oldest\nold\nolder\n".utf8))
    }

    @Test func `JSON text is one paste for a program that takes pastes, then Enter on its own`() throws {
        let session = try session(["sh", "-c", "printf '\\033[?2004h'; " + Self.bytes])
        try session.write("\"a\\nb\"\n")
        let expected = "1b 5b 32 30 30 7e 61 0d 62 1b 5b 32 30 31 7e 0d".split(separator: " ").map(
            String.init)
        _ = try session.until("the paste") { try self.got(session) == expected ? true : nil }
    }

    @Test func `keys are sent as their names say, in the mode that the program chose`() throws {
        let session = try session(["sh", "-c", "printf '\\033[?1h'; " + Self.bytes])
        try session.write("{\"keys\": [\"Escape\", \"C-c\", \"Up\"]}\n")
        _ = try session.until("the keys") {
            try self.got(session) == ["1b", "03", "1b", "4f", "41"] ? true : nil
        }
    }

    @Test func `a line that can't be understood is told of and not typed`() throws {
        let session = try session(Self.lines)
        try session.write("{\"keys\": [\"Hyper-x\"]}\nfine\n")
        let problem = try session.report("a problem") {
            if case .inputProblem(let text) = $0 { text } else { nil }
        }
        #expect(problem == "There is no key called “Hyper-x”: keys have tmux's names.")
        try session.untilPrinted("got:fine\r\n")
        #expect(try session.log() == "ready\r\ngot:fine\r\n")
    }

    @Test func `a line longer than a terminal's line buffer comes whole`() throws {
        let session = try session(["sh", "-c", "stty -echo; echo ready; cat > got"])
        let line = String((0..<20_000).map { Character(Unicode.Scalar(UInt8(97 + $0 % 26))) })
        try session.write(line + "\nnext\n")
        _ = try session.until("both lines") {
            try session.work("got") == Array("\(line)\nnext\n".utf8) ? true : nil
        }
    }

    @Test func `a prompt is typed once however often it is asked for`() throws {
        let session = try session(Self.lines)
        for _ in 0..<3 { try session.send(.prompt(number: 1, text: "first")) }
        try session.send(.prompt(number: 2, text: "second"))
        try session.untilPrinted("got:second\r\n")
        #expect(try session.log() == "ready\r\ngot:first\r\ngot:second\r\n")
        #expect(try session.state().promptsTyped == 2)
        let record = DeliveredRecord(decoding: try session.hidden.read("delivered", most: 99))
        #expect(record?.promptsTyped == 2)
    }

    @Test func `a prompt longer than a message arrives whole`() throws {
        let session = try session([
            "sh", "-c", "stty raw -echo; echo ready; head -c 200001 > got; echo DONE; read x",
        ])
        let text = String(repeating: "0123456789", count: 20_000)
        try session.send(.prompt(number: 1, text: text))
        try session.untilPrinted("DONE")
        #expect(try session.work("got") == Array((text + "\r").utf8))
    }

    @Test func `a line longer than a mailbox's lines may be is put aside, and the next one typed`() throws {
        let session = try session(Self.lines)
        let long = [UInt8](repeating: 0x61, count: 3_000_000)
        try session.open.open("input", O_WRONLY | O_APPEND).writeAll(long + Array("\nshort\n".utf8))
        try session.send(.look)
        let problem = try session.report("a problem") {
            if case .inputProblem(let text) = $0 { text } else { nil }
        }
        #expect(problem == "A line of more than 1048576 bytes was not typed; it lies in “input.stale”.")
        try session.untilPrinted("got:short\r\n")
        #expect(try session.open.read("input.stale", most: 1 << 23) == long + [0x0A])
        #expect(try session.log() == "ready\r\ngot:short\r\n")
    }

    @Test func `a hundred thousand lines at once are typed in no more than the time it takes to read them`()
        throws
    {
        let session = try session(["sh", "-c", "stty -echo; echo ready; cat > got"])
        let lines = Array((1...100_000).map { "\($0)\n" }.joined().utf8)
        try session.open.open("input", O_WRONLY | O_APPEND).writeAll(lines)
        try session.send(.look)
        _ = try session.until("all lines") { try session.work("got") == lines ? true : nil }
        #expect(try session.open.status("input")?.size == 0)
    }

    @Test func `a look that finds nothing new is no event that asks for the next look`() throws {
        let session = try session(Self.lines)
        for isHeld in [false, true] {
            let held = isHeld ? try session.open.open("input", O_WRONLY | O_APPEND) : nil
            try session.write("line\nhalf")
            _ = try session.state()
            try session.send(.look)
            _ = try session.state()
            let inotify = try Inotify()
            _ = try inotify.watch(session.open, [.closedWrite, .modified, .created, .movedTo, .attributes])
            for _ in 0..<3 { try session.send(.look) }
            _ = try session.state()
            #expect(try inotify.events().filter { $0.name == "input" } == [])
            _ = consume held
        }
    }

    @Test func `only an ordinary file is a mailbox`() throws {
        let session = try session(Self.lines)
        try session.open.remove("input")
        #expect(mkfifo(session.root + "/open/input", 0o600) == 0)
        try session.send(.look)
        let problem = try session.report("a problem") {
            if case .inputProblem(let text) = $0 { text } else { nil }
        }
        #expect(problem.contains("no ordinary file"))
        try session.open.remove("input")
        #expect(symlink("/etc/passwd", session.root + "/open/input") == 0)
        try session.send(.look)
        let other = try session.report("a problem") {
            if case .inputProblem(let text) = $0 { text } else { nil }
        }
        #expect(other == problem)
        try session.open.remove("input")
        try session.send(.look)
        _ = try session.state()
        #expect(try session.open.status("input")?.size == 0)
        #expect(try session.open.status("input")?.permissions == 0o600)
    }
}
