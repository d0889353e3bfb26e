import FoundationEssentials
import SessionModel
import Testing

/// Questions that are answered in the person's place.
@Suite struct AutoYesTests {
    /// Stands in for Claude Code as far as hooks go: each line that is typed is a call, which it asks to be allowed.
    private static let claude = #"""
        #!/usr/bin/env python3
        import json, os, subprocess, sys
        settings = json.loads(sys.argv[sys.argv.index("--settings") + 1])
        def hook(name, **more):
            command = settings["hooks"][name][0]["hooks"][0]["command"]
            event = json.dumps(dict(more, hook_event_name=name, session_id="c", cwd=os.getcwd()))
            return subprocess.run(command, shell=True, input=event, text=True, capture_output=True).stdout.strip()
        def osc(text): print("\033]7501;" + text + "\033\\", end="", flush=True)
        hook("SessionStart")
        osc("state=idle")
        for number, line in enumerate(sys.stdin):
            tool, given = json.loads(line)
            print("asked", number, flush=True)
            osc("state=blocked:kind=permission")
            said = hook("PermissionRequest", tool_name=tool, tool_input=given)
            osc("state=idle")
            print("said", number, json.loads(said)["hookSpecificOutput"]["decision"] if said else "nothing", flush=True)
        """#

    private static let allowed = "{'behavior': 'allow'}"

    /// A supervisor whose settings let auto-yes act, and a session `one` that has it.
    private func withAgent(rules: String = "[]", _ body: (Sandbox) throws -> Void) throws {
        try Sandbox.with { box in
            try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try settings(rules, box)
            try write(#"{"auto_yes": true, "claude_args": []}"# + "\n", to: box.file("one"))
            try box.wait("one", "idle")
            try body(box)
        }
    }

    private func settings(_ rules: String, isEnabled: Bool = true, _ box: Sandbox) throws {
        let count = try box.events().count { $0.type == .configChanged || $0.type == .error }
        try write(
            "{\"multi_session\": {\"auto_yes_enabled\": \(isEnabled)}, \"auto_yes_rules\": \(rules)}\n",
            to: "\(box.root)/.claudia/config.json")
        try box.until("settings read") {
            try box.events().count { $0.type == .configChanged || $0.type == .error } > count ? true : nil
        }
    }

    /// Has the agent ask for a call; `number` counts its calls.
    private func call(
        _ number: Int, _ tool: String, _ input: [String: String], _ box: Sandbox
    ) throws {
        let given = String(decoding: try JSONEncoder().encode(input), as: UTF8.self)
        try box.ok("send", "one", "[\"\(tool)\", \(given)]")
        try box.untilPrinted("asked \(number)\r\n", "one")
    }

    private func said(_ number: Int, _ box: Sandbox) throws -> String {
        try box.until("an answer to call \(number)") {
            let lines = box.log("one").split(separator: "\r\n")
            return lines.lazy.compactMap { $0.split(separator: "said \(number) ").dropFirst().first }.first
                .map(String.init)
        }
    }

    private func decisions(_ box: Sandbox) throws -> [LoggedDecision] {
        let lines = (text(of: "\(box.sessions)/one/decisions.jsonl") ?? "").split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(LoggedDecision.self, from: Data($0.utf8)) }
    }

    @Test
    func
        `what is harmless is allowed, what is never done denied with the reason, all else left to the person`()
        throws
    {
        try withAgent { box in
            try call(0, "Bash", ["command": "git status && ls"], box)
            #expect(try said(0, box) == Self.allowed)
            try call(
                1, "Edit",
                ["file_path": box.worktree("one") + "/file.txt", "old_string": "a", "new_string": "b"], box)
            #expect(try said(1, box) == Self.allowed)
            let refused: [(String, [String: String])] = [
                ("Bash", ["command": "git push --force"]), ("Bash", ["command": "rm -rf ~"]),
                ("Write", ["file_path": box.root + "/.git/hooks/pre-commit", "content": "x"]),
                ("Write", ["file_path": box.root + "/.claudia/config.json", "content": "x"]),
            ]
            for (index, (tool, input)) in refused.enumerated() {
                try call(2 + index, tool, input, box)
                let words = try said(2 + index, box)
                #expect(words.contains("'behavior': 'deny'") && words.contains("claudia says no: "))
            }
            // Nobody was bothered with any of them.
            #expect(try box.events().contains { $0.type == .blocked } == false)
            try call(6, "Bash", ["command": "npm install left-pad"], box)
            try box.wait("one", "blocked")
            #expect(try box.ok("inbox").contains("approve Bash: npm install left-pad"))
            try box.ok("answer", "one", "no")
            #expect(try said(6, box).contains("The person said no."))

            let logged = try decisions(box)
            #expect(
                logged.map(\.verdict) == ["allow", "allow", "never", "never", "never", "never", "ask", nil])
            #expect(logged.map(\.sent) == ["allow", "allow", "deny", "deny", "deny", "deny", nil, "no"])
            #expect(logged[0].commands == [["git", "status"], ["ls"]] && logged[0].source == "hook")
            #expect(logged[0].input == ["command": .string("git status && ls")])
            #expect(logged[3].rule == "deletion" && logged[7].source == "person")
            let events = try box.events().filter { $0.type == .decision }
            #expect(events.map { $0.data["verdict"] }.prefix(2) == [.string("allow"), .string("allow")])
            #expect(events.count == 8)
            #expect(try box.events().count { $0.type == .blocked } == 1)
        }
    }

    @Test func `without the master switch, or the session's own, nobody but the person answers`() throws {
        try withAgent { box in
            try settings("[]", isEnabled: false, box)
            try call(0, "Bash", ["command": "ls"], box)
            try box.wait("one", "blocked")
            try box.ok("answer", "one", "yes")
            #expect(try said(0, box) == Self.allowed)
            try settings("[]", box)
            try box.ok("set", "one", "auto_yes=false")
            try box.until("the edit") { try box.status("one")?.spec?.autoYes == false ? true : nil }
            try call(1, "Bash", ["command": "rm -rf ~"], box)
            try box.wait("one", "blocked")
            try box.ok("answer", "one", "no")
            try box.ok("set", "one", "auto_yes=true")
            try box.until("the edit") { try box.status("one")?.spec?.autoYes == true ? true : nil }
            try call(2, "Bash", ["command": "ls"], box)
            #expect(try said(2, box) == Self.allowed)
            #expect(try decisions(box).map(\.source) == ["person", "person", "hook"])
        }
    }

    @Test
    func `rules that loosen count from the next touch on, those that tighten at once, broken ones never`()
        throws
    {
        try withAgent { box in
            let deploy =
                #"{"tool": "Bash", "command": "make deploy", "verdict": "allow", "reason": "Staging."}"#
            try settings("[\(deploy)]", box)
            try box.until("a note") {
                try box.status("one")?.reason?.contains("New auto_yes_rules") == true ? true : nil
            }
            try call(0, "Bash", ["command": "make deploy"], box)
            try box.wait("one", "blocked")
            try box.ok("answer", "one", "no")
            try box.sh("touch '\(box.file("one"))'")
            try box.until("no note") { try box.status("one")?.reason == nil ? true : nil }
            try call(1, "Bash", ["command": "make deploy"], box)
            #expect(try said(1, box) == Self.allowed)
            #expect(try decisions(box).last?.rule == "rule-1")
            // An example that doesn't hold: the file is refused, with the place.
            try settings(
                "[{\"tool\": \"Bash\", \"command\": \"ls\", \"verdict\": \"never\",\n \"matches\": [\"ls\", \"pwd\"]}]",
                box)
            let error = try #require(try box.events().last { $0.type == .error })
            #expect(error.data["key"] == .string("auto_yes_rules[0].matches[1]"))
            #expect(error.data["line"] == .integer(2) && error.data["column"] == .integer(20))
            try call(2, "Bash", ["command": "make deploy && ls"], box)
            #expect(try said(2, box) == Self.allowed)
            try settings(
                #"[{"tool": "Bash", "command": "make deploy", "verdict": "never", "reason": "Enough."}]"#, box
            )
            try call(3, "Bash", ["command": "make deploy"], box)
            #expect(try said(3, box).contains("claudia says no: Enough."))
        }
    }

    @Test
    func `the same call five times in a minute stops auto-yes, over restarts too, until the file is touched`()
        throws
    {
        try withAgent { box in
            for number in 0..<5 {
                try call(number, "Bash", ["command": "ls"], box)
                #expect(try said(number, box) == Self.allowed)
            }
            try box.until("a reason") {
                try box.status("one")?.reason?.contains("the same was asked 5 times") == true ? true : nil
            }
            #expect(
                try box.events().contains {
                    $0.type == .error && "\($0.data)".contains("auto_yes has stopped")
                })
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try call(5, "Bash", ["command": "pwd"], box)
            try box.wait("one", "blocked")
            try box.ok("answer", "one", "yes")
            _ = try said(5, box)
            try box.sh("touch '\(box.file("one"))'")
            try box.until("no reason") { try box.status("one")?.reason == nil ? true : nil }
            try call(6, "Bash", ["command": "ls"], box)
            #expect(try said(6, box) == Self.allowed)
        }
    }

    @Test func `what a session may do is explained, and its past decisions are judged by today's rules`()
        throws
    {
        try withAgent { box in
            try call(0, "Bash", ["command": "ls"], box)
            _ = try said(0, box)
            let one = try box.ok("consent", "--session", "one", "--", "git", "push", "--force")
            #expect(one.hasPrefix("never\tgit-history\t") && one.split(separator: "\n").count == 1)
            let several = try box.ok(
                "consent", "--stdin0", input: "ls\0\0rm -rf ~\0echo 'a\nb'; x\u{1B}\tz\0cat /etc/hostname")
            let lines = several.split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false)
            }
            #expect(lines.count == 5 && lines.allSatisfy { $0.count == 3 })
            #expect(lines.map { $0[0] } == ["allow", "allow", "never", "ask", "allow"])
            #expect(!several.contains("\u{1B}"))
            #expect(try box.ok("consent", "--replay", "one") == "")
            try settings(
                #"[{"tool": "Bash", "command": "ls", "verdict": "ask", "reason": "No looking."}]"#, box)
            let replayed = try box.ok("consent", "--replay", "one")
            #expect(replayed.contains("allow → ask\trule-1\tNo looking.\tBash: ls"))
            #expect(try box.claudia("consent").code == 64)
        }
    }
}
