import SessionModel
import Testing

@testable import Store

@Suite struct SettingTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let before: String
        let path: [String]
        let value: JSONValue
        let after: String
        var testDescription: String { "\(path.joined(separator: ".")) in \(before)" }
        init(_ before: String, _ path: String, _ value: JSONValue, _ after: String) {
            (self.before, self.path, self.value, self.after) = (
                before, path.split(separator: ".").map(String.init), value, after
            )
        }
    }

    static let rows: [Row] = [
        Row(
            "{ \"state\" : 'running' , // on\n}", "state", .string("paused"),
            "{ \"state\" : \"paused\" , // on\n}"),
        Row("{state:'paused'}", "state", .string("paused"), "{state:'paused'}"),
        Row("{\n  \"a\": 1\n}\n", "b", .bool(true), "{\n  \"a\": 1,\n  \"b\": true\n}\n"),
        Row("{\n\t\"a\": 1,\n}\n", "b", .bool(true), "{\n\t\"a\": 1,\n\t\"b\": true,\n}\n"),
        Row(
            "{\n  \"a\": 1 // one\n  // end\n}", "b", .null,
            "{\n  \"a\": 1, // one\n  // end\n  \"b\": null\n}"),
        Row(
            "{\r\n    a: 1 /* x */\r\n}\r\n", "b", .integer(2),
            "{\r\n    a: 1, /* x */\r\n    b: 2\r\n}\r\n"),
        Row("{\"a\":1,\"c\":2}", "b", .integer(2), "{\"a\":1,\"c\":2,\"b\":2}"),
        Row("{\"a\":1}", "b", .integer(2), "{\"a\":1,\"b\":2}"),
        Row("{\"a\": 1}", "b", .integer(2), "{\"a\": 1, \"b\": 2}"),
        Row("{ 'a': 1, }", "b", .integer(2), "{ 'a': 1, 'b': 2, }"),
        Row("{ \"a\": 1 /* c */ }", "b", .integer(2), "{ \"a\": 1, /* c */ \"b\": 2 }"),
        Row("{ \"a\": 1,\n  \"c\": 2 }", "b", .integer(2), "{ \"a\": 1,\n  \"c\": 2, \"b\": 2 }"),
        Row("{a: 1}", "b c", .integer(2), "{a: 1, \"b c\": 2}"),
        Row("{}", "a", .integer(1), "{\n  \"a\": 1\n}"), Row("", "a", .integer(1), "{\n  \"a\": 1\n}\n"),
        Row("\u{FEFF} \n", "a", .integer(1), "\u{FEFF}{\n  \"a\": 1\n}\n"),
        Row("{\n}\n", "a", .integer(1), "{\n  \"a\": 1\n}\n"),
        Row("{\n  // c\n}", "a", .integer(1), "{\n  // c\n  \"a\": 1\n}"),
        Row("{/* c */}", "a", .integer(1), "{/* c */ \"a\": 1}"),
        Row("{\"e\": {}}", "e.K", .string("V"), "{\"e\": {\"K\": \"V\"}}"),
        Row("{\"e\": { }}", "e.K", .string("V"), "{\"e\": { \"K\": \"V\" }}"),
        Row(
            "{\"e\": {\n    \"A\": \"1\"\n  }\n}", "e.K", .string("V"),
            "{\"e\": {\n    \"A\": \"1\",\n    \"K\": \"V\"\n  }\n}"),
        Row("{\"e\": {\"K\": \"old\", \"L\": 1}}", "e.K", .string("V"), "{\"e\": {\"K\": \"V\", \"L\": 1}}"),
        Row("{\"e\": null}", "e.K", .string("V"), "{\"e\": {\"K\": \"V\"}}"),
        Row("{\"a\": 1}", "e.K", .string("V"), "{\"a\": 1, \"e\": {\"K\": \"V\"}}"),
        Row("{\"e\": [\"K=old\", 'L=1',]}", "e.K", .string("V"), "{\"e\": [\"K=V\", 'L=1',]}"),
        Row("{\"e\": ['L=1',]}", "e.K", .string("V"), "{\"e\": ['L=1', \"K=V\",]}"),
        Row("{\"e\": [['K', 'old']]}", "e.K", .string("V"), "{\"e\": [['K', \"V\"]]}"),
        Row("{\"e\": [['L', '1']]}", "e.K", .string("V"), "{\"e\": [['L', '1'], [\"K\", \"V\"]]}"),
        Row("{\"e\": []}", "e.K", .string("V"), "{\"e\": [\"K=V\"]}"),
    ]

    @Test("a set value takes the place of the old, or the end in the file's style", arguments: rows)
    func setting(_ row: Row) throws {
        let after = try SessionFile.setting(row.path, to: row.value, in: Array(row.before.utf8))
        #expect(String(decoding: after, as: UTF8.self) == row.after)
    }

    @Test("what is no object can't be edited", arguments: ["[]", "5", "{", "{\"e\": 5}", "{a: 1, a: 2}"])
    func refusing(_ text: String) {
        #expect(throws: FileProblem.self) {
            try SessionFile.setting(["e", "K"], to: .null, in: Array(text.utf8))
        }
    }

    @Test func `setting any key of oddly written files changes that value and no other byte`() throws {
        var dice = Dice(seed: 11)
        let values: [JSONValue] = [
            .null, .bool(true), .integer(-5), .string("x \"y\" \\ é\n"), .array([]), .object([:]),
            .array([.string("a"), .integer(1)]),
            .array(Array(repeating: .string("quite a long text in here"), count: 9)),
            .object(["K": .string("V")]),
        ]
        for _ in 0..<1_500 {
            let keys = ["state", "prompts", "agent", "base", "é"].shuffled(using: &dice).prefix(
                Int.random(in: 0...5, using: &dice))
            let before = OddText.object(Array(keys), values, &dice)
            let key = (Array(keys) + ["restart"]).randomElement(using: &dice) ?? "state"
            let value = values.randomElement(using: &dice) ?? .null
            let old = try JSON5Document(before)
            let after = try SessionFile.setting([key], to: value, in: before)
            let new = try JSON5Document(after)
            let shown = "\(key) in \(String(decoding: before, as: UTF8.self))"
            #expect(new.root[key]?.json == value, "\(shown)")
            for other in keys where other != key {
                #expect(new.root[other]?.json == old.root[other]?.json, "\(shown)")
            }
            if let node = old.root[key] {
                #expect(after.starts(with: before[..<node.range.lowerBound]), "\(shown)")
                #expect(
                    after.reversed().starts(with: before[node.range.upperBound...].reversed()), "\(shown)")
            } else {
                #expect(isSubsequence(before, of: after), "\(shown)")
            }
        }
    }

    /// Whether `part` is `whole` with some bytes taken out.
    private func isSubsequence(_ part: [UInt8], of whole: [UInt8]) -> Bool {
        var rest = part[...]
        for byte in whole where byte == rest.first { rest.removeFirst() }
        return rest.isEmpty
    }
}

/// JSON5 with blanks, comments and quotes as somebody may have typed them.
enum OddText {
    static func object(_ keys: [String], _ values: [JSONValue], _ dice: inout Dice) -> [UInt8] {
        var text = blank(&dice) + "{" + blank(&dice)
        for (index, key) in keys.enumerated() {
            let quoted = ["\"\(key)\"", "'\(key)'", key].randomElement(using: &dice) ?? key
            let value = JSONText.text(values.randomElement(using: &dice) ?? .null)
            text += quoted + blank(&dice) + ":" + blank(&dice) + value + blank(&dice)
            if index < keys.count - 1 || Bool.random(using: &dice) { text += "," + blank(&dice) }
        }
        return Array((text + "}" + blank(&dice)).utf8)
    }

    private static func blank(_ dice: inout Dice) -> String {
        let blanks = [
            "", "", "", " ", "\n", "\n    ", "\t", "\r\n  ", " // c, }\n", "/* { */", " /*\n*/ ", "\u{A0}",
        ]
        return blanks.randomElement(using: &dice) ?? ""
    }
}

@Suite struct AssigningTests {
    @Test(
        "an assignment is understood as the key wants it",
        arguments: [
            ("state=paused", "\"state\": \"paused\""), ("state='paused'", "\"state\": \"paused\""),
            ("branch=123", "\"branch\": \"123\""), ("branch=null", "\"branch\": null"),
            ("branch=a=b", "\"branch\": \"a=b\""),
            ("auto_yes=true", "\"auto_yes\": true"), ("max_output_buffer=500", "\"max_output_buffer\": 500"),
            ("prompts=[\"a\", 'b']", "\"prompts\": [\"a\", \"b\"]"),
            ("prompts+=go on", "\"prompts\": [\"go on\"]"),
            ("agent=['sh','-c']", "\"agent\": [\"sh\", \"-c\"]"),
            ("environment_vars.PORT=8080", "\"environment_vars\": {\"PORT\": \"8080\"}"),
            ("environment_vars.A.B=x", "\"environment_vars\": {\"A.B\": \"x\"}"),
            ("environment_vars={A: '1'}", "\"environment_vars\": {\"A\": \"1\"}"),
        ])
    func understanding(_ assignment: String, _ line: String) throws {
        let text = try SessionFile.assigning([assignment], in: [])
        #expect(String(decoding: text, as: UTF8.self) == "{\n  \(line)\n}\n")
        _ = try SessionFile.parse(text, defaults: SessionSpec())
    }

    @Test(
        "an assignment that can't be is refused in words and without a line",
        arguments: [
            ("state", "KEY=VALUE"), ("stat=paused", "Did you mean \"state\"?"),
            ("state=runing", "Did you mean \"running\"?"),
            ("auto_yes=maybe", "true or false"), ("max_output_buffer=0", "from 1 to"),
            ("agent=claude", "a list such as"),
            ("state+=x", "must be"), ("prompts.a=x", "no parts"), ("environment_vars.=x", "empty"),
            ("=x", "no key"),
            ("\u{1B}[2J=x", "\\u{1B}[2J is no key"),
        ])
    func refusing(_ assignment: String, _ part: String) {
        let problem = #expect(throws: FileProblem.self) { try SessionFile.assigning([assignment], in: []) }
        #expect(problem?.line == nil)
        #expect(problem?.message.contains(part) == true, "\(problem?.message ?? "")")
    }

    @Test func `several assignments are made one after another and keep the rest`() throws {
        let before = "{\n  // mine\n  prompts: ['a'],\n}\n"
        let after = try SessionFile.assigning(["prompts+=b", "state=parked"], in: Array(before.utf8))
        #expect(
            String(decoding: after, as: UTF8.self)
                == "{\n  // mine\n  prompts: ['a', \"b\"],\n  state: \"parked\",\n}\n")
    }

    @Test func `a file with a wrong value elsewhere can be mended key by key`() throws {
        let before = Array("{\"auto_yes\": 5, \"state\": \"off\"}".utf8)
        let once = try SessionFile.assigning(["auto_yes=false"], in: before)
        let twice = try SessionFile.assigning(["state=paused"], in: once)
        #expect(try SessionFile.parse(twice, defaults: SessionSpec()).spec.state == .paused)
    }
}
