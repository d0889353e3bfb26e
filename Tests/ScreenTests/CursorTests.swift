import KeeperProtocol
import Screen
import Testing

/// A terminal that keeps no cells has its cursor where one has it that does.
@Suite struct CursorTests {
    private static func place(_ terminal: VirtualTerminal) -> [Int] {
        [terminal.cursor.row, terminal.cursor.column]
    }

    @Test("after each sequence of real programs", arguments: Recording.all)
    func recording(_ recording: Recording) {
        var whole = VirtualTerminal(columns: recording.columns, rows: recording.rows)
        var bare = VirtualTerminal(columns: recording.columns, rows: recording.rows, keepsCells: false)
        var from = 0
        for place in recording.bytes.indices
        where recording.bytes[place] == 0x1B || recording.bytes[place] < 0x20 {
            let piece = Array(recording.bytes[from..<place])
            whole.feed(piece)
            bare.feed(piece)
            #expect(Self.place(whole) == Self.place(bare))
            from = place
        }
        #expect(from > 0)
    }

    @Test func `whatever is printed, and however large the terminal becomes`() {
        var numbers = Dice(seed: 11)
        for _ in 0..<(20 * Scale.factor) {
            let (columns, rows) = (
                Int.random(in: 1...30, using: &numbers), Int.random(in: 1...12, using: &numbers)
            )
            var whole = VirtualTerminal(columns: columns, rows: rows)
            var bare = VirtualTerminal(columns: columns, rows: rows, keepsCells: false)
            for _ in 0..<50 {
                let bytes = FuzzTests.randomBytes(&numbers)
                whole.feed(bytes)
                bare.feed(bytes)
                #expect(Self.place(whole) == Self.place(bare))
                let larger = (whole.columns + 1, whole.rows + 1)
                if Int.random(in: 0..<20, using: &numbers) == 0 {
                    whole.resize(columns: larger.0, rows: larger.1)
                    bare.resize(columns: larger.0, rows: larger.1)
                }
            }
        }
    }

    @Test func `a lower terminal loses the same rows`() {
        for text in [
            "1\r\n2\r\n", "1\r\n2\r\n3\r\n4", "1\r\n2\r\n3\r\n4\u{1B}[2;1H\u{1B}[J", "\u{1B}[3;3Hx\u{1B}[H",
        ] {
            var whole = terminal(text)
            var bare = VirtualTerminal(columns: 10, rows: 4, keepsCells: false)
            bare.feed(Array(text.utf8))
            for rows in [3, 2, 4, 1, 6] {
                whole.resize(columns: 10, rows: rows)
                bare.resize(columns: 10, rows: rows)
                #expect(Self.place(whole) == Self.place(bare), "\(text.debugDescription) \(rows)")
            }
        }
    }
}
