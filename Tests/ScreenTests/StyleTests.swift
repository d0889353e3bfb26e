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
        // Numbers that are free again when others are forgotten.
        terminal.feed(Array("\u{1B}]8;;file:///gone\u{7}x\u{303}\u{1B}]8;;\u{7}\r".utf8))
        // The first row stays while the others scroll.
        terminal.feed(
            Array("\u{1B}]8;;file:///first\u{7}e\u{301}\u{1B}]8;;\u{7}\r\n\u{1B}[2;3r\u{1B}[3;1H".utf8))
        for number in 0..<9_000 {
            let character = Unicode.Scalar(0x4E00 + UInt32(number)).map(String.init) ?? ""
            terminal.feed(
                Array("\u{1B}]8;;file:///\(number)\u{7}\(character)\u{302}\u{1B}]8;;\u{7}\r\n".utf8))
        }
        #expect(terminal.lines == ["e\u{301}", "\u{7127}\u{302}", ""])
        #expect((0..<2).map { terminal.runs($0).first?.link } == ["file:///first", "file:///8999"])
    }
}
