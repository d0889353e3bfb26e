import Consent
import SessionModel
import Testing

/// Calls of tools other than the shell.
@Suite struct ToolTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let tool: String
        let input: [String: JSONValue]
        let verdict: Verdict

        init(_ tool: String, _ input: [String: JSONValue], _ verdict: Verdict) {
            self.tool = tool
            self.input = input
            self.verdict = verdict
        }

        var testDescription: String { "\(tool) \(input)" }
    }

    /// Paths, with what is said to reading and to writing them.
    static let paths: [(String, reading: Verdict, writing: Verdict)] = [
        ("README.md", .allow, .allow), ("src/a.swift", .allow, .allow), ("./src/../a.txt", .allow, .allow),
        ("\(Fixture.worktree)/src/a.swift", .allow, .allow),
        ("\(Fixture.worktree)/new/folder/a", .allow, .allow),
        ("here/a.swift", .allow, .allow), ("package.json", .allow, .allow), (".gitignore", .allow, .allow),
        (".github/workflows/ci.yml", .allow, .allow), ("CLAUDE.md", .allow, .allow),
        (".env.example", .allow, .allow),
        ("docs/git.md", .allow, .allow), ("src/.gitkeep", .allow, .allow), ("a b.txt", .allow, .allow),
        ("é.txt", .allow, .allow),
        ("src/history.ts", .allow, .allow), ("src/credentials.ts", .allow, .allow),
        ("tests/key.ts", .allow, .allow),
        (".env", .ask, .ask), (".env.local", .ask, .ask), ("config/.env", .ask, .ask),
        ("server.key", .ask, .ask),
        ("cert.pem", .ask, .ask), ("keys/id_rsa", .ask, .never), ("src/id_ed25519", .ask, .ask),
        ("credentials.json", .ask, .ask),
        (".git", .allow, .never), (".git/config", .allow, .never), (".git/hooks/pre-commit", .allow, .never),
        ("hooks/pre-commit", .allow, .never), ("sub/.git/config", .allow, .never),
        (".GIT/config", .allow, .never),
        ("src/../.git/index", .allow, .never), (".claudia/config.json", .allow, .never),
        (".claude/settings.json", .allow, .never),
        (".claude/settings.local.json", .allow, .never), (".claude/hooks/x.sh", .allow, .never),
        (".claude/commands/x.md", .allow, .ask),
        (".mcp.json", .allow, .never), (".codex/config.toml", .allow, .never),
        (".vscode/tasks.json", .allow, .ask),
        (".envrc", .ask, .ask), ("-rf", .allow, .ask), (".cursor/rules", .allow, .never),
        (".gitmodules", .allow, .ask),
        ("../other/src/a", .ask, .never), ("/home/me/repo/.claudia/worktrees/other/a", .ask, .never),
        ("src/deep/a", .ask, .never), ("/home/me/repo/.claudia/config.json", .ask, .never),
        ("/home/me/repo/.claudia/sessions/fix.json", .ask, .never),
        ("../../sessions/fix/input", .ask, .never),
        ("/home/me/repo/README.md", .allow, .ask), ("/home/me/repo/.git/config", .allow, .never),
        ("/home/me/repo/.git/hooks/post-checkout", .allow, .never), ("up/README.md", .allow, .ask),
        ("up/repo/.git/config", .allow, .never),
        ("~/notes.txt", .allow, .ask), ("/home/me/other/a", .allow, .ask), ("~/.bashrc", .allow, .never),
        ("~/.zshrc", .allow, .never),
        ("~/.profile", .allow, .never), ("~/.config/fish/config.fish", .allow, .never),
        ("~/.gitconfig", .allow, .never),
        ("~/.ssh/id_rsa", .ask, .never), ("~/.ssh/config", .ask, .never), ("~/.ssh", .ask, .never),
        ("~/.aws/credentials", .ask, .never),
        ("~/.claude/settings.json", .ask, .never), ("~/.claude.json", .ask, .never),
        ("~/.codex/auth.json", .ask, .never),
        ("~/.npmrc", .ask, .never), ("~/.netrc", .ask, .never), ("~/.bash_history", .ask, .ask),
        ("~/.kube/config", .ask, .never),
        ("~/.config/gh/hosts.yml", .ask, .never), ("~/.git-credentials", .ask, .ask),
        ("~/.docker/config.json", .ask, .never),
        ("/etc/passwd", .allow, .never), ("/etc/shadow", .ask, .never), ("/etc/hosts", .allow, .never),
        ("/etc/sudoers", .ask, .never),
        ("/usr/include/stdio.h", .allow, .never), ("/usr/bin/ls", .allow, .never), ("/tmp/x", .allow, .ask),
        ("/tmp/.git/config", .allow, .never),
        ("/proc/self/environ", .ask, .never), ("/proc/1/mem", .ask, .never),
        ("/proc/cpuinfo", .allow, .never), ("/dev/sda", .ask, .never),
        ("/dev/null", .allow, .allow), ("/sys/power/state", .allow, .never),
        ("out/etc/passwd", .allow, .never), ("out/home/me/.ssh/id_rsa", .ask, .never),
        ("keys/config", .ask, .never), ("loop", .ask, .ask), ("loop/a", .ask, .ask), ("", .ask, .ask),
        ("a\nb", .ask, .ask), ("a\u{0}", .ask, .ask),
        ("a\u{202E}b", .ask, .ask), ("/root/.ssh/id_rsa", .ask, .never),
        ("/home/other/.bashrc", .allow, .never), ("/", .allow, .never),
    ]

    @Test func `reading is judged by the place`() {
        for (path, verdict, _) in Self.paths {
            for (tool, key) in [("Read", "file_path"), ("NotebookRead", "notebook_path")] {
                let decision = Fixture.consent.judge(ToolCall(tool, [key: .string(path)]))
                #expect(decision.verdict == verdict, "\(tool) \(path): \(decision.rule) \(decision.reason)")
            }
        }
    }

    @Test func `writing is judged by the place`() {
        for (path, _, verdict) in Self.paths {
            for (tool, key) in [
                ("Write", "file_path"), ("Edit", "file_path"), ("NotebookEdit", "notebook_path"),
            ] {
                let decision = Fixture.consent.judge(ToolCall(tool, [key: .string(path)]))
                #expect(decision.verdict == verdict, "\(tool) \(path): \(decision.rule) \(decision.reason)")
            }
        }
    }

    static let rows: [Row] = [
        Row("Glob", ["pattern": "**/*.swift"], .allow),
        Row("Glob", ["pattern": "*.ts", "path": "src"], .allow),
        Row("Glob", ["pattern": "*", "path": "/usr/lib"], .allow),
        Row("Glob", ["pattern": "*", "path": "../other"], .ask),
        Row("Glob", ["pattern": "*", "path": "~/.ssh"], .ask), Row("Glob", [:], .ask),
        Row("Glob", ["pattern": 1], .ask),
        Row("Grep", ["pattern": "TODO"], .allow),
        Row("Grep", ["pattern": "x", "path": "src", "glob": "*.ts"], .allow),
        Row("Grep", ["pattern": "x", "path": "README.md", "output_mode": "content", "-n": true], .allow),
        Row("Grep", ["pattern": ".", "glob": ".env"], .ask),
        Row("Grep", ["pattern": ".", "glob": "**/*.pem"], .ask),
        Row("Grep", ["pattern": "x", "path": "/home/me"], .ask),
        Row("Grep", ["pattern": "x", "path": "/"], .ask),
        Row("Grep", ["pattern": "x", "path": "~/.ssh"], .ask),
        Row("Grep", ["pattern": "x", "path": ".env"], .ask),
        Row("Grep", ["pattern": "x", "path": "/usr/include"], .allow),
        Row("Grep", ["pattern": "x", "path": "../other"], .ask),
        Row("Grep", ["pattern": "x", "path": "/home/me/repo"], .ask),
        Row("Grep", ["pattern": "x", "pre": "./x"], .ask),
        Row("LS", ["path": "src"], .allow), Row("LS", ["path": "~/.ssh"], .ask),
        Row("Bash", ["command": "ls"], .allow), Row("Bash", ["command": "rm -rf ~"], .never),
        Row("Bash", [:], .ask),
        Row(
            "Bash", ["command": "ls", "description": "List", "timeout": 1_000, "run_in_background": true],
            .allow),
        Row("Bash", ["command": "ls", "dangerouslyDisableSandbox": true], .ask),
        Row("Bash", ["command": "ls", "shell": "fish"], .ask),
        Row("Bash", ["command": ["ls"]], .ask), Row("Bash", ["command": nil], .ask),
        Row("Bash", ["command": "rm -rf ~", "x": 1], .never),
        Row("Edit", ["file_path": "a", "old_string": "x", "new_string": "y", "replace_all": true], .allow),
        Row("Edit", ["file_path": "a", "unknown": 1], .ask), Row("Edit", ["path": "a"], .ask),
        Row("Edit", ["file_path": 1], .ask),
        Row("MultiEdit", ["file_path": "a", "edits": []], .allow),
        Row("MultiEdit", ["file_path": "~/.bashrc", "edits": []], .never),
        Row("Write", ["file_path": "a", "content": "rm -rf /"], .allow),
        Row("Write", ["file_path": ".git/hooks/x", "content": ""], .never),
        Row("WebFetch", ["url": "https://x.io", "prompt": "x"], .ask), Row("WebSearch", ["query": "x"], .ask),
        Row("Task", ["prompt": "x", "subagent_type": "y"], .allow), Row("Agent", ["prompt": "x"], .allow),
        Row("TodoWrite", ["todos": []], .allow),
        Row("TaskCreate", [:], .allow), Row("TaskUpdate", [:], .allow),
        Row("BashOutput", ["bash_id": "1"], .allow), Row("KillShell", ["shell_id": "1"], .allow),
        Row("ExitPlanMode", ["plan": "x"], .ask), Row("AskUserQuestion", ["questions": []], .ask),
        Row("request_user_input", [:], .ask),
        Row("mcp__github__create_issue", [:], .ask), Row("mcp__x__read", ["path": "a"], .ask),
        Row("Foo", [:], .ask), Row("", [:], .ask),
        Row("bash", ["command": "ls"], .ask), Row("EnterWorktree", [:], .ask), Row("CronCreate", [:], .never),
        Row("Skill", ["skill": "x"], .ask),
        Row(
            "apply_patch",
            ["input": "*** Begin Patch\n*** Update File: src/a.swift\n@@\n-a\n+b\n*** End Patch"], .allow),
        Row(
            "apply_patch", ["input": "*** Begin Patch\n*** Add File: .git/hooks/x\n+a\n*** End Patch"], .never
        ),
        Row(
            "apply_patch",
            ["input": "*** Begin Patch\n*** Update File: a\n*** Move to: ~/.bashrc\n*** End Patch"], .never),
        Row("apply_patch", ["input": "*** Begin Patch\n*** Delete File: /tmp/x\n*** End Patch"], .ask),
        Row("apply_patch", ["input": "*** Begin Patch\n*** Rename File: x\n*** End Patch"], .ask),
        Row("apply_patch", ["input": "x"], .ask),
        Row("apply_patch", [:], .ask),
    ]

    @Test("each tool has its own rule", arguments: rows)
    func row(_ row: Row) {
        let decision = Fixture.consent.judge(ToolCall(row.tool, row.input))
        #expect(decision.verdict == row.verdict, "\(decision.rule): \(decision.reason)")
    }

    @Test func `an input that is no object is asked`() {
        #expect(Fixture.consent.judge(ToolCall("Bash", input: "ls")).verdict == .ask)
        #expect(Fixture.consent.judge(ToolCall("Read", input: ["README.md"])).verdict == .ask)
    }

    @Test func `a decision tells its rule, its reason and what was understood`() {
        let decision = Fixture.consent.judge(command: "cd src && rm -rf $X/a | cat 'a b'")
        #expect(decision.verdict == .ask)
        #expect(decision.rule == "unknown-path")
        #expect(decision.commands == [["cd", "src"], ["rm", "-rf", "…/a"], ["cat", "a b"]])
        #expect(decision.reason.hasSuffix("."))
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByNilLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(nilLiteral: ()) { self = .null }
}
