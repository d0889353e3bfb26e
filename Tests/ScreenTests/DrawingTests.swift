import Screen
import Testing

@Suite struct DrawingTests {
    /// What leaves the terminal in a state that text can't show.
    private static let states = [
        "", "plain", "\u{1B}[?1;2004h\u{1B}[?1000;1002;1006hx\u{1B}=",
        "\u{1B}[?25l\u{1B}[?5h\u{1B}[4hab\u{1B}[20h",
        "\u{1B}[2;3r\u{1B}[?6h\u{1B}[2;4H\u{1B}[1;38;2;1;2;3mx", "0123456789", "01234567漢",
        "\u{1B}[?7l0123456789",
        "main\u{1B}[1;31m\u{1B}[?1049h\u{1B}[2;2Halt\u{1B}[44m",
        "\u{1B}[>5u\u{1B}[>1u\u{1B}[?1049h\u{1B}[>3u",
        "\u{1B}[3;3H\u{1B}[35m\u{1B}7\u{1B}[Habc\u{1B}[m", "\u{1B}(0lqk", "\u{1B})0\u{E}q",
        "\u{1B}[3g\u{1B}[1;4H\u{1B}H\r",
        "\u{1B}]2;a title\u{7}e\u{301}漢 \u{1B}[41m  \u{1B}[K\r\nx", "a\u{1B}]8;;http://x/y\u{7}b",
        "\u{1B}[4 q\u{1B}[>4;2m",
    ]
    /// What shows whether two terminals are in the same state.
    private static let probe = "X\r\nY\tZ\u{1B}[5;5Hq\u{1B}8W\u{1B}[?1049lV\r\n\n\nU"

    @Test("a terminal that was drawn goes on as the one that it shows", arguments: states)
    func draw(_ state: String) {
        var original = terminal(state)
        // Whatever the other one was left in.
        var copy = terminal(
            "old\u{1B}[?1049h\u{1B}[?1003;1004h\u{1B}[?6h\u{1B}[2;3r\u{1B}[4h\u{1B}[31;1m\u{1B}]2;cut")
        copy.feed(Array(original.drawing().utf8))
        #expect(Look(copy).lines == Look(original).lines)
        #expect(Look(copy).runs == Look(original).runs)
        #expect(Look(copy).cursor == Look(original).cursor)
        #expect(Look(copy).modes == Look(original).modes)
        #expect(copy.drawing() == original.drawing())
        original.feed(Array(Self.probe.utf8))
        copy.feed(Array(Self.probe.utf8))
        #expect(Look(copy).runs == Look(original).runs)
        #expect(Look(copy).cursor == Look(original).cursor)
    }

    @Test("so does one in the middle of what a real program prints", arguments: Recording.all)
    func drawRecording(_ recording: Recording) {
        for place in stride(
            from: 0, to: recording.bytes.count, by: max(1, recording.bytes.count / (20 * Scale.factor)))
        {
            var copy = VirtualTerminal(columns: recording.columns, rows: recording.rows)
            let original = recording.terminal(place)
            copy.feed(Array(original.drawing().utf8))
            #expect(Look(copy) == Look(original), "\(recording.name) at \(place)")
        }
    }

    @Test func `nothing of a program's bytes is drawn but text, title and printable addresses`() {
        let hostile = terminal(
            "\u{1B}]52;c;aGk=\u{7}\u{1B}[c\u{1B}[6n\u{1B}]2;a\u{9B}31mb\u{7}\u{1B}]8;;x\u{7}y\u{1B}P$qm\u{1B}\\\u{5}"
        )
        let drawing = hostile.drawing()
        for forbidden in ["\u{1B}]52", "\u{1B}[c", "6n", "\u{9B}", "\u{1B}P", "\u{5}"] {
            #expect(!drawing.contains(forbidden))
        }
        #expect(drawing.contains("\u{1B}]2;a31mb\u{1B}\\"))
    }

    @Test func `what the keyboard sends and how the cursor looks is drawn, for each screen its own`() {
        let drawing = terminal("\u{1B}[>5u\u{1B}[>1u\u{1B}[?1049h\u{1B}[>3u\u{1B}[4 q\u{1B}[>4;2m").drawing()
        for part in ["\u{1B}[=0u\u{1B}[>5u\u{1B}[>1u", "\u{1B}[=0u\u{1B}[>3u", "\u{1B}[4 q", "\u{1B}[>4;2m"] {
            #expect(drawing.contains(part))
        }
    }

    @Test func `a row with its colours ends plain`() {
        let colored = terminal(
            "a\u{1B}[1;32mb\u{1B}]8;;http://x\u{7}c\u{1B}]8;;\u{7}\u{1B}[0;4:3;38;5;99;48;2;1;2;3md")
        #expect(
            colored.styledLine(0)
                == "a\u{1B}[0;1;32mb\u{1B}]8;;http://x\u{1B}\\\u{1B}[0;1;32mc\u{1B}]8;;\u{1B}\\"
                + "\u{1B}[0;4:3;38;5;99;48;2;1;2;3md\u{1B}[0m")
        #expect(terminal("plain").styledLine(0) == "plain")
    }
}
