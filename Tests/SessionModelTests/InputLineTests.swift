import SessionModel
import Testing

@Suite struct InputLineTests {
    @Test(arguments: [
        ("yes", InputLine.text(Array("yes".utf8))),
        ("", .text([])),
        ("  two  ", .text(Array("  two  ".utf8))),
        ("dos\r", .text(Array("dos".utf8))),
        ("{ echo a; }", .text(Array("{ echo a; }".utf8))),
        ("{\"other\": 1}", .text(Array("{\"other\": 1}".utf8))),
        ("\"a\\nb\"", .paste(Array("a\nb".utf8))),
        ("\"\"", .paste([])),
        ("\"\\u00e4\\ud83d\\ude00\\t\\\\\\\"\" ", .paste(Array("ä😀\t\\\"".utf8))),
        ("{\"keys\": []}", .keys([])),
        (" {\"keys\": []}", .text(Array(" {\"keys\": []}".utf8))),
    ])
    func `a line is what its beginning says`(_ line: String, _ expected: InputLine) throws {
        #expect(try InputLine(line.utf8) == expected)
    }

    @Test func `keys are read with blanks anywhere`() throws {
        let keys = ["Escape", "C-c"].compactMap { KeyName($0) }
        #expect(try InputLine(#"{ "keys" : [ "Escape" , "C-c" ] }"#.utf8) == .keys(keys))
    }

    @Test func `an answer is a text, or a list that stays one`() throws {
        #expect(try InputLine(#"{"answer": "yes", "to": "5"}"#.utf8) == .answer("yes", to: "5"))
        #expect(
            try InputLine(#"{"answer": [ "A, b", "\u0043"], "to": "5"}"#.utf8)
                == .answer(#"[ "A, b", "\u0043"]"#, to: "5"))
        #expect(try InputLine(#"{"answer": [], "to": "5"}"#.utf8) == .answer("[]", to: "5"))
    }

    @Test(arguments: [
        "\"open", "\"a\" b", "\"\\x\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\u12\"", "\"\u{1}\"",
        "{\"keys\": [\"Nokey\"]}", "{\"keys\": \"Enter\"}", "{\"keys\": [\"Enter\"]",
        "{\"keys\": [\"Enter\",]}",
        "{\"answer\": [1], \"to\": \"5\"}", "{\"answer\": [\"a\", \"to\": \"5\"}",
        "{\"keys\": [1]}", "{\"keys\": [\"a\"]} x",
    ])
    func `a line that can't be understood is told of`(_ line: String) {
        #expect(throws: InputLine.Problem.self) { try InputLine(line.utf8) }
    }

    @Test func `bytes that are no UTF-8 are typed as they are`() throws {
        #expect(try InputLine([0xFF, 0x20]) == .text([0xFF, 0x20]))
        #expect(throws: InputLine.Problem.self) { try InputLine([0x22, 0xFF, 0x22]) }
    }
}

@Suite struct KeyNameTests {
    @Test(arguments: [
        ("Enter", "\r"), ("Escape", "\u{1B}"), ("Space", " "), ("Tab", "\t"), ("BTab", "\u{1B}[Z"),
        ("S-Tab", "\u{1B}[Z"), ("BSpace", "\u{7F}"), ("x", "x"), ("ä", "ä"), ("-", "-"), ("C--", "\u{1F}"),
        ("C-c", "\u{3}"), ("^c", "\u{3}"), ("c-C", "\u{3}"), ("C-Space", "\0"), ("C-\\", "\u{1C}"),
        ("C-?", "\u{7F}"),
        ("C-[", "\u{1B}"), ("C-2", "\0"), ("C-8", "\u{7F}"), ("M-x", "\u{1B}x"), ("M-Enter", "\u{1B}\r"),
        ("C-M-x", "\u{1B}\u{18}"), ("S-a", "A"), ("^", "^"), ("Up", "\u{1B}[A"), ("Left", "\u{1B}[D"),
        ("S-Up", "\u{1B}[1;2A"), ("C-Right", "\u{1B}[1;5C"), ("M-S-Down", "\u{1B}[1;4B"),
        ("Home", "\u{1B}[H"),
        ("End", "\u{1B}[F"), ("IC", "\u{1B}[2~"), ("DC", "\u{1B}[3~"), ("PPage", "\u{1B}[5~"),
        ("PgDn", "\u{1B}[6~"),
        ("C-DC", "\u{1B}[3;5~"), ("F1", "\u{1B}OP"), ("F4", "\u{1B}OS"), ("F5", "\u{1B}[15~"),
        ("F6", "\u{1B}[17~"),
        ("F10", "\u{1B}[21~"), ("F11", "\u{1B}[23~"), ("F12", "\u{1B}[24~"), ("S-F1", "\u{1B}[1;2P"),
        ("kp5", "5"),
    ])
    func `a key sends what an xterm sends`(_ name: String, _ bytes: String) throws {
        #expect(try #require(KeyName(name)).bytes(applicationCursor: false) == Array(bytes.utf8))
    }

    @Test(arguments: [("Up", "\u{1B}OA"), ("Home", "\u{1B}OH"), ("C-Up", "\u{1B}[1;5A"), ("F1", "\u{1B}OP")])
    func `cursor keys follow the application's mode`(_ name: String, _ bytes: String) throws {
        #expect(try #require(KeyName(name)).bytes(applicationCursor: true) == Array(bytes.utf8))
    }

    @Test(arguments: ["", "Nokey", "F0", "F13", "F01", "X-a", "C-é", "C-;", "ab", "Mouse"])
    func `there is no such key`(_ name: String) { #expect(KeyName(name) == nil) }
}
