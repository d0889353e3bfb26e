import SessionModel
import Store
import Testing

@Suite struct SessionFileTests {
    struct Bad: Sendable, CustomTestStringConvertible {
        let text: String
        let line: Int
        let column: Int
        let key: String
        let part: String
        var testDescription: String { text }
        init(_ text: String, _ line: Int, _ column: Int, _ key: String, _ part: String) {
            (self.text, self.line, self.column, self.key, self.part) = (text, line, column, key, part)
        }
    }

    static let bad: [Bad] = [
        Bad("{\n  \"state\": \"runing\"\n}", 2, 12, "state", "Did you mean \"running\"?"),
        Bad("{state: 'halted'}", 1, 9, "state", "one of running, paused, parked, terminated"),
        Bad("{\"state\": true}", 1, 11, "state", "must be a text in quotes, but is true"),
        Bad("{\"state\": null}", 1, 11, "state", "but is null"),
        Bad("{\"restart\": \"onfailure\"}", 1, 13, "restart", "Did you mean \"on-failure\"?"),
        Bad("{\"version\": 2}", 1, 13, "version", "newer than this claudia knows"),
        Bad("{\"prompts\": 5, \"version\": 2}", 1, 27, "version", "newer"),
        Bad("{\"version\": -1}", 1, 13, "version", "must be from 0"),
        Bad("{\"version\": \"1\"}", 1, 13, "version", "a number"),
        Bad("{\"prompts\": \"x\"}", 1, 13, "prompts", "must be a list"),
        Bad("{\"prompts\": [\"x\", 1]}", 1, 19, "prompts[1]", "but is a number"),
        Bad("{\"prompts\": [\"\\u0000\"]}", 1, 14, "prompts[0]", "NUL"),
        Bad("{\"agent\": []}", 1, 11, "agent", "is empty"),
        Bad("{\"agent\": [\"\"]}", 1, 12, "agent[0]", "is empty"),
        Bad("{\"agent\": \"claude\"}", 1, 11, "agent", "a list such as [\"claude\"]"),
        Bad("{\"agent\": [\"a\", \"b\\0\"]}", 1, 17, "agent[1]", "NUL"),
        Bad("{\"agent_kind\": \"cluade\"}", 1, 16, "agent_kind", "Did you mean \"claude\"?"),
        Bad("{\"claude_args\": [null]}", 1, 18, "claude_args[0]", "null"),
        Bad("{\"base\": \"\"}", 1, 10, "base", "empty"), Bad("{\"base\": \"--all\"}", 1, 10, "base", "'-'"),
        Bad("{\"branch\": \"a..b\"}", 1, 12, "branch", "may not hold '..'"),
        Bad("{\"branch\": \"\"}", 1, 12, "branch", "is empty"),
        Bad("{\"branch_prefix\": \"a/\"}", 1, 19, "branch_prefix", "end with '/'"),
        Bad("{\"working_directory\": \"/tmp\"}", 1, 23, "working_directory", "relative"),
        Bad("{\"working_directory\": \"a/../b\"}", 1, 23, "working_directory", "'..'"),
        Bad("{\"environment_vars\": {\"A\": 1}}", 1, 28, "environment_vars.A", "but is a number"),
        Bad("{\"environment_vars\": {\"A=\": \"\"}}", 1, 29, "environment_vars.A=", "'='"),
        Bad("{\"environment_vars\": [\"A\"]}", 1, 23, "environment_vars[0]", "KEY=VALUE"),
        Bad("{\"environment_vars\": [\"A=1\", \"A=2\"]}", 1, 30, "environment_vars[1]", "second time"),
        Bad("{\"environment_vars\": [[\"A\"]]}", 1, 23, "environment_vars[0]", "pair"),
        Bad("{\"environment_vars\": 5}", 1, 22, "environment_vars", "an object such as"),
        Bad("{\"auto_yes\": \"true\"}", 1, 14, "auto_yes", "true or false"),
        Bad("{\"max_output_buffer\": 0}", 1, 23, "max_output_buffer", "from 1 to 1000000"),
        Bad("{\"max_output_buffer\": 1.5}", 1, 23, "max_output_buffer", "whole"),
        Bad("{\"max_output_buffer\": Infinity}", 1, 23, "max_output_buffer", "whole"),
    ]

    @Test("an impossible value is told with its place and the right word", arguments: bad)
    func refusing(_ row: Bad) {
        let problem = #expect(throws: FileProblem.self) {
            try SessionFile.parse(Array(row.text.utf8), defaults: SessionSpec())
        }
        #expect([problem?.line, problem?.column] == [row.line, row.column])
        #expect(problem?.key == row.key)
        #expect(problem?.message.contains(row.part) == true, "\(problem?.message ?? "")")
        #expect(problem?.message.hasPrefix(row.key) == true)
    }

    @Test("the file itself must hold an object", arguments: ["[]", "1", "\"x\"", "null"])
    func notAnObject(_ text: String) {
        let problem = #expect(throws: FileProblem.self) { try parse(text) }
        #expect(problem?.message.hasPrefix("the file must be an object") == true)
    }

    @Test("a blank file says nothing but the defaults", arguments: ["", " \n\t\r\n", "\u{FEFF}", "{}"])
    func blank(_ text: String) throws {
        var defaults = SessionSpec()
        defaults.agent = ["codex"]
        #expect(try SessionFile.parse(Array(text.utf8), defaults: defaults).spec == defaults)
    }

    @Test func `every key is understood`() throws {
        let content = try parse(
            """
            {
              version: 1, state: "paused", prompts: ["a", "b\\nc"], agent: ["sh", "-c", "true"],
              claude_args: ["x"], agent_kind: "codex", base: "main~2", base_branch: "main",
              branch_prefix: "ai/x", branch: "topic",
              working_directory: "src/./a", environment_vars: {"A": "1", B: ""}, auto_yes: true,
              max_output_buffer: 1e3, restart: 'on-failure', // end
            }
            """)
        var spec = SessionSpec()
        spec.state = .paused
        spec.prompts = ["a", "b\nc"]
        spec.agent = ["sh", "-c", "true"]
        spec.claudeArgs = ["x"]
        spec.agentKind = .codex
        spec.base = "main~2"
        spec.baseBranch = "main"
        spec.branchPrefix = "ai/x"
        spec.branch = "topic"
        spec.workingDirectory = "src/./a"
        spec.environmentVars = ["A": "1", "B": ""]
        spec.autoYes = true
        spec.maxOutputBuffer = 1000
        spec.restart = .onFailure
        #expect(content.spec == spec)
        #expect(content.notice == nil)
    }

    @Test(
        "environment variables are read in three forms",
        arguments: [#"{"A": "1=2", "B": ""}"#, #"["A=1=2", "B="]"#, #"[["A", "1=2"], "B="]"#])
    func environment(_ text: String) throws {
        #expect(try parse("{environment_vars: \(text)}").spec.environmentVars == ["A": "1=2", "B": ""])
    }

    @Test(
        "an unknown key is noticed, with the nearest one, and the rest applied",
        arguments: [
            ("maxOutputBuffer", "max_output_buffer"), ("promts", "prompts"), ("auto-yes", "auto_yes"),
            ("brunch", "branch"), ("claude_agrs", "claude_args"),
        ])
    func unknown(_ key: String, _ right: String) throws {
        let content = try parse("{\n \"\(key)\": 5,\n \"state\": \"parked\"}")
        #expect(content.spec.state == .parked)
        #expect(content.notice?.line == 2 && content.notice?.column == 2)
        #expect(content.notice?.key == key)
        #expect(content.notice?.message.contains("Did you mean \"\(right)\"?") == true)
    }

    @Test func `a key that is like none is noticed without a guess`() throws {
        let notice = try parse("{\"colour\": 1, \"zz\": 2}").notice
        #expect(notice?.key == "colour")
        #expect(notice?.message.contains("Did you mean") == false)
    }

    @Test func `the file that claudia writes is the one of the manual`() throws {
        var spec = SessionSpec()
        spec.prompts = ["Fix the \"login\" redirect"]
        spec.environmentVars = ["B": "2", "A": "/x"]
        let text = SessionFile.text(of: spec)
        #expect(
            text == """
                {
                  "version": 1,
                  "state": "running",
                  "prompts": ["Fix the \\"login\\" redirect"],
                  "agent": ["claude"],
                  "claude_args": [],
                  "agent_kind": null,
                  "base": "HEAD",
                  "base_branch": null,
                  "branch_prefix": "claudia-session",
                  "branch": null,
                  "working_directory": null,
                  "environment_vars": {"A": "/x", "B": "2"},
                  "auto_yes": false,
                  "max_output_buffer": 10000,
                  "restart": "never"
                }

                """)
        #expect(try parse(text).spec == spec)
    }

    @Test func `long lists are written on lines of their own and read back`() throws {
        var spec = SessionSpec()
        spec.prompts = [String(repeating: "long ", count: 30), "with\nlines\u{1B}\u{7F}\u{2028}é😀", ""]
        let text = SessionFile.text(of: spec)
        #expect(text.contains("\"prompts\": [\n    \"long "))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
        #expect(try parse(text).spec == spec)
    }

    private func parse(_ text: String) throws(FileProblem) -> SessionFile.Content {
        try SessionFile.parse(Array(text.utf8), defaults: SessionSpec())
    }
}
