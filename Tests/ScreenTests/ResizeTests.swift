import Screen
import SessionModel
import Testing

@Suite struct ResizeTests {
    private static let four = "1\r\n2\r\n3\r\n4"

    private static func resized(_ text: String, _ sizes: [(Int, Int)]) -> (lines: [String], cursor: [Int]) {
        var terminal = terminal(text)
        for (columns, rows) in sizes { terminal.resize(columns: columns, rows: rows) }
        return (terminal.lines, [terminal.cursor.row, terminal.cursor.column])
    }

    @Test func `a lower screen loses the empty rows below the cursor first, then those at the top`() {
        let empty = Self.resized("1\r\n2\r\n", [(10, 3), (10, 2)])
        #expect(empty.lines == ["2", ""])
        #expect(empty.cursor == [1, 0])
        let above = Self.resized(Self.four + "\u{1B}[2;1H", [(10, 2)])
        #expect(above.lines == ["2", "3"])
        #expect(above.cursor == [0, 0])
        let below = Self.resized(Self.four, [(10, 2)])
        #expect(below.lines == ["3", "4"])
        #expect(below.cursor == [1, 1])
    }

    @Test func `a taller screen shows again what it lost`() {
        let back = Self.resized(Self.four, [(10, 2), (10, 4)])
        #expect(back.lines == ["1", "2", "3", "4"])
        #expect(back.cursor == [3, 1])
    }

    @Test(
        "a size that changes for a moment changes nothing",
        arguments: ["0\r\n" + four, "x", four + "\u{1B}[3;2H"])
    func moment(_ text: String) {
        let before = Look(terminal(text))
        var resized = terminal(text)
        for rows in [3, 4, 6, 4] { resized.resize(columns: 10, rows: rows) }
        #expect(Look(resized) == before)
    }

    @Test func `a narrower screen cuts lines, wide characters whole`() {
        #expect(Self.resized("abc漢字", [(6, 4), (10, 4)]).lines[0] == "abc漢")
    }

    @Test func `the alternate screen changes size and so does the one behind it`() {
        var terminal = terminal(Self.four + "\u{1B}[?1049hx")
        terminal.resize(columns: 8, rows: 2)
        #expect(terminal.lines.contains("x") == false || terminal.isAlternate)
        terminal.feed(Array("\u{1B}[?1049l".utf8))
        #expect(terminal.lines == ["3", "4"])
        #expect([terminal.cursor.row, terminal.cursor.column] == [1, 1])
    }

    @Test func `margins go with the size`() {
        var terminal = terminal(Self.four + "\u{1B}[2;3r")
        terminal.resize(columns: 10, rows: 3)
        terminal.feed(Array("\u{1B}[3;1Hx\r\ny".utf8))
        #expect(terminal.lines == ["2", "x", "y"])
    }

    @Test func `margins and a saved cursor that the size leaves no room for do no harm`() {
        var terminal = VirtualTerminal(columns: 80, rows: 24)
        terminal.feed(Array("\u{1B}[20;24r\u{1B}[24;80H\u{1B}7".utf8))
        terminal.resize(columns: 2, rows: 1)
        terminal.feed(Array("\u{1B}8x\n\n\u{1B}[5S\u{1B}[3L\u{1B}[4M\u{1B}[9T漢".utf8))
        #expect(terminal.rows == 1)
        terminal.resize(columns: 0, rows: 0)
        terminal.feed(Array("漢a\u{1B}[b\u{1B}[@\u{1B}[P\tb".utf8))
        #expect(terminal.lines == ["b"])
        terminal.resize(columns: 1_000_000, rows: 1_000_000)
        #expect(terminal.columns == VirtualTerminal.columnsMax)
        #expect(terminal.rows == VirtualTerminal.rowsMax)
    }

    // MARK: The fold

    @Test func `a fold changes the size at the very byte`() {
        let sizes = [
            SizeChange(offset: 0, columns: 4, rows: 2), SizeChange(offset: 6, columns: 8, rows: 2),
            SizeChange(offset: 10, columns: 3, rows: 1),
        ]
        let bytes = Array("abcdefghij".utf8)
        for place in bytes.indices {
            var fold = ScreenFold(from: 0, sizes: sizes, columns: 120, rows: 40)
            fold.feed(Array(bytes[..<place]))
            fold.feed(Array(bytes[place...]))
            #expect(fold.terminal.lines == ["efg"])
            #expect(fold.offset == 10)
        }
    }

    @Test func `a fold that begins late begins with a whole line or sequence, in the size of then`() {
        let sizes = [
            SizeChange(offset: 0, columns: 4, rows: 2), SizeChange(offset: 90, columns: 30, rows: 3),
        ]
        var fold = ScreenFold(from: 100, sizes: sizes, columns: 120, rows: 40)
        fold.feed(Array("8;5;3mrest".utf8))
        fold.feed(Array(" of it\nwhole\r\n\u{1B}[1mline".utf8))
        #expect(fold.terminal.lines == ["whole", "line", ""])
        fold.take([SizeChange(offset: fold.offset, columns: 2, rows: 1)])
        #expect(fold.terminal.columns == 2)
        #expect(ScreenFold(from: 0, sizes: [], columns: 120, rows: 40).terminal.columns == 120)
    }
}
