import Glibc
import Screen
import Testing

@Suite struct FuzzTests {
    /// What sequences are made of, so that random bytes are more than text.
    private static let parts: [[UInt8]] =
        [
            "\u{1B}[", "\u{1B}]", "\u{1B}", "\u{1B}P", ";", ":", "?", ">", "8;;", "\u{7}", "\u{1B}\\",
            "99999", "1", "0", "2", "m",
            "H", "r", "J", "K", "L", "M", "P", "@", "X", "S", "T", "b", "h", "l", "1049", "6", "7", "4", "\r",
            "\n", "\t",
            "\u{8}", "漢", "e\u{301}", "👩\u{200D}💻", "\u{301}", "abc", " ", "\u{1B}M", "\u{1B}D", "\u{1B}7",
            "\u{1B}8",
            "\u{1B}c", "\u{1B}(0", "\u{E}", "\u{1B}#8", "\u{1B}H", "\u{1B}[3g", "\u{1B}[Z",
        ].map { Array($0.utf8) } + [[0xFF], [0xC2], [0xE2, 0x94], [0x9B], [0xF0, 0x9F]]

    static func randomBytes(_ numbers: inout Dice) -> [UInt8] {
        (0..<Int.random(in: 1...200, using: &numbers)).flatMap { _ in
            Int.random(in: 0..<10, using: &numbers) == 0
                ? [UInt8.random(in: 0...255, using: &numbers)] : parts.randomElement(using: &numbers) ?? []
        }
    }

    private static func mutated(_ bytes: [UInt8], _ numbers: inout Dice) -> [UInt8] {
        let start = Int.random(in: 0..<bytes.count, using: &numbers)
        var piece = Array(bytes[start...].prefix(Int.random(in: 1...4000, using: &numbers)))
        for _ in 0..<(piece.count / 50 + 1) {
            piece[Int.random(in: 0..<piece.count, using: &numbers)] = UInt8.random(
                in: 0...255, using: &numbers)
        }
        return piece
    }

    /// Kilobytes that this process takes now.
    private static func residentKB() -> Int {
        var usage = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss
    }

    @Test func `no bytes and no sizes break a terminal, or make it large`() {
        var numbers = Dice(seed: 7)
        let before = Self.residentKB()
        for _ in 0..<(12 * Scale.factor) {
            var terminal = VirtualTerminal(
                columns: .random(in: 1...30, using: &numbers), rows: .random(in: 1...12, using: &numbers))
            for _ in 0..<50 {
                let mutates = Bool.random(using: &numbers)
                let bytes =
                    mutates
                    ? Recording.all.randomElement(using: &numbers).map { Self.mutated($0.bytes, &numbers) }
                    : Self.randomBytes(&numbers)
                terminal.feed(bytes ?? [])
                if Int.random(in: 0..<5, using: &numbers) == 0 {
                    terminal.resize(
                        columns: .random(in: 0...40, using: &numbers),
                        rows: .random(in: 0...15, using: &numbers))
                }
                #expect((0..<terminal.rows).contains(terminal.cursor.row))
                #expect((0..<terminal.columns).contains(terminal.cursor.column))
            }
            var copy = VirtualTerminal(columns: terminal.columns, rows: terminal.rows)
            copy.feed(Array(terminal.drawing().utf8))
            #expect(Look(copy) == Look(terminal))
        }
        #expect(Self.residentKB() - before < 65_536)
    }

    @Test func `a longer command than is understood changes nothing`() {
        let long = String(repeating: "x", count: 9000)
        let terminal = terminal("\u{1B}]2;short\u{7}\u{1B}]2;\(long)\u{7}\u{1B}]8;;\(long)\u{7}a")
        #expect(terminal.title == "short")
        #expect(terminal.runs(0).map(\.link) == [nil])
    }

    @Test func `a character holds only so much that combines with it`() {
        let text = terminal("e" + String(repeating: "\u{301}", count: 100)).lines[0]
        #expect(text.unicodeScalars.count == 16)
    }

    @Test(
        "endless things take no memory",
        arguments: ["\u{1B}]2;", "\u{1B}[", "\u{1B}P", "e", "\u{1B}]8;;x", "\u{1B}[?"])
    func endless(_ beginning: String) {
        let before = Self.residentKB()
        var terminal = VirtualTerminal(columns: 80, rows: 24)
        terminal.feed(Array(beginning.utf8))
        let filler = Array(String(repeating: beginning == "e" ? "\u{301}" : "7;", count: 4096).utf8)
        for _ in 0..<(256 * Scale.factor) { terminal.feed(filler) }
        // A string that never ends is given up, and what follows is shown again.
        if ["\u{1B}]2;", "\u{1B}P"].contains(beginning) {
            #expect(terminal.lines.last?.contains("7;7;") == true)
        }
        terminal.feed(Array("\u{18}\u{1B}[H\u{1B}[2Jdone".utf8))
        #expect(terminal.lines[0] == "done")
        #expect(Self.residentKB() - before < 32_768)
    }
}
