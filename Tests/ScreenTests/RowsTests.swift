import Screen
import Testing

/// What a terminal of 10 by 4 shows after some bytes.
struct Shown: CustomTestStringConvertible, Sendable {
    let what: String
    let bytes: String
    let lines: [String]
    let cursor: [Int]

    init(_ what: String, _ bytes: String, _ lines: [String], _ row: Int, _ column: Int) {
        (self.what, self.bytes, self.lines, cursor) = (what, bytes, lines, [row, column])
    }

    var testDescription: String { what }
}

private let shown: [Shown] = [
    Shown("text", "one\r\ntwo", ["one", "two"], 1, 3),
    Shown("a full row waits to wrap", "0123456789", ["0123456789"], 0, 9),
    Shown("and wraps with the next character", "0123456789a", ["0123456789", "a"], 1, 1),
    Shown("a carriage return keeps it from wrapping", "0123456789\ra", ["a123456789"], 0, 1),
    Shown("the screen scrolls", "1\r\n2\r\n3\r\n4\r\n5", ["2", "3", "4", "5"], 3, 1),
    Shown("backspace and overwriting", "abc\u{8}\u{8}X", ["aXc"], 0, 2),
    Shown("tabs", "a\tb\t\tc", ["a       bc"], 0, 9),
    Shown("tabs of one's own", "\u{1B}[3g\u{1B}[1;4H\u{1B}H\r\tx\u{1B}[Zy", ["   y"], 0, 4),
    Shown("no wrapping", "\u{1B}[?7l0123456789abc\r\n", ["012345678c"], 1, 0),
    Shown("insertion", "abc\r\u{1B}[4hXY", ["XYabc"], 0, 2),
    Shown("line feeds that return", "\u{1B}[20ha\nb", ["a", "b"], 1, 1),
    Shown("cursor addresses", "\u{1B}[2;3Hx\u{1B}[4;10Hy\u{1B}[Hz", ["z", "  x", "", "         y"], 0, 1),
    Shown("addresses beyond the edge", "\u{1B}[99;99Hx", ["", "", "", "         x"], 3, 9),
    Shown("moves", "\u{1B}[2Bx\u{1B}[2Dy\u{1B}[Az\u{1B}[5Cw\u{1B}[2Ev", ["", " z     w", "y", "v"], 3, 1),
    Shown("columns and rows alone", "\u{1B}[5Gx\u{1B}[3dy\u{1B}[2`z", ["    x", "", " z   y"], 2, 2),
    Shown("erasing to the end", "abcdef\r\n123\u{1B}[1;3H\u{1B}[J", ["ab"], 0, 2),
    Shown("erasing to the beginning", "abcdef\r\n123456\u{1B}[2;3H\u{1B}[1J", ["", "   456"], 1, 2),
    Shown("erasing all", "abc\r\nd\u{1B}[2J", [], 1, 1),
    Shown("erasing in a line", "abcdef\u{1B}[3G\u{1B}[K", ["ab"], 0, 2),
    Shown("erasing a line to the cursor", "abcdef\u{1B}[3G\u{1B}[1K", ["   def"], 0, 2),
    Shown("erasing characters", "abcdef\u{1B}[2G\u{1B}[3X", ["a   ef"], 0, 1),
    Shown("inserting characters", "0123456789\u{1B}[3G\u{1B}[2@", ["01  234567"], 0, 2),
    Shown("deleting characters", "0123456789\u{1B}[3G\u{1B}[4P", ["016789"], 0, 2),
    Shown("inserting lines", "1\r\n2\r\n3\r\n4\u{1B}[2;1H\u{1B}[2L", ["1", "", "", "2"], 1, 0),
    Shown("deleting lines", "1\r\n2\r\n3\r\n4\u{1B}[2;1H\u{1B}[2M", ["1", "4"], 1, 0),
    Shown("scrolling", "1\r\n2\r\n3\r\n4\u{1B}[2S\u{1B}[T", ["", "3", "4"], 3, 1),
    Shown("margins", "1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[3;1H\nx", ["1", "3", "x", "4"], 2, 1),
    Shown(
        "reverse line feed in margins", "1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[2;1H\u{1B}Mx",
        ["1", "x", "2", "4"], 1, 1),
    Shown("margins hold the cursor", "\u{1B}[2;3r\u{1B}[2;1H\u{1B}[9Ax\u{1B}[9By", ["", "x", " y"], 2, 2),
    Shown("origin", "\u{1B}[2;3r\u{1B}[?6h\u{1B}[1;2Hx\u{1B}[9;1Hy", ["", " x", "y"], 2, 1),
    Shown(
        "the cursor is saved", "ab\u{1B}7\r\n\nx\u{1B}8y\u{1B}[3;5H\u{1B}[s\u{1B}[H\u{1B}[uz",
        ["aby", "", "x   z"], 2, 5),
    Shown("wide characters", "a漢b", ["a漢b"], 0, 4),
    Shown("a wide character wraps whole", "012345678漢", ["012345678", "漢"], 1, 2),
    Shown("a wide character overwritten in half", "漢字\u{1B}[2Gx\u{1B}[3Gy", [" xy"], 0, 3),
    Shown("a wide character pushed over the edge", "01234567漢\r\u{1B}[@", [" 01234567"], 0, 0),
    Shown("a wide character deleted in half", "漢字\u{1B}[2G\u{1B}[P", [" 字"], 0, 1),
    Shown("combining characters", "e\u{301}x\u{302}y", ["e\u{301}x\u{302}y"], 0, 3),
    Shown("one at the edge", "012345678e\u{301}x", ["012345678e\u{301}", "x"], 1, 1),
    Shown("joined emoji", "👩\u{200D}💻x", ["👩\u{200D}💻x"], 0, 3),
    Shown("a flag", "🇩🇪x", ["🇩🇪x"], 0, 3),
    Shown("line drawing", "\u{1B}(0lqk\u{1B}(Bq\u{1B})0\u{E}x\u{F}x", ["┌─┐q│x"], 0, 6),
    Shown("repetition", "ab\u{1B}[3bc", ["abbbbc"], 0, 6),
    Shown("repetition of nothing", "\u{1B}[9b", [], 0, 0),
    Shown("the alternate screen", "main\u{1B}[?1049h\u{1B}[2;2Halt", ["", " alt"], 1, 4),
    Shown("and back", "main\u{1B}[?1049h\u{1B}[2;2Halt\u{1B}[?1049lx", ["mainx"], 0, 5),
    Shown("reset", "\u{1B}[?1049h\u{1B}[2;3r\u{1B}[31mabc\u{1B}c", [], 0, 0),
    Shown("the picture for adjusting", "\u{1B}#8", Array(repeating: "EEEEEEEEEE", count: 4), 0, 0),
    Shown(
        "titles and unknown commands aren't shown", "a\u{1B}]2;t\u{7}b\u{1B}]999;x\u{1B}\\c", ["abc"], 0, 3),
    Shown(
        "strings aren't shown", "a\u{1B}P1$r0m\u{1B}\\b\u{1B}_Gx\u{1B}\\c\u{1B}^y\u{1B}\\d", ["abcd"], 0, 4),
    Shown("a string that is cut off", "a\u{1B}]2;t\u{1B}[1mb\u{1B}Px\u{18}c", ["abc"], 0, 3),
    Shown("unknown sequences", "a\u{1B}[5;6;7yb\u{1B}[?99hc\u{1B}%Gd\u{1B}[1 !pe", ["abcde"], 0, 5),
    Shown("controls within a sequence", "ab\u{1B}[\r2Cc", ["abc"], 0, 3),
    Shown("a sequence cut off by another", "a\u{1B}[3\u{1B}[4Gb", ["a  b"], 0, 4),
    Shown("what would hide or turn text", "a\u{202E}b\u{200B}c\u{85}d\u{FEFF}", ["abcd"], 0, 4),
    Shown("delete and null", "a\u{7F}b\0c", ["abc"], 0, 3),
]

@Suite struct RowsTests {
    @Test("a terminal shows what the bytes say", arguments: shown) func show(_ row: Shown) {
        let terminal = terminal(row.bytes)
        let blank = Array(repeating: "", count: 4 - row.lines.count)
        #expect(terminal.lines == row.lines + blank)
        #expect([terminal.cursor.row, terminal.cursor.column] == row.cursor)
    }

    @Test("the pieces in which bytes come don't matter", arguments: shown) func split(_ row: Shown) {
        let bytes = Array(row.bytes.utf8)
        let whole = Look(terminal(row.bytes))
        for place in bytes.indices {
            var terminal = VirtualTerminal(columns: 10, rows: 4)
            terminal.feed(Array(bytes[..<place]))
            terminal.feed(Array(bytes[place...]))
            #expect(Look(terminal) == whole, "split at \(place)")
        }
    }

    @Test("nor do they with what real programs print", arguments: Recording.all)
    func splitRecording(_ recording: Recording) {
        var bytewise = VirtualTerminal(columns: recording.columns, rows: recording.rows)
        for byte in recording.bytes { bytewise.feed([byte]) }
        #expect(!recording.bytes.isEmpty)
        #expect(Look(bytewise) == Look(recording.terminal()))
    }

    @Test func `bytes that are no UTF-8 become replacement characters`() {
        var terminal = VirtualTerminal(columns: 20, rows: 1)
        terminal.feed([0x61, 0xFF, 0x62, 0xC3, 0x63, 0xE2, 0x94, 0x64, 0xC0, 0x80, 0xED, 0xA0, 0x80, 0x65])
        #expect(terminal.lines == ["a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{FFFD}\u{FFFD}\u{FFFD}e"])
    }

    @Test func `a terminal tells title, bell and prompt`() {
        var shell = terminal("\u{1B}]0;one\u{7}\u{1B}]2;two\u{202E}\u{1B}\\\u{7}\u{7}")
        #expect(shell.title == "two")
        #expect(shell.bells == 2)
        let marks: [(String, PromptMark?)] = [
            ("A", .prompt), ("B", .input), ("C", .output), ("D", .end(nil)), ("D;3;x=y", .end(3)),
            ("Z", .end(3)),
        ]
        for (mark, expected) in marks {
            shell.feed(Array("\u{1B}]133;\(mark)\u{7}".utf8))
            #expect(shell.promptMark == expected)
        }
    }
}
