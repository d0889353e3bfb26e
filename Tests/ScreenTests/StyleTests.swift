import Screen
import Testing

@Suite struct StyleTests {
    private static func style(_ change: (inout CellStyle) -> Void) -> CellStyle {
        var style = CellStyle()
        change(&style)
        return style
    }

    /// Parameters of SGR, and what they make of plain text.
    private static let rows: [(String, CellStyle)] = [
        ("", CellStyle()), ("1", style { $0.attributes = .bold }), ("2", style { $0.attributes = .dim }),
        ("1;2;22", CellStyle()), ("3;9", style { $0.attributes = [.italic, .strike] }),
        ("7;8;5;53", style { $0.attributes = [.inverse, .hidden, .blink, .overline] }),
        ("7;8;5;53;3;9;4;27;28;25;55;23;29;24", CellStyle()),
        ("4", style { $0.underline = .single }), ("4:3", style { $0.underline = .curly }),
        ("4:0", CellStyle()), ("21", style { $0.underline = .double }),
        ("4:9", style { $0.underline = .single }),
        ("31", style { $0.foreground = .indexed(1) }), ("97", style { $0.foreground = .indexed(15) }),
        ("44;39", style { $0.background = .indexed(4) }), ("102", style { $0.background = .indexed(10) }),
        ("38;5;200;1", style { ($0.foreground, $0.attributes) = (.indexed(200), .bold) }),
        ("38:5:200;1", style { ($0.foreground, $0.attributes) = (.indexed(200), .bold) }),
        ("48;2;1;2;3;1", style { ($0.background, $0.attributes) = (.rgb(1, 2, 3), .bold) }),
        ("48:2:1:2:3;1", style { ($0.background, $0.attributes) = (.rgb(1, 2, 3), .bold) }),
        ("48:2::1:2:3;1", style { ($0.background, $0.attributes) = (.rgb(1, 2, 3), .bold) }),
        ("58;2;9;9;9;1", style { $0.attributes = .bold }), ("58:5:9;1", style { $0.attributes = .bold }),
        ("38;5", CellStyle()), ("38;2;1", CellStyle()), ("38", CellStyle()),
        ("38;9;1", style { $0.attributes = .bold }),
        ("31;0", CellStyle()), ("31;;1", style { $0.attributes = .bold }), ("99999999999", CellStyle()),
    ]

    @Test("SGR gives text its look", arguments: rows.indices) func sgr(_ index: Int) {
        let (parameters, style) = Self.rows[index]
        #expect(terminal("\u{1B}[\(parameters)mx").runs(0).first?.style == style, "\(parameters)")
    }

    @Test func `erased cells keep the background and nothing else`() {
        let row = terminal("\u{1B}[1;31;44mab\u{1B}[K").runs(0)
        #expect(row.map(\.text) == ["ab", "        "])
        #expect(row.last?.style == Self.style { $0.background = .indexed(4) })
    }

    @Test func `links belong to the text between their ends`() {
        let row = terminal("a\u{1B}]8;id=1;http://x/y\u{7}bc\u{1B}[1md\u{1B}]8;;\u{1B}\\e").runs(0)
        #expect(row.map(\.text) == ["a", "bc", "d", "e"])
        #expect(row.map(\.link) == [nil, "http://x/y", "http://x/y", nil])
    }

    @Test func `an address with what isn't printable is no link`() {
        #expect(terminal("\u{1B}]8;;http://x/\u{202E}y\u{7}a").runs(0).first?.link == nil)
    }

    @Test func `more links and combined characters than are held are forgotten only when off the screen`() {
        var terminal = VirtualTerminal(columns: 40, rows: 3)
        for number in 0..<10_000 {
            terminal.feed(Array("\u{1B}]8;;file:///\(number)\u{7}e\u{301}\u{1B}]8;;\u{7}\r\n".utf8))
            let mark = Unicode.Scalar(0x300 + UInt32(number % 100)).map { "a\($0)\u{302}" } ?? ""
            terminal.feed(Array("\(number) \(mark)\u{303}\r\n".utf8))
        }
        #expect(terminal.runs(0).first?.link == "file:///9999")
        #expect(terminal.lines[0] == "e\u{301}")
        #expect(terminal.lines[1] == "9999 a\u{363}\u{302}\u{303}")
    }
}
