import SessionModel
import Testing

@testable import Store

@Suite struct JSON5Tests {
    struct Valid: Sendable, CustomTestStringConvertible {
        let text: String
        let value: JSONValue
        var testDescription: String { text }
        init(_ text: String, _ value: JSONValue) { (self.text, self.value) = (text, value) }
    }

    static let valid: [Valid] = [
        Valid("null", .null), Valid("true", .bool(true)), Valid(" false ", .bool(false)),
        Valid("\u{FEFF}1", .integer(1)), Valid("\u{A0}\u{2028}\u{3000}1", .integer(1)),
        Valid("0", .integer(0)), Valid("-0", .integer(0)), Valid("+7", .integer(7)),
        Valid("-12", .integer(-12)),
        Valid("0x1F", .integer(31)), Valid("-0Xff", .integer(-255)),
        Valid("0xFFFFFFFFFFFFFFFF", .double(1.8446744073709552e19)),
        Valid(".5", .double(0.5)), Valid("5.", .double(5)), Valid("-1.5e3", .double(-1500)),
        Valid("2E+2", .double(200)),
        Valid("9223372036854775807", .integer(.max)),
        Valid("9223372036854775808", .double(9.223372036854775808e18)),
        Valid("Infinity", .double(.infinity)), Valid("-Infinity", .double(-.infinity)),
        Valid(#""a""#, .string("a")), Valid("'a\"b'", .string("a\"b")), Valid(#""it's""#, .string("it's")),
        Valid(#""\b\f\n\r\t\v\0\'\"\\\/\a""#, .string("\u{8}\u{C}\n\r\t\u{B}\0'\"\\/a")),
        Valid(#""\x41\u00e9\uD83D\uDE00""#, .string("Aé😀")),
        Valid("\"a\\\nb\\\r\nc\\\u{2028}d\"", .string("abcd")),
        Valid("\"a\u{2028}b\"", .string("a\u{2028}b")),
        Valid("[]", .array([])), Valid("[1,]", .array([.integer(1)])),
        Valid("[[],{},]", .array([.array([]), .object([:])])),
        Valid(
            "{a:1,$b_2:2,'c':3,\"d\":4,ü:5,}",
            .object([
                "a": .integer(1), "$b_2": .integer(2), "c": .integer(3), "d": .integer(4), "ü": .integer(5),
            ])),
        Valid(#"{\u0061b: 1}"#, .object(["ab": .integer(1)])),
        Valid("{null:1,Infinity:2}", .object(["null": .integer(1), "Infinity": .integer(2)])),
        Valid("/**/{// x\n\"a\"/*y*/:/*z***/1//\r}//", .object(["a": .integer(1)])),
    ]

    @Test("JSON5 is read as its specification says", arguments: valid)
    func reading(_ row: Valid) throws {
        #expect(try JSON5Document(Array(row.text.utf8)).root.json == row.value)
    }

    struct Invalid: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let column: Int
        let key: String?
        let part: String
        var testDescription: String { text }
        init(_ text: String, _ line: Int, _ column: Int, _ key: String?, _ part: String) {
            (self.text, self.line, self.column, self.key, self.part) = (text, line, column, key, part)
        }
    }

    static let invalid: [Invalid] = [
        Invalid("", 1, 1, nil, "no value"), Invalid("\n// only\n", 3, 1, nil, "no value"),
        Invalid("{", 1, 2, nil, "'}' is missing"),
        Invalid("{\n  \"a\": [1,\n  2\n", 4, 1, "a", "']' is missing that closes the '[' of line 2"),
        Invalid("{\n  \"state\": runing\n}", 2, 12, "state", "runing is no value"),
        Invalid("{\"a\": True}", 1, 7, "a", "written true"),
        Invalid("{\"a\": 1\n \"b\": 2}", 2, 2, nil, "',' or '}' is missing before '\"'"),
        Invalid("[1 2]", 1, 4, nil, "',' or ']'"), Invalid("[1,,2]", 1, 4, "[1]", "value is expected"),
        Invalid("{,}", 1, 2, nil, "key is expected"), Invalid("{1: 2}", 1, 2, nil, "key is expected"),
        Invalid("{\"a\" 1}", 1, 6, "a", "':' is missing"),
        Invalid("{\"a\": }", 1, 7, "a", "value is expected"),
        Invalid("{\"a\": 1, \"b\": 2,\n\n 'a': 3}", 3, 2, "a", "twice; it stands in line 1"),
        Invalid("{\"x\": {\"y\": [0, {\"z\": @}]}}", 1, 23, "x.y[1].z", "'@'"),
        Invalid("\"abc", 1, 1, nil, "no end"), Invalid("\"abc\n\"", 1, 1, nil, "no end on its line"),
        Invalid("'\\u12'", 1, 2, nil, "4 hexadecimal"), Invalid("'\\xg0'", 1, 2, nil, "2 hexadecimal"),
        Invalid("'\\uD800'", 1, 2, nil, "surrogate"), Invalid("'\\uDC00'", 1, 2, nil, "surrogate"),
        Invalid("'\\uD800\\u0041'", 1, 2, nil, "surrogate"), Invalid("'\\1'", 1, 2, nil, "no escape"),
        Invalid("'\\01'", 1, 2, nil, "digit"), Invalid("'\\", 1, 2, nil, "backslash"),
        Invalid("01", 1, 1, nil, "begin with 0"), Invalid("1a", 1, 1, nil, "no number"),
        Invalid("0x", 1, 1, nil, "no number"),
        Invalid(".", 1, 1, nil, "no number"), Invalid("1e", 1, 1, nil, "no number"),
        Invalid("+-1", 1, 1, nil, "no number"),
        Invalid("-true", 1, 1, nil, "no number"), Invalid("1.2.3", 1, 1, nil, "no number"),
        Invalid("{} {}", 1, 4, nil, "After the end"), Invalid("{} /* x", 1, 4, nil, "no end"),
        Invalid("{a: /1}", 1, 5, "a", "'/'"),
        Invalid("é😀👨‍👩‍👧\t\"", 1, 1, nil, "no value"), Invalid("[\"é😀👨‍👩‍👧\",\t@]", 1, 9, "[1]", "'@'"),
        Invalid("\u{FEFF}@", 1, 1, nil, "'@'"), Invalid("[1,\r\n2,\r@]", 3, 1, "[2]", "'@'"),
        Invalid("{\"a\": \"\u{0}\"}", 1, 8, nil, "NUL"),
        Invalid("{\"a\\u001b[2J\": 1, b: \u{1B}}", 1, 22, "b", "\\u{1B}"),
    ]

    @Test("what is no JSON5 is told with line, column and key", arguments: invalid)
    func problems(_ row: Invalid) {
        let problem = #expect(throws: FileProblem.self) { try JSON5Document(Array(row.text.utf8)) }
        #expect(problem?.line == row.line)
        #expect(problem?.column == row.column)
        #expect(problem?.key == row.key)
        #expect(problem?.message.contains(row.part) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
    }

    @Test(
        "bytes that are no UTF-8 are told with their place",
        arguments: [
            ([0x22, 0xFF, 0x22], 2), ([0x22, 0xC3, 0xA9, 0xC0, 0x80], 3), ([0x22, 0xED, 0xA0, 0x80], 2),
            ([0x22, 0xF5, 0x80, 0x80, 0x80], 2), ([0x22, 0xE2, 0x82], 2), ([0x22, 0xE0, 0x80, 0x80], 2),
        ] as [([UInt8], Int)])
    func notUTF8(_ bytes: [UInt8], _ column: Int) {
        let problem = #expect(throws: FileProblem.self) { try JSON5Document(bytes) }
        #expect(problem?.column == column)
        #expect(problem?.message.contains("UTF-8") == true)
    }

    @Test func `sixty-four levels are read and sixty-five are not`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSON5Document(nested(64))
        #expect(throws: FileProblem.self) { try JSON5Document(nested(65)) }
        #expect(throws: FileProblem.self) { try JSON5Document(nested(500_000)) }
    }

    @Test func `a file of more than a mebibyte is refused`() throws {
        let text = "\"" + String(repeating: "a", count: JSON5Document.sizeMax - 2) + "\""
        _ = try JSON5Document(Array(text.utf8))
        #expect(throws: FileProblem.self) { try JSON5Document(Array((text + " ").utf8)) }
    }

    @Test(.timeLimit(.minutes(1))) func `no mutation of a file crashes or hangs the reader`() {
        var dice = Dice(seed: 7)
        let seeds =
            JSON5Tests.valid.map { Array($0.text.utf8) } + JSON5Tests.invalid.map { Array($0.text.utf8) }
            + [Array(SessionFile.text(of: SessionSpec()).utf8)]
        let pieces = [
            "{", "}", "[", "]", "\"", "'", "\\", "/*", "*/", "//", "\n", "\r", ",", ":", "\\u", "é", "-",
            "0x", "\0",
        ]
        var understood = 0
        for _ in 0..<5_000 {
            var text = seeds[Int.random(in: 0..<seeds.count, using: &dice)]
            for _ in 0..<Int.random(in: 1...6, using: &dice) {
                let at = Int.random(in: 0...text.count, using: &dice)
                switch Int.random(in: 0..<4, using: &dice) {
                case 0: text.insert(UInt8.random(in: 0...255, using: &dice), at: at)
                case 1:
                    text.insert(
                        contentsOf: pieces.randomElement(using: &dice).map { Array($0.utf8) } ?? [], at: at)
                case 2: text.removeSubrange(at..<min(text.count, at + Int.random(in: 0...4, using: &dice)))
                default: if at < text.count { text[at] = UInt8.random(in: 0...255, using: &dice) }
                }
            }
            if (try? SessionFile.parse(text, defaults: SessionSpec())) != nil { understood += 1 }
            _ = try? SessionFile.setting(["state"], to: .string("paused"), in: text)
            _ = try? ConfigFile.parse(text)
        }
        #expect(understood > 0 && understood < 5_000)
    }
}
