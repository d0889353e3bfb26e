import Glibc
import KeeperProtocol
import Linux
import Testing

/// What may happen to a log while it is rotated.
@Suite struct LogTests {
    /// A keeper's system call at which something happens to it, and the how many-th.
    struct Moment: Sendable, CustomTestStringConvertible {
        let call: String
        let count: Int
        var testDescription: String { "\(call) \(count)" }
    }

    private static let lines = (1...3000).map { "\($0)\n" }.joined()
    private static let printing = ["sh", "-c", "stty raw -echo; seq 1 3000"]

    private static let moments = [
        ("?renameat,?renameat2", 60), ("openat2", 70), ("write", 50), ("?unlinkat", 60), ("?linkat", 40),
    ]
    .flatMap { call, last in (1...last).map { Moment(call: call, count: $0) } }

    /// As many moments as the scale has room for, spread over all.
    private static var someMoments: [Moment] {
        let count = min(moments.count, 14 * Scale.factor)
        return (0..<count).map { moments[$0 * moments.count / count] }
    }

    @Test(
        "a keeper that is killed at any call of a rotation loses, doubles and splits no byte",
        arguments: someMoments)
    func killed(at moment: Moment) throws {
        let root = try KeptSession.makeRoot()
        do {
            let traced = try tracing("\(moment.call):signal=KILL:when=\(moment.count)", in: root)
            // Killed before it was ready, it leaves less to go on with, and that is all.
            if let session = try? KeptSession(
                Self.printing, root: root, program: traced, { ($0.rotateBytes, $0.keep) = (1500, 30) })
            {
                session.isKept = true
                try session.untilGone()
            }
        }
        let next = try self.next(in: root)
        try next.untilPrinted("next\n")
        let log = try placed(next)
        #expect(log.start == 0)
        #expect(log.text.hasSuffix("\nnext\n"))
        #expect(Self.lines.hasPrefix(log.text.dropLast("\nnext\n".count)))
        #expect(try next.state().logOffset == Int64(log.text.utf8.count))
        #expect(try next.hidden.names().filter { $0.hasPrefix(".") } == [])
    }

    @Test(
        "while a rotation's calls fail the log grows on, and misses no byte",
        arguments: [
            "?renameat,?renameat2:error=EIO:when=3+2", "?renameat,?renameat2:error=ENOSPC:when=4+3",
            "?renameat,?renameat2:error=EIO:when=2..9", "?linkat:error=ENOSPC:when=3+2",
            "?unlinkat:error=EIO:when=40+3",
            "openat2:error=EMFILE:when=40+5",
        ])
    func failing(_ fault: String) throws {
        let root = try KeptSession.makeRoot()
        let session = try KeptSession(
            ["sh", "-c", "stty raw -echo; echo ready; read x; seq 1 3000"], root: root,
            program: try tracing(fault, in: root), { ($0.rotateBytes, $0.keep) = (1500, 30) })
        try session.untilPrinted("ready\n")
        try session.send(.type([0x0A]))
        try session.untilGone()
        let log = try placed(session)
        #expect(log.start == 0)
        #expect(log.text == "ready\n" + Self.lines)
    }

    @Test func `wiping the public folder during rotations costs no byte, and all parts come back`() throws {
        let session = try KeptSession([
            "sh", "-c", "stty raw -echo; echo ready; read x; seq 1 200000; echo END; read x",
        ]) {
            ($0.rotateBytes, $0.keep) = (10_000, 1000)
        }
        try session.untilPrinted("ready\n")
        try session.send(.type([0x0A]))
        let root = try Folder(at: session.root)
        var rounds = 0
        while try session.hidden.read("output.log", most: 1 << 20).suffix(4) != Array("END\n".utf8)
            || rounds < 3
        {
            // Links may come while it removes: then again.
            try KeptSession.run(["sh", "-c", "until rm -rf '\(session.root)/open'; do :; done 2> /dev/null"])
            let open = try root.makeFolder("open")
            try session.send(.folder, passing: open.descriptor.number)
            // Answered after the request before it.
            _ = try session.state()
            rounds += 1
        }
        let log = try placed(session)
        for name in try session.hidden.names() where name.hasPrefix("output.log") {
            #expect(
                try root.folder("open").status(name)?.inode == session.hidden.status(name)?.inode, "\(name)")
        }
        #expect(log.text == "ready\n" + (1...200000).map { "\($0)\n" }.joined() + "END\n")
        print("wiped \(rounds) times while 1.3 MB were printed")
    }

    @Test func `links that a full disk refused to a rotation are made later`() throws {
        let root = try KeptSession.makeRoot()
        // The first two are those of the start.
        let session = try KeptSession(
            ["sh", "-c", "stty raw -echo; echo ready; read x; seq 1 600; read x; echo more; read x"],
            root: root, program: try tracing("?linkat:error=ENOSPC:when=3..5", in: root),
            { ($0.rotateBytes, $0.keep) = (1500, 30) })
        try session.untilPrinted("ready\n")
        try session.send(.type([0x0A]))
        _ = try session.until("a second part") { try session.hidden.status("output.log.1") }
        try session.send(.type([0x0A]))
        _ = try session.until("its link") { try session.open.status("output.log.1") }
        #expect(try placed(session).text.hasPrefix("ready\n1\n"))
    }

    @Test func `fewer parts to keep leave no hole in the log`() throws {
        let printing = "stty raw -echo; seq 1 3000; echo END"
        let first = try KeptSession(["sh", "-c", printing + "1; read x"]) {
            ($0.rotateBytes, $0.keep) = (1000, 30)
        }
        first.isKept = true
        try first.untilPrinted("END1\n")
        try first.send(.stop(graceMs: 0))
        try first.untilGone()
        let next = try KeptSession(["sh", "-c", printing + "2; read x"], root: first.root) {
            ($0.rotateBytes, $0.keep) = (1000, 3)
        }
        try next.untilPrinted("END2\n")
        let log = try placed(next)
        let whole = Self.lines + "END1\n" + Self.lines + "END2\n"
        #expect(log.text.utf8.count > 3000 && log.text.utf8.count <= 4000)
        #expect(whole.hasSuffix(log.text))
        #expect(log.start + Int64(log.text.utf8.count) == Int64(whole.utf8.count))
        #expect(try next.open.status("output.log.4") == nil)
    }

    @Test func `random byte strings, 100,000 of them, leave the log byte-exact`() throws {
        let root = try KeptSession.makeRoot()
        var all: [UInt8] = []
        var dice = SystemRandomNumberGenerator()
        let pieces: [[UInt8]] = [
            [0], [0xFF, 0xFE], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0x1B], Array("\u{1B}]0;".utf8),
            Array("\u{1B}]52;c;".utf8), Array("\u{1B}P$q".utf8), Array("\u{1B}[".utf8),
            Array("\u{1B}[6n".utf8),
            Array("\u{1B}]7501;?".utf8), Array("\u{1B}_".utf8), [0x9B], [0x9D], [0x07], [0x18],
            Array("\u{1B}\\".utf8),
            Array("\r\n".utf8), Array("\u{1B}c".utf8),
        ]
        for _ in 0..<min(100_000, 10_000 * Scale.factor) {
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                all += pieces[Int.random(in: 0..<pieces.count, using: &dice)]
                all += (0..<Int.random(in: 0...12, using: &dice)).map { _ in
                    UInt8.random(in: 0...255, using: &dice)
                }
            }
        }
        // One that never ends.
        all += Array("\u{1B}]8;".utf8) + [UInt8](repeating: 0x61, count: 3_000_000)
        mkdir(root + "/work", 0o700)
        try Folder(at: root + "/work").replace("all", with: all, durable: false)
        let session = try KeptSession(
            ["sh", "-c", "stty raw -echo; echo ready; read x; cat > /dev/null & cat all"], root: root,
            { ($0.rotateBytes, $0.keep) = (100_000, 1000) })
        try session.untilPrinted("ready\n")
        let client = try KeeperLink(in: session.hidden, as: .client)
        #expect(try client.send(.attach(TerminalSize(columns: 90, rows: 20))))
        try session.send(.type([0x0A]))
        try session.untilGone()
        #expect(try placed(session).bytes == Array("ready\n".utf8) + all)
    }

    /// A second keeper, started as soon as the first has left.
    private func next(in root: String) throws -> KeptSession {
        var failure: any Error = KeptSession.Late(description: "no second keeper")
        for _ in 0..<100 {
            do {
                return try KeptSession(
                    ["sh", "-c", "stty raw -echo; echo; echo next; read x"], root: root,
                    { ($0.rotateBytes, $0.keep) = (1500, 30) })
            } catch {
                failure = error
            }
        }
        throw failure
    }

    /// A program that keeps a session under strace(1), which does `fault` to it.
    private func tracing(_ fault: String, in root: String) throws -> String {
        let calls = fault.prefix { $0 != ":" }
        let script = """
            #!/bin/sh
            exec strace -qq -D -o /dev/null -e trace=\(calls) -e 'inject=\(fault)' \(try KeptSession.program())

            """
        try Folder(at: root).replace("traced", with: Array(script.utf8), durable: false)
        chmod(root + "/traced", 0o755)
        return root + "/traced"
    }

    /// The log of all parts, each of which must begin where its line says and the one before ends.
    private func placed(_ session: KeptSession) throws -> Log {
        let sizes = String(decoding: try session.hidden.read("sizes.jsonl", most: 1 << 26), as: UTF8.self)
        let names = try session.hidden.names().filter { $0.hasPrefix("output.log") }
        var log = Log()
        for name in names.sorted(by: { Int($0.dropFirst(11)) ?? 0 > Int($1.dropFirst(11)) ?? 0 }) {
            let status = try #require(try session.hidden.status(name))
            let line = sizes.split(separator: "\n").last { $0.contains("\"inode\":\(status.inode),") }
            let offset = try #require(line?.split(separator: "\"offset\":").last).prefix { $0.isNumber }
            if log.start < 0 { log.start = Int64(offset) ?? -1 }
            #expect(Int64(offset) == log.start + Int64(log.bytes.count), "\(name)")
            log.bytes += try session.hidden.read(name, most: 1 << 26)
        }
        return log
    }

    private struct Log {
        var start: Int64 = -1
        var bytes: [UInt8] = []
        var text: String { String(decoding: bytes, as: UTF8.self) }
    }
}
