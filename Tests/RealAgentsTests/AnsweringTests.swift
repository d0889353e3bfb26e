import FoundationEssentials
import Linux
import SessionModel
import Testing

/// The real agents' questions, answered by their person and in their person's place.
@Suite struct AnsweringTests {
    @Test func `three that wait for three things are in the inbox, and each answer settles its own`() throws {
        try Sandbox.withRealAgents { box, _ in
            try box.makeClaude("asks")
            try box.makeClaude("plans", mode: "plan")
            try box.makeClaude("runs")
            let messages = [
                "asks": "ask: Which colour?", "plans": "plan: First this.",
                "runs": "seq: run: touch a ;; run: touch b",
            ]
            let names = messages.keys.sorted()
            for name in names {
                try box.untilReady(name)
                try box.say(messages[name] ?? "", to: name)
            }
            let asked = try names.map { try box.question(of: $0, after: 0) }
            #expect(asked.map(\.kind) == ["question", "plan", "permission"])
            let inbox = try box.ok("inbox")
            for text in ["Which colour?", "approve the plan: First this.", "approve Bash: touch a"] {
                #expect(inbox.contains(text))
            }
            try box.ok("answer", "asks", "Red")
            try box.ok("answer", "plans", "yes")
            for name in ["asks", "plans"] { try box.until(.done, name, after: 0) }

            // By hand and from outside at the same moment; the next question follows at once.
            let first = asked[2]
            let hand = try box.start([try Sandbox.program(), "keys", "runs", "1"])
            let outside = try box.start([try Sandbox.program(), "answer", "runs", "yes", "--to", first.id])
            #expect(try hand.ending().code == 0)
            #expect([0, 1].contains(try outside.ending().code))
            let last = try #require(
                try box.events().last { $0.type == .blocked && $0.session?.text == "runs" }
            ).seq
            let second = try box.until("the second question") {
                try box.status("runs")?.question.flatMap { $0.text == "approve Bash: touch b" ? $0 : nil }
            }
            #expect(second.id != first.id && last > 0)
            // Longer than the agent takes for a key.
            try box.pause(ms: 500)
            #expect(try box.status("runs")?.question?.id == second.id)
            #expect(exists(box.worktree("runs") + "/a") && !exists(box.worktree("runs") + "/b"))
            try box.ok("answer", "runs", "no")
            try box.until("the end") { try box.status("runs")?.activity == .done ? true : nil }
            #expect(!exists(box.worktree("runs") + "/b"))
        }
    }

    private func allow(_ box: Sandbox) throws {
        try write(
            #"{"multi_session": {"auto_yes_enabled": true}}"# + "\n", to: "\(box.root)/.claudia/config.json")
        try box.until("settings read") {
            try box.events().contains { $0.type == .configChanged } ? true : nil
        }
    }

    private func sent(_ name: String, _ box: Sandbox) throws -> [String?] {
        let lines = (text(of: "\(box.sessions)/\(name)/decisions.jsonl") ?? "").split(separator: "\n")
        return try lines.map { try JSONDecoder().decode(LoggedDecision.self, from: Data($0.utf8)).sent }
    }

    @Test func `with auto_yes claude does what is harmless, is refused what never is, and asks the rest`()
        throws
    {
        try Sandbox.withRealAgents { box, _ in
            try allow(box)
            try box.makeClaude("one", #""auto_yes": true"#)
            try box.untilReady("one")
            let tree = box.worktree("one")
            var last = try box.say(
                "seq: run: git status && touch made ;; run: cat file.txt ;; edit: \(tree)/file.txt one => uno",
                to: "one")
            try box.until(.done, "one", after: last)
            #expect(exists("\(tree)/made") && text(of: "\(tree)/file.txt")?.hasPrefix("uno") == true)
            #expect(try sent("one", box) == ["allow", "allow"])

            try write("keep\n", to: "\(box.home)/precious")
            last = try box.say(
                """
                seq: run: git push --force ;; run: rm -rf ~ ;; write: \(box.root)/.git/hooks/pre-commit x
                """, to: "one")
            try box.until(.done, "one", after: last)
            #expect(try sent("one", box).dropFirst(2) == ["deny", "deny", "deny"])
            #expect(exists("\(box.home)/precious") && !exists("\(box.root)/.git/hooks/pre-commit"))

            last = try box.say("run: make-something --strange > made.txt", to: "one")
            #expect(try box.question(of: "one", after: last).kind == "permission")
            // Claude passes over keys that come within about half a second of a dialog.
            try box.pause(ms: 1_500)
            last = try box.press("1", in: "one")
            try box.until(.done, "one", after: last)
            #expect(exists("\(tree)/made.txt"))
        }
    }

    @Test func `codex is refused what never is, allowed what is harmless anywhere, and asks the rest`() throws
    {
        try Sandbox.withRealAgents { box, _ in
            try allow(box)
            try write(#"{"agent": ["codex"], "auto_yes": true}"# + "\n", to: box.file("one"))
            try box.untilReady("one")
            func turn(_ text: String) throws {
                let last = try box.say(text, to: "one")
                #expect(try box.until(.idle, "one", after: last) == ["working", "idle"])
            }
            try write("keep\n", to: "\(box.home)/precious")
            for command in ["git push --force", "rm -rf ~", "cat /etc/hostname"] {
                try turn("esc: \(command)")
            }
            #expect(try sent("one", box) == ["deny", "deny", "allow"])
            #expect(exists("\(box.home)/precious"))
            // Its hook doesn't tell where a command would run.
            for (command, answer) in [("esc: touch made", "yes"), ("escin: \(box.home) touch made", "no")] {
                let last = try box.say(command, to: "one")
                let asked = try box.question(of: "one", after: last)
                #expect(asked.kind == "permission" && asked.text == "approve Bash: touch made")
                #expect(asked.choices.first == "Yes, proceed" && asked.choices.count > 1)
                try box.ok("answer", "one", answer)
                try box.until(.idle, "one", after: last)
            }
            #expect(exists(box.worktree("one") + "/made") && !exists("\(box.home)/made"))
        }
    }
}
