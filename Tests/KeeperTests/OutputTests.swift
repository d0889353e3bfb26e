import Glibc
import KeeperProtocol
import Linux
import Testing

@Suite struct OutputTests {
    /// Prints 20 MB that are text, colours, UTF-8, control characters and every byte there is.
    private static let mixed = """
        stty raw -echo; i=0; while [ $i -lt 64 ]; do \
        printf '\\033[1;3%dmfarbig äöü 😀\\033[0m\\007 %d\\n' $((i % 8)) $i; \
        i=$((i + 1)); done > mixed; dd if=/dev/urandom of=random bs=1024 count=640 2>/dev/null; \
        i=0; while [ $i -lt 32 ]; do cat mixed random >> all; i=$((i + 1)); done; cat all
        """

    @Test func `every byte of 20 MB of mixed output is in the log`() throws {
        let session = try KeptSession(["sh", "-c", Self.mixed])
        #expect(try session.untilGone() == 0)
        let written = try #require(try session.work("all"))
        #expect(written.count > 20_000_000)
        #expect(try logOf(session) == written)
    }

    @Test func `rotation loses no byte and sizes tell where each part begins`() throws {
        let session = try KeptSession(["sh", "-c", "read x; seq 1 40000; read x; seq 40001 50000"]) {
            $0.rotateBytes = 50_000
            $0.keep = 20
        }
        try session.send(.type([0x0A]))
        try session.untilPrinted("40000\r\n")
        try session.send(.resize(TerminalSize(columns: 80, rows: 24)))
        #expect(try session.state().size == TerminalSize(columns: 80, rows: 24))
        try session.send(.type([0x0A]))
        try session.untilGone()
        let expected =
            "\r\n" + (1...40000).map { "\($0)\r\n" }.joined() + "\r\n"
            + (40001...50000).map { "\($0)\r\n" }.joined()
        #expect(try logOf(session) == Array(expected.utf8))
        let lines = String(decoding: try session.open.read("sizes.jsonl", most: 1 << 20), as: UTF8.self)
            .split(separator: "\n")
        let parts = lines.filter { $0.contains("\"part\":") }
        #expect(parts.count == expected.utf8.count / 50_000 + 1)
        for (index, line) in parts.enumerated() {
            #expect(line.contains("\"offset\":\(index * 50_000),\"part\":\(index),"))
            let part = index == parts.count - 1 ? "output.log" : "output.log.\(parts.count - 1 - index)"
            let status = try #require(try session.open.status(part))
            #expect(try session.hidden.status(part)?.inode == status.inode)
            if part != "output.log" { #expect(status.size == 50_000) }
        }
        #expect(lines.contains { $0.hasPrefix("{\"columns\":80,") && $0.hasSuffix("\"rows\":24}") })
    }

    @Test func `parts beyond those to keep go, and so do their sizes`() throws {
        let session = try KeptSession(["sh", "-c", "seq 1 20000"]) {
            $0.rotateBytes = 10_000
            $0.keep = 2
        }
        try session.untilGone()
        let expected = Array((1...20000).map { "\($0)\r\n" }.joined().utf8)
        let log = try logOf(session)
        #expect(log.count > 20_000)
        #expect(log == expected.suffix(log.count))
        #expect(try session.open.status("output.log.3") == nil)
        let first = try session.open.read("sizes.jsonl", most: 1 << 20).prefix { $0 != 0x0A }
        let offset = expected.count - log.count
        #expect(
            String(decoding: first, as: UTF8.self).contains(
                "\"offset\":\(offset),\"part\":\(offset / 10_000),"))
    }

    @Test func `a second keeper of the session goes on with the log and its offsets`() throws {
        let session = try KeptSession(["sh", "-c", "printf one"]) { $0.rotateBytes = 2 }
        session.isKept = true
        try session.untilGone()
        let next = try KeptSession(["sh", "-c", "printf two; read x"], root: session.root) {
            $0.rotateBytes = 2
        }
        try next.untilPrinted("o")
        #expect(try next.state().logOffset == 6)
        #expect(try logOf(next) == Array("onetwo".utf8))
        #expect(try next.open.status("exit.json") == nil)
    }

    @Test func `who types more than the terminal takes is listened to again when there is room`() throws {
        let session = try KeptSession([
            "sh", "-c", "stty raw -echo; mkfifo go; echo ready; read x < go; head -c 4000000 | wc -c",
        ])
        try session.untilPrinted("ready")
        let client = try KeeperLink(in: session.hidden, as: .client)
        let piece = [UInt8](repeating: 0x61, count: 20_000)
        var (sent, waitedMs) = (0, 0)
        while sent < 4_000_000, waitedMs < 500 {
            if try client.send(.type(piece)) {
                (sent, waitedMs) = (sent + piece.count, 0)
            } else {
                Poller.rest(ms: 10)
                waitedMs += 10
            }
        }
        #expect(sent > 1_000_000 && sent < 3_000_000)
        #expect(try session.state().ended == nil)
        try KeptSession.run(["sh", "-c", "echo > '\(session.root)/work/go'"])
        while sent < 4_000_000 + piece.count {
            if try client.send(.type(piece)) { sent += piece.count } else { Poller.rest(ms: 1) }
        }
        try session.untilPrinted("4000000")
    }

    @Test func `a client that never reads is dropped and delays nothing`() throws {
        let session = try KeptSession([
            "sh", "-c", "stty raw -echo; read x; cat /dev/zero | head -c 8000000; read x",
        ])
        try session.untilPrinted("")
        let deaf = try KeeperLink(in: session.hidden, as: .client)
        #expect(try deaf.send(.attach(TerminalSize(columns: 100, rows: 30))))
        try KeptSession.report(deaf, "attached") { if case .attached = $0 { () } else { nil } }
        try session.send(.type([0x0A]))
        #expect(
            try session.until("8 MB in the log") {
                try session.open.status("output.log")?.size ?? 0 >= 8_000_000 ? true : nil
            })
        var isClosed = false
        while true {
            let arrival = try deaf.receive()
            if arrival == .nothing { break }
            if arrival == .closed {
                isClosed = true
                break
            }
        }
        #expect(isClosed)
        #expect(try session.state().ended == nil)
    }

    @Test func `two clients see the same, from the offset they were told`() throws {
        let session = try KeptSession([
            "sh", "-c", "stty raw -echo; echo ready; read x; seq 1 3000; echo END; read x",
        ])
        try session.untilPrinted("ready")
        let links = Links(
            try KeeperLink(in: session.hidden, as: .client), try KeeperLink(in: session.hidden, as: .client))
        let size = TerminalSize(columns: 100, rows: 30)
        #expect(try links.first.send(.attach(size)))
        #expect(try links.second.send(.attach(size)))
        let start = try KeptSession.report(links.first, "attached") {
            if case .attached(let at) = $0 { at } else { nil }
        }
        let other = try KeptSession.report(links.second, "attached") {
            if case .attached(let at) = $0 { at } else { nil }
        }
        try session.send(.type([0x0A]))
        let one = try collect(links.first, from: start, until: "END\n")
        let two = try collect(links.second, from: other, until: "END\n")
        let log = try session.logBytes()
        #expect(Array(log[Int(start)...]) == one)
        #expect(Array(log[Int(other)...]) == two)
    }

    @Test func `queries are answered once, in order, logged and not shown`() throws {
        let script = """
            stty raw -echo; echo ready; read x; \
            printf 'a\\033]7501;?\\033\\134\\033[c\\033[6n\\033]11;?\\007\\033[18tb'; \
            dd bs=1 count=59 2>/dev/null | od -An -c | tr -d ' \\n'; echo END; read x
            """
        let session = try KeptSession(["sh", "-c", script])
        try session.untilPrinted("ready")
        let client = try KeeperLink(in: session.hidden, as: .client)
        #expect(try client.send(.attach(TerminalSize(columns: 90, rows: 20))))
        let start = try KeptSession.report(client, "attached") {
            if case .attached(let at) = $0 { at } else { nil }
        }
        try session.send(.type([0x0A]))
        let shown = String(decoding: try collect(client, from: start, until: "END\n"), as: UTF8.self)
        let answers =
            #"033]7501;?033\033[?62;22c033[2;7R033]11;rgb:1e1e/1e1e/1e1e\a033[8;20;90t"#
        #expect(shown == "ab\(answers)END\n")
        #expect(try session.log().contains("a\u{1B}]7501;?\u{1B}\\\u{1B}[c\u{1B}[6n"))
    }

    @Test func `growth is told once for each time that it is asked for`() throws {
        let session = try KeptSession(["sh", "-c", "stty raw -echo; echo ready; cat"])
        try session.untilPrinted("ready")
        // What a client finds at its hello it knows from the state.
        try session.send(.type([0x78]))
        try session.untilPrinted("x")
        try session.send(.tellOutput)
        let first: Int64 = try session.report("growth") { if case .grew(let end) = $0 { end } else { nil } }
        try session.send(.type(Array("abc".utf8)))
        try session.untilPrinted("abc")
        try session.send(.ask)
        let early: Bool = try session.report("a state") {
            switch $0 {
            case .grew: true
            case .state: false
            default: nil
            }
        }
        #expect(!early)
        try session.send(.tellOutput)
        let second: Int64 = try session.report("growth") { if case .grew(let end) = $0 { end } else { nil } }
        #expect(second == first + 3)
    }

    @Test func `quiet is told after as much quiet as was asked for`() throws {
        let session = try KeptSession(["sh", "-c", "stty raw -echo; echo ready; cat"])
        try session.untilPrinted("ready")
        let before = Clock.bootNs
        try session.send(.tellWhenQuiet(ms: 120))
        try session.send(.type([0x61]))
        try session.report("quiet") { if case .quiet = $0 { () } else { nil } }
        #expect(Clock.bootNs - before >= 120_000_000)
    }

    /// All parts of the log together, oldest first.
    private func logOf(_ session: KeptSession) throws -> [UInt8] {
        var all: [UInt8] = []
        for part in stride(from: 30, to: 0, by: -1) where try session.open.status("output.log.\(part)") != nil
        {
            all += try session.open.read("output.log.\(part)", most: 1 << 30)
        }
        return try all + session.logBytes()
    }

    private func collect(_ link: borrowing KeeperLink, from start: Int64, until end: String) throws -> [UInt8]
    {
        var all: [UInt8] = []
        try KeptSession.report(link, "“\(end)”") { report -> Void? in
            guard case .output(_, let bytes) = report else { return nil }
            all += bytes
            return all.suffix(end.utf8.count).elementsEqual(end.utf8) ? () : nil
        }
        return all
    }
}

/// Two links, since a tuple can't hold what can't be copied.
struct Links: ~Copyable {
    let first: KeeperLink
    let second: KeeperLink
    init(_ first: consuming KeeperLink, _ second: consuming KeeperLink) {
        self.first = first
        self.second = second
    }
}
