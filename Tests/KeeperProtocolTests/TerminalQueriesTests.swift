import KeeperProtocol
import Testing

/// What a program prints, what of it is shown, and what it asked.
struct QueryRow: CustomTestStringConvertible, Sendable {
    let printed: String
    let shown: String
    let queries: [TerminalQuery]
    var testDescription: String { String(reflecting: printed) }

    init(_ printed: String, _ shown: String, _ queries: [TerminalQuery]) {
        (self.printed, self.shown, self.queries) = (printed, shown, queries)
    }
}

private let status7501 = Array("\u{1B}]7501;?\u{1B}\\".utf8)

private let queryRows: [QueryRow] = [
    QueryRow("plain ä\r\n", "plain ä\r\n", []),
    QueryRow("a\u{1B}[cb", "ab", [.primaryAttributes]),
    QueryRow(
        "\u{1B}[0c\u{1B}[>c\u{1B}[>0c\u{1B}[=c", "",
        [
            .primaryAttributes, .secondaryAttributes, .secondaryAttributes, .tertiaryAttributes,
        ]),
    QueryRow("\u{1B}[>0q\u{1B}[>q", "", [.version, .version]),
    QueryRow("\u{1B}[2 q", "\u{1B}[2 q", []),
    QueryRow(
        "\u{1B}[5n\u{1B}[6n\u{1B}[?6n\u{1B}[?996n", "",
        [
            .status, .cursorPosition(extended: false), .cursorPosition(extended: true), .colorScheme,
        ]),
    QueryRow("\u{1B}]11;?\u{7}x\u{1B}]10;?\u{1B}\\", "x", [.color(11, bell: true), .color(10, bell: false)]),
    QueryRow("\u{1B}]11;#000000\u{7}", "\u{1B}]11;#000000\u{7}", []),
    QueryRow("\u{1B}]4;1;?;7;?\u{7}", "", [.palette([1, 7], bell: true)]),
    QueryRow("\u{1B}]4;1;rgb:00/00/00\u{7}", "\u{1B}]4;1;rgb:00/00/00\u{7}", []),
    QueryRow("\u{1B}[?u", "", [.keyboard]),
    QueryRow("\u{1B}[>1u\u{1B}[<u", "\u{1B}[>1u\u{1B}[<u", []),
    QueryRow("\u{1B}]7501;?\u{1B}\\\u{1B}[c", "", [.programStatus(status7501), .primaryAttributes]),
    QueryRow("\u{1B}]7501;state=idle\u{7}", "\u{1B}]7501;state=idle\u{7}", []),
    QueryRow(
        "\u{1B}[?2004$p\u{1B}[?2004h\u{1B}[?2004$p\u{1B}[?9$p", "\u{1B}[?2004h",
        [
            .mode(2004, isOn: false), .mode(2004, isOn: true), .mode(9, isOn: nil),
        ]),
    QueryRow("\u{1B}P+q544e\u{1B}\\\u{1B}P$qm\u{1B}\\", "", [.capability, .setting]),
    QueryRow("\u{1B}P1;2q#0~~\u{1B}\\", "\u{1B}P1;2q#0~~\u{1B}\\", []),
    QueryRow(
        "\u{1B}[14t\u{1B}[18t\u{1B}[21t\u{1B}[22;0t", "\u{1B}[22;0t",
        [.window(14), .window(18), .window(21)]),
    QueryRow("\u{1B}[1;31mred\u{1B}[0m\u{1B}[2J\u{1B}[H", "\u{1B}[1;31mred\u{1B}[0m\u{1B}[2J\u{1B}[H", []),
    QueryRow(
        "\u{1B}]0;a title?\u{7}\u{1B}]8;;http://x/?\u{1B}\\",
        "\u{1B}]0;a title?\u{7}\u{1B}]8;;http://x/?\u{1B}\\", []),
    QueryRow("\u{1B}]52;c;?\u{7}", "", [.other]),
    QueryRow("\u{1B}]52;c;aGk=\u{7}", "\u{1B}]52;c;aGk=\u{7}", []),
    QueryRow("\u{1B}_Gi=1,a=q;AAAA\u{1B}\\x", "x", [.other]),
    QueryRow("\u{1B}_Gi=1;AAAA\u{1B}\\x", "\u{1B}_Gi=1;AAAA\u{1B}\\x", []),
    QueryRow(
        "\u{1B}]1337;ReportCellSize\u{7}\u{1B}]1337;File=:AA\u{7}", "\u{1B}]1337;File=:AA\u{7}", [.other]),
    QueryRow("\u{1B}[1\u{1B}[c", "\u{1B}[1", [.primaryAttributes]),
    QueryRow("\u{1B}]11;?\u{18}x", "\u{1B}]11;?\u{18}x", []),
    QueryRow("\u{1B}\u{1B}[c", "\u{1B}", [.primaryAttributes]),
    QueryRow("\u{5}a\u{5}", "a", []),
    QueryRow("\u{1B}Z", "", [.primaryAttributes]),
    QueryRow("\u{1B}[\nc\u{1B}[\u{7F}5\u{8}n", "", [.primaryAttributes, .status]),
    QueryRow("\u{1B}[1\u{8}m\u{1B}[2\rC", "\u{1B}[1\u{8}m\u{1B}[2\rC", []),
    QueryRow("\u{1B}\n[c", "\n[c", [.other]),
    QueryRow("a\u{9B}cb\u{9A}", "ab", [.primaryAttributes, .primaryAttributes]),
    QueryRow("\u{9D}52;c;?\u{7}x\u{1B}]52;c;?\u{9C}y\u{90}$qm\u{9C}", "xy", [.other, .other, .setting]),
    QueryRow("\u{A0}\u{85}é\u{C2}\u{1B}[m", "\u{A0}\u{85}é\u{C2}\u{1B}[m", []),
    QueryRow("\u{1B}]52;cpqs01234567cpqs01234567;?\u{7}", "", [.other]),
    QueryRow("\u{1B}]52;c\u{7}\u{1B}]52;c;YQ==\u{7}", "\u{1B}]52;c\u{7}\u{1B}]52;c;YQ==\u{7}", []),
]

@Suite struct TerminalQueriesTests {
    @Test(arguments: queryRows) func `each query is taken out and told`(_ row: QueryRow) {
        var scanner = TerminalQueries()
        #expect(String(decoding: scanner.shown(of: Array(row.printed.utf8)), as: UTF8.self) == row.shown)
        #expect(scanner.takeQueries() == row.queries)
        #expect(scanner.takeQueries().isEmpty)
    }

    @Test(arguments: queryRows) func `a cut at any byte changes nothing`(_ row: QueryRow) {
        let bytes = Array(row.printed.utf8)
        for first in 0...bytes.count {
            for second in first...bytes.count {
                var scanner = TerminalQueries()
                var shown = scanner.shown(of: Array(bytes[..<first]))
                shown += scanner.shown(of: Array(bytes[first..<second]))
                shown += scanner.shown(of: Array(bytes[second...]))
                #expect(String(decoding: shown, as: UTF8.self) == row.shown)
                #expect(scanner.takeQueries() == row.queries)
            }
        }
    }

    @Test func `an endless query is held back to a limit and then passes whole`() {
        var scanner = TerminalQueries()
        var (shown, printed): ([UInt8], [UInt8]) = ([], Array("\u{1B}]11;".utf8))
        shown += scanner.shown(of: printed)
        for _ in 0..<500 {
            let more = [UInt8](repeating: 0x61, count: 100)
            printed += more
            shown += scanner.shown(of: more)
            #expect(scanner.heldCount < TerminalQueries.heldBytesMax)
        }
        #expect(shown == printed)
    }

    @Test func `modes follow what the program sets and resets`() {
        var scanner = TerminalQueries()
        _ = scanner.shown(of: Array("\u{1B}[?1;2004h".utf8))
        #expect(scanner.modes.bracketedPaste)
        #expect(scanner.modes.applicationCursor)
        _ = scanner.shown(of: Array("\u{1B}[!p".utf8))
        #expect(scanner.modes.bracketedPaste)
        #expect(!scanner.modes.applicationCursor)
        _ = scanner.shown(of: Array("\u{1B}c".utf8))
        #expect(!scanner.modes.bracketedPaste)
    }

    @Test func `no bytes whatever break the scanner or vanish without being a query`() {
        var random = SystemRandomNumberGenerator()
        let alphabet = Array("\u{1B}\u{1B}\u{1B}[]P_?>;01c5nqut$+\\\u{7}\u{18}aG=\n\u{9B}\u{9D}\u{9C}".utf8)
        for _ in 0..<2000 {
            let bytes = (0..<40).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            var whole = TerminalQueries()
            let once = whole.shown(of: bytes)
            var pieces = TerminalQueries()
            let piecewise = bytes.flatMap { pieces.shown(of: [$0]) }
            #expect(once == piecewise, "\(String(reflecting: String(decoding: bytes, as: UTF8.self)))")
            #expect(whole.takeQueries() == pieces.takeQueries())
            #expect(whole.heldCount == pieces.heldCount)
        }
    }
}
