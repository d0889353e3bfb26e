import Testing

@testable import Commands

struct WidthRow: Sendable {
    let text: String
    let cells: Int
    init(_ text: String, _ cells: Int) { (self.text, self.cells) = (text, cells) }
}

@Test(
    "a text is as wide as a terminal draws it",
    arguments: [
        WidthRow("", 0), WidthRow("abc", 3), WidthRow("é", 1), WidthRow("e\u{301}", 1), WidthRow("日本", 4),
        WidthRow("한", 2), WidthRow("ｆｕ", 4), WidthRow("😀", 2), WidthRow("👩‍👩‍👧", 2), WidthRow("❤️", 2),
        WidthRow("❤", 1), WidthRow("a\u{200D}b", 2), WidthRow("…", 1), WidthRow("─", 1),
    ])
func width(_ row: WidthRow) { #expect(DisplayWidth.of(row.text) == row.cells) }

struct ShortRow: Sendable {
    let text: String
    let cells: Int
    let short: String
    init(_ text: String, _ cells: Int, _ short: String) {
        (self.text, self.cells, self.short) = (text, cells, short)
    }
}

@Test(
    "a shortened text never takes more cells than it may",
    arguments: [
        ShortRow("abcdef", 6, "abcdef"), ShortRow("abcdef", 5, "abcd…"), ShortRow("abcdef", 1, "…"),
        ShortRow("abcdef", 0, ""), ShortRow("日本語", 5, "日本…"), ShortRow("日本語", 4, "日…"), ShortRow("", 3, ""),
    ])
func shortening(_ row: ShortRow) {
    let short = DisplayWidth.shortened(row.text, to: row.cells)
    #expect(short == row.short)
    #expect(DisplayWidth.of(short) <= row.cells)
}

struct TableTests {
    private func table(_ note: String = "waits") -> Table {
        var table = Table([
            .init("NAME", least: 4), .init("AGE", least: 3, right: true, droppable: 2),
            .init("NOTE", least: 5, droppable: 3), .init("BRANCH", least: 6, droppable: 1),
        ])
        table.add(["fix-login", "5m", .init(note), "claudia-session/fix-login"])
        table.add(["b", "12h", "", "x"])
        return table
    }

    @Test func `without a terminal every cell is whole and no line ends in spaces`() {
        #expect(
            table().lines(width: nil, colours: false) == [
                "NAME       AGE  NOTE   BRANCH", "fix-login   5m  waits  claudia-session/fix-login",
                "b          12h         x",
            ])
    }

    @Test func `the widest column gives way first`() {
        #expect(
            table().lines(width: 40, colours: false) == [
                "NAME       AGE  NOTE   BRANCH", "fix-login   5m  waits  claudia-session/…",
                "b          12h         x",
            ])
    }

    @Test func `columns are left out by rank when even their least widths don't fit`() {
        #expect(
            table().lines(width: 15, colours: false) == ["NAME  AGE  NOTE", "fix…   5m  wai…", "b     12h"]
                || table().lines(width: 15, colours: false).allSatisfy { DisplayWidth.of($0) <= 15 })
        #expect(!table().lines(width: 15, colours: false)[0].contains("BRANCH"))
        #expect(table().lines(width: 6, colours: false) == ["NAME", "fix-l…", "b"])
    }

    @Test(arguments: 1...60) func `no line is wider than the terminal`(width: Int) {
        for line in table("日本語のテキスト ❤️ and more").lines(width: width, colours: false) {
            #expect(DisplayWidth.of(line) <= width)
        }
    }

    @Test func `a column that says nothing is not shown`() {
        var table = Table([.init("NAME"), .init("NOTE", droppable: 1)])
        table.add(["a", ""])
        #expect(table.lines(width: nil, colours: false) == ["NAME", "a"])
    }

    @Test func `what a stranger wrote can't leave its cell`() {
        var table = Table([.init("NAME"), .init("NOTE")])
        table.add(["a", "x\u{1B}[2Jy\nz\u{202E}w"])
        #expect(table.lines(width: nil, colours: false)[1] == "a     x\\u{1B}[2Jy\\nz\\u{202E}w")
    }

    @Test func `colours surround cells and don't move them`() {
        var table = Table([.init("NAME"), .init("N", right: true)])
        table.add([.init("a", .green), .init("1", .red)])
        table.add([.init("long", .green), .init("22", .red)])
        let plain = table.lines(width: nil, colours: false)
        let coloured = table.lines(width: nil, colours: true)
        #expect(plain == ["NAME   N", "a      1", "long  22"])
        #expect(coloured[1] == "\u{1B}[32ma\u{1B}[m      \u{1B}[31m1\u{1B}[m")
    }
}

struct EnvironmentRow: Sendable {
    let variables: [String: String]
    let colours: Bool
}

@Test(
    "colours follow NO_COLOR and TERM",
    arguments: [
        EnvironmentRow(variables: ["TERM": "xterm"], colours: true),
        EnvironmentRow(variables: ["TERM": "dumb"], colours: false),
        EnvironmentRow(variables: [:], colours: false),
        EnvironmentRow(variables: ["TERM": "xterm", "NO_COLOR": "1"], colours: false),
        EnvironmentRow(variables: ["TERM": "xterm", "NO_COLOR": ""], colours: true),
    ])
func colours(_ row: EnvironmentRow) { #expect(Console.wantsColours(row.variables) == row.colours) }

struct WordingTests {
    @Test(arguments: [
        (0 as Int64, "0 B"), (999, "999 B"), (1000, "1 kB"), (1_500, "1.5 kB"), (12_345, "12 kB"),
        (999_949, "1 MB"),
        (3_400_000, "3.4 MB"), (83_000_000_000, "83 GB"), (5_000_000_000_000_000, "5000 TB"),
    ])
    func `bytes have at most one decimal`(count: Int64, words: String) {
        #expect(Wording.bytes(count) == words)
    }

    @Test(arguments: [
        (-5 as Int64, "0s"), (59_999, "59s"), (60_000, "1m"), (3_599_999, "59m"), (3_600_000, "1h"),
        (86_400_000, "1d"), (864_000_000, "10d"),
    ])
    func `an age is told in its biggest unit`(ms: Int64, words: String) {
        #expect(Wording.age(ms: ms) == words)
    }

    @Test(arguments: [
        ("30d", 2_592_000_000 as Int64?), ("0d", 0), ("12h", 43_200_000), ("90m", 5_400_000),
        ("2w", 1_209_600_000),
        ("45s", 45_000), ("d", nil), ("", nil), ("5", nil), ("-1d", nil), ("1.5h", nil),
        ("9223372036854775807w", nil),
    ])
    func `a duration is a number and a unit`(text: String, ms: Int64?) {
        #expect(Wording.durationMs(text) == ms)
    }
}
