import Consent
import SessionModel
import Testing

@Suite struct RuleTests {
    static func rules(_ objects: [String: JSONValue]...) throws -> ConsentRules {
        try ConsentRules(reading: objects.map { .object($0) })
    }

    static func verdict(_ command: String, _ rules: ConsentRules) -> Verdict {
        Consent(room: Fixture.room, rules: rules).judge(command: command).verdict
    }

    @Test func `a rule loosens what is asked, and tells its name and reason`() throws {
        let rules = try Self.rules([
            "tool": "Bash", "command": "make deploy", "verdict": "allow", "reason": "Staging only.",
        ])
        let decision = Consent(room: Fixture.room, rules: rules).judge(command: "make deploy")
        #expect(decision.verdict == .allow)
        #expect(decision.rule == "rule-1")
        #expect(decision.reason == "Staging only.")
    }

    @Test(
        "a rule that allows loosens its own command and nothing else",
        arguments: [
            ("make deploy", .allow), ("make deploy && ls", .allow), ("make deploy; make publish", .ask),
            ("make deploy extra", .ask),
            ("make 'deploy'", .allow), ("make $X", .ask), ("make deploy > /tmp/x", .ask),
            ("make deploy $(cat ~/.ssh/id_rsa)", .ask),
            ("CC=./x make deploy", .ask), ("make deploy; rm -rf ~", .never), ("nice make deploy", .allow),
            ("cd /tmp && make deploy", .allow),
            ("bash -c 'make deploy'", .allow), ("curl x | make deploy", .ask), ("make deploy &", .allow),
            ("make", .allow),
        ] as [(String, Verdict)])
    func loosening(_ command: String, _ verdict: Verdict) throws {
        let rules = try Self.rules(["tool": "Bash", "command": "make deploy", "verdict": "allow"])
        #expect(Self.verdict(command, rules) == verdict)
    }

    @Test(
        "patterns go word by word",
        arguments: [
            ("npm run *", "npm run anything", .allow), ("npm run *", "npm run a b", .ask),
            ("npm run *", "npm install", .ask),
            ("docker compose **", "docker compose up -d", .allow), ("docker compose **", "docker rm x", .ask),
            ("docker compose **", "docker compose", .allow),
            ("git push origin claudia-session/*", "git push origin claudia-session/fix", .allow),
            ("git push origin claudia-session/*", "git push origin main", .ask),
            ("** deploy", "make a deploy", .allow),
            ("curl https://x.io/*", "curl https://x.io/a", .allow),
            ("curl https://x.io/*", "curl https://x.io/a https://y.io", .ask),
            ("npm *", "npm 'install x'", .allow), ("*", "foo", .allow), ("*", "foo bar", .ask),
            ("**", "foo bar", .allow),
        ] as [(String, String, Verdict)])
    func words(_ pattern: String, _ command: String, _ verdict: Verdict) throws {
        let rules = try Self.rules(["tool": "Bash", "command": .string(pattern), "verdict": "allow"])
        #expect(Self.verdict(command, rules) == verdict)
    }

    @Test(
        "what is never done stays so",
        arguments: [
            "rm -rf ~", "sudo ls", "git push --force", "curl x | sh", "echo x > ~/.bashrc", "ls; rm -rf .git",
        ])
    func neverStays(_ command: String) throws {
        let rules = try Self.rules(
            ["tool": "*", "command": "**", "verdict": "allow"],
            ["tool": "*", "text": "*", "verdict": "allow"])
        #expect(Self.verdict(command, rules) == .never)
    }

    @Test(
        "no rule loosens what isn't understood as a whole",
        arguments: ["ls (", "ls \"", String(repeating: "ls; ", count: 8_000)])
    func notUnderstood(_ command: String) throws {
        #expect(
            try Self.verdict(command, Self.rules(["tool": "Bash", "command": "**", "verdict": "allow"]))
                == .ask)
    }

    @Test(
        "a rule makes stricter what it matches, or may match",
        arguments: [
            ("npm test", .never), ("npm test -- -x", .allow), ("npm $X", .never), ("ls && npm test", .never),
            ("$(echo npm) test", .never),
            ("npm run test", .allow), ("$X", .never),
        ] as [(String, Verdict)])
    func tightening(_ command: String, _ verdict: Verdict) throws {
        let rules = try Self.rules(["tool": "Bash", "command": "npm test", "verdict": "never"])
        #expect(Self.verdict(command, rules) == verdict)
    }

    @Test func `of several rules the strictest counts`() throws {
        let rules = try Self.rules(
            ["tool": "Bash", "command": "npm **", "verdict": "allow"],
            ["tool": "Bash", "command": "npm install **", "verdict": "ask"])
        #expect(Self.verdict("npm ci", rules) == .allow)
        #expect(Self.verdict("npm install x", rules) == .ask)
    }

    @Test(
        "paths are matched as in a gitignore file",
        arguments: [
            ("docs/**", "docs/a/b.md", .never), ("docs/**", "src/a", .allow), ("*.md", "docs/a.md", .never),
            ("*.md", "a.mdx", .allow),
            ("docs/*", "docs/a/b", .allow), ("**/gen/*", "a/b/gen/c", .never),
            ("docs/*", "src/../docs/a", .never),
            ("docs/*", "\(Fixture.worktree)/docs/a", .never), ("src/*", "here/a", .never),
        ] as [(String, String, Verdict)])
    func paths(_ pattern: String, _ path: String, _ verdict: Verdict) throws {
        let rules = try Self.rules(["tool": "Write", "path": .string(pattern), "verdict": "never"])
        let consent = Consent(room: Fixture.room, rules: rules)
        #expect(consent.judge(ToolCall("Write", ["file_path": .string(path)])).verdict == verdict)
        #expect(consent.judge(ToolCall("Read", ["file_path": .string(path)])).verdict == .allow)
    }

    @Test func `a rule over paths opens a folder outside, and no protected one`() throws {
        let rules = try Self.rules(
            ["tool": "*", "path": "/tmp/**", "verdict": "allow"],
            ["tool": "*", "path": "~/**", "verdict": "allow"])
        let consent = Consent(room: Fixture.room, rules: rules)
        #expect(consent.judge(ToolCall("Write", ["file_path": "/tmp/a/b"])).verdict == .allow)
        #expect(consent.judge(ToolCall("Write", ["file_path": "/var/x"])).verdict == .never)
        #expect(consent.judge(ToolCall("Write", ["file_path": "~/.bashrc"])).verdict == .never)
        #expect(consent.judge(ToolCall("Write", ["file_path": "/tmp/../etc/passwd"])).verdict == .never)
        #expect(consent.judge(ToolCall("Write", ["file_path": "/home/me/notes"])).verdict == .allow)
    }

    @Test func `rules over texts and whole tools`() throws {
        let rules = try Self.rules(
            ["tool": "WebFetch", "text": "https://docs.x.io/*", "verdict": "allow"],
            ["tool": "mcp__x__*", "verdict": "allow"],
            ["tool": "WebSearch", "verdict": "never", "reason": "No searches."])
        let consent = Consent(room: Fixture.room, rules: rules)
        #expect(consent.judge(ToolCall("WebFetch", ["url": "https://docs.x.io/a"])).verdict == .allow)
        #expect(
            consent.judge(ToolCall("WebFetch", ["url": "https://docs.x.io/a", "prompt": "x"])).verdict == .ask
        )
        #expect(consent.judge(ToolCall("WebFetch", ["url": "https://y.io"])).verdict == .ask)
        #expect(consent.judge(ToolCall("mcp__x__y", [:])).verdict == .allow)
        #expect(consent.judge(ToolCall("mcp__y__x", [:])).verdict == .ask)
        #expect(consent.judge(ToolCall("WebSearch", ["query": "x"])).reason == "No searches.")
    }

    @Test func `a rule is held to its examples`() throws {
        let rule: [String: JSONValue] = ["tool": "Bash", "command": "npm run *", "verdict": "allow"]
        _ = try Self.rules(
            rule.merging([
                "matches": ["npm run x", "ls && npm run 'y'"], "rejects": ["npm i", "npm run a b"],
            ]) { $1 })
        #expect(
            throws: ConsentError.rule(
                0, key: "matches", item: 0, "The rule doesn't match its example 'npm install'.")
        ) {
            try Self.rules(rule.merging(["matches": ["npm install"]]) { $1 })
        }
        #expect(
            throws: ConsentError.rule(
                1, key: "rejects", item: 0, "The rule matches 'npm run x', which it should reject.")
        ) {
            try Self.rules(rule, rule.merging(["rejects": ["npm run x"]]) { $1 })
        }
        _ = try Self.rules([
            "tool": "Write", "path": "docs/**", "verdict": "ask", "matches": ["docs/a"], "rejects": ["src/a"],
        ])
    }

    @Test(
        "a rule that can't be used is named",
        arguments: [
            ["verdict": "allow"], ["tool": "Bash"], ["tool": "Bash", "verdict": "yes"],
            ["tool": "Bash", "verdict": "allow"], ["tool": 1, "verdict": "ask"],
            ["tool": "*", "verdict": "allow"], ["tool": "Bash", "command": 1, "verdict": "ask"],
            ["tool": "Bash", "comand": "x", "verdict": "ask"],
            ["tool": "Write", "path": "a", "text": "b", "verdict": "ask"],
            ["tool": "Bash", "command": "ls", "verdict": "ask", "matches": "ls"],
        ] as [[String: JSONValue]])
    func broken(_ rule: [String: JSONValue]) {
        #expect(throws: ConsentError.self) { try Self.rules(rule) }
    }
}
