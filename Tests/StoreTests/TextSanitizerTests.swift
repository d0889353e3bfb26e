import Store
import Testing

@Suite struct TextSanitizerTests {
    static let rows: [(String, String)] = [
        ("plain\n", "plain\n"), ("a\r\nb\r\n", "a\nb\n"), ("no end", "no end"), ("é😀\n", "é😀\n"),
        ("\u{1B}[1;31mred\u{1B}[0m\n", "red\n"),
        ("\u{1B}]0;title\u{7}x\u{1B}]8;;http://a\u{1B}\\y\n", "xy\n"),
        ("\u{1B}P+q544e\u{1B}\\a\u{1B}_x\u{1B}\\b\u{1B}^y\u{1B}\\c\n", "abc\n"),
        ("\u{1B}(Ba\u{1B}=b\u{1B}7c\n", "abc\n"),
        (" 10%\r 50%\r100%\n", "100%\n"), ("long text\rab\n", "abng text\n"),
        ("long text\rab\u{1B}[K\n", "ab\n"),
        ("old\u{1B}[2K\rnew\n", "new\n"), ("ab\u{8}\u{8}xy\n", "xy\n"), ("a\u{1B}[3Cb\n", "a   b\n"),
        ("a\u{1B}[5Gb\n", "a   b\n"),
        ("one\u{1B}[5;1Htwo\u{1B}[Jthree\n", "one\ntwo\nthree\n"), ("a\tb\n", "a\tb\n"),
        ("bell\u{7}\u{0}\u{E}\n", "bell\n"),
        ("\u{202E}evil\n", "\\u{202E}evil\n"), ("\u{9B}2J\n", "\\u{9B}2J\n"),
        ("\u{1B}]0;no end\nnext\n", "\nnext\n"),
        ("\u{1B}[?2004h\u{1B}[38;2;1;2;3mx\u{1B}[>4;1m\n", "x\n"), ("a\u{1B}\u{1B}[1mb\n", "ab\n"),
        ("trailing   \n", "trailing\n"),
        ("\u{1B}[99999999999999Cx\n", String(repeating: " ", count: 1000) + "x\n"),
    ]

    @Test("a terminal's output becomes plain lines", arguments: rows)
    func plain(_ bytes: String, _ text: String) {
        var sanitizer = TextSanitizer()
        #expect(sanitizer.feed(bytes.utf8) + sanitizer.finish() == text)
    }

    @Test("output may come in any pieces", arguments: rows)
    func pieces(_ bytes: String, _ text: String) {
        var sanitizer = TextSanitizer()
        var result = ""
        for byte in bytes.utf8 { result += sanitizer.feed([byte]) }
        #expect(result + sanitizer.finish() == text)
    }

    @Test(
        "bytes that are no UTF-8 are shown as such",
        arguments: [
            ([0x61, 0xFF, 0x62, 0x0A], "a\u{FFFD}b\n"), ([0xE2, 0x82, 0x0A], "\u{FFFD}\n"),
            ([0xE2, 0x82], "\u{FFFD}"), ([0x80, 0x41], "\u{FFFD}A"), ([0xC3, 0xC3, 0xA9], "\u{FFFD}é"),
        ] as [([UInt8], String)])
    func broken(_ bytes: [UInt8], _ text: String) {
        var sanitizer = TextSanitizer()
        #expect(sanitizer.feed(bytes) + sanitizer.finish() == text)
    }

    @Test func `nothing that a terminal would obey comes through, whatever comes in`() {
        var dice = Dice(seed: 3)
        let pieces = [
            "\u{1B}[", "\u{1B}]", "\u{1B}P", "\u{1B}", "\u{9B}", "\u{7}", "\\", "52;c;x", "é", "\r", "\n",
            "31m", "\u{202E}",
        ]
        for _ in 0..<2_000 {
            var bytes: [UInt8] = []
            for _ in 0..<20 {
                bytes += pieces.randomElement(using: &dice).map { Array($0.utf8) } ?? []
                bytes.append(UInt8.random(in: 0...255, using: &dice))
            }
            var sanitizer = TextSanitizer()
            let text = sanitizer.feed(bytes) + sanitizer.finish()
            let isSafe = text.unicodeScalars.allSatisfy { scalar in
                scalar == "\n" || scalar == "\t"
                    || scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value)
                        && !(0x202A...0x202E).contains(scalar.value)
            }
            #expect(isSafe, "\(bytes)")
        }
    }

    @Test func `a text without an end keeps memory bounded`() {
        var sanitizer = TextSanitizer()
        var lines = 0
        for _ in 0..<4 { lines += sanitizer.feed(repeatElement(0x61, count: 65_536)).count { $0 == "\n" } }
        #expect(lines == 3)
    }

    @Test func `a line of plain text shows what would act`() {
        #expect(
            PlainText.line("a\nb\t\u{1B}[2J\u{202E}é\u{9B}\u{7F}")
                == "a\\nb\\t\\u{1B}[2J\\u{202E}é\\u{9B}\\u{7F}")
        #expect(PlainText.lines("a\nb\t\r\u{1B}") == "a\nb\t\\r\\u{1B}")
    }
}
