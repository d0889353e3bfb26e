import KeeperProtocol
import Linux
import Screen
import SessionModel
import Testing

@testable import Keeper

/// The true position of the cursor, told to programs that ask for it.
@Suite struct CursorTests {
    /// Prints each argument, then asks where the cursor is, and prints the answer in letters.
    private static let asking = """
        import os, re, sys, tty
        tty.setraw(0)
        for text in sys.argv[1:]:
            text = text.encode().decode("unicode_escape").encode("latin-1") + b"\\033[6n" + b"behind"
            text = re.sub(b"\\x01([0-9]+)\\x02([^\\x03]*)\\x03", lambda found: found[2] * int(found[1]), text)
            while text: text = text[os.write(1, text):]
            answer = b""
            while not answer.endswith(b"R"): answer += os.read(0, 1)
            os.write(1, b"<" + answer[2:] + b">")
        os.write(1, b"over")
        os.read(0, 1)
        """

    /// Asks as above, after the same text so many times.
    private static func times(_ text: String, _ count: Int) -> String { "\\001\(count)\\002\(text)\\003" }

    private func answers(_ texts: [String], _ configure: (inout KeeperOrders) -> Void = { _ in }) throws
        -> [String]
    {
        let session = try KeptSession(["python3", "-c", Self.asking] + texts, configure)
        try session.untilPrinted("over")
        return try session.log().split(separator: "<").dropFirst().map { String($0.prefix { $0 != ">" }) }
    }

    @Test func `the answer is where the cursor stands at the question`() throws {
        let found = try answers([
            "", "\\033[5;9H", "\\033[2J\\033[Habc\\r\\nde", "\\033[999;999H", "\\033[?1049h\\033[3;3H",
            "\\033[?1049l\\033[7;1H\\303\\244\\346\\274\\242",
        ])
        #expect(found == ["1;1R", "5;9R", "2;3R", "40;120R", "3;3R", "7;4R"])
    }

    @Test func `the answer is true however much was printed since the cursor's place was told`() throws {
        // More than a keeper keeps of anything, none of it an escape sequence; the place is 5;9 or follows from it.
        let found = try answers([
            "\\033[5;9H" + Self.times("\\r%", 200_000), "\\033[5;9H" + Self.times("ab\\b\\b", 100_000),
            "\\033[2J\\033[3;1H" + Self.times("x", 300_000),
            "\\033[5;10r\\033[7;1H" + Self.times("y\\r\\n", 100_000),
            "\\033[r\\033[?7l\\033[5;9H" + Self.times("漢", 100_000) + "\\033[?7h",
            "\\033[H" + Self.times("line\\r\\n", 100_000) + "ab", "\\033[H" + Self.times("line\\n", 100_000),
        ])
        #expect(found == ["5;2R", "5;9R", "40;120R", "10;1R", "5;120R", "40;3R", "40;41R"])
    }

    @Test func `of text that runs by only the last screenful counts, and nothing is passed over that does`() {
        var numbers = Dice(seed: 3)
        let parts =
            [
                "word ", "\r\n", "\r", "\n", "\t", "漢", "e\u{301}", "\u{8}", "\u{1B}[31m", "\u{1B}[K",
                "\u{1B}[0;1m", "\u{1B}[3\r1m",
                "\u{1B}[2;3r", "\u{1B}[r", "\u{1B}[2A", "\u{1B}]0;a\r\n\r\n", "\u{7}", "\u{1B}]1337;F",
                "\u{1B}", "\u{1B}[6n", "\u{1B}P", "\u{1B}\\",
            ].map { Array($0.utf8) } + [[0xE6], [0xC2]]
        var asked = 0
        for _ in 0..<(200 * Scale.factor) {
            let size = TerminalSize(columns: 20, rows: 4)
            var tracker = CursorTracker(at: 7, size)
            var scanner = TerminalQueries(at: 7)
            var whole = VirtualTerminal(columns: 20, rows: 4)
            for _ in 0..<20 {
                // Bare text, text with styles, or anything.
                let kinds = [8, 12, parts.count].randomElement(using: &numbers) ?? 0
                let bytes = (0..<Int.random(in: 1...60, using: &numbers)).flatMap { _ in
                    parts[..<kinds].randomElement(using: &numbers) ?? []
                }
                var shown: [UInt8] = []
                bytes.withUnsafeBytes { bytes in
                    scanner.read(bytes, into: &shown, showing: false)
                    tracker.read(bytes, &scanner) { _, _, _ in asked += 1 }
                }
                whole.feed(bytes)
                // Ends whatever has begun, then asks.
                let end = [UInt8]("\u{18}\u{1B}[6n".utf8)
                var (tracker, scanner, expected, place) = (tracker, scanner, whole, [0, 0])
                end.withUnsafeBytes { bytes in
                    scanner.read(bytes, into: &shown, showing: false)
                    tracker.read(bytes, &scanner) { place = [$1, $2] }
                }
                expected.feed(end)
                #expect(place == [expected.cursor.row + 1, expected.cursor.column + 1])
            }
        }
        #expect(asked > 100)
    }

    @Test func `another size counts from its byte on`() throws {
        var tracker = CursorTracker(at: 0, TerminalSize(columns: 80, rows: 24))
        var scanner = TerminalQueries()
        func place(_ text: String) -> [Int] {
            var place = [0, 0]
            var shown: [UInt8] = []
            Array((text + "\u{1B}[6n").utf8).withUnsafeBytes { bytes in
                scanner.read(bytes, into: &shown, showing: false)
                tracker.read(bytes, &scanner) { place = [$1, $2] }
            }
            return place
        }
        #expect(place("aaaa") == [1, 5])
        tracker.resize(to: TerminalSize(columns: 3, rows: 24))
        #expect(place("aa") == [2, 2])
    }

    @Test(
        "programs get answers that they can use",
        arguments: [
            ["vim", "-u", "NONE", "-c", "call timer_start(500, {-> execute('qa!')})"], ["tmux", "-L"],
        ])
    func programs(_ arguments: [String]) throws {
        guard Executable.find(arguments[0], path: "/usr/local/bin:/usr/bin:/bin") != nil else { return }
        let name = "claudia-\(UInt32.random(in: 0 ... .max))"
        let all =
            arguments[0] == "tmux"
            ? arguments + [name, "-f", "/dev/null", "new", "echo inside; sleep 0.5"] : arguments
        let session = try KeptSession(all)
        let ending = try session.ended()
        #expect(ending.code == 0)
        // No answer came so late or so wrong that it was taken for keys.
        #expect(try !session.log().contains("1;1R"))
    }
}
