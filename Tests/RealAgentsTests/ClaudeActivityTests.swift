import Glibc
import Linux
import SessionModel
import Testing

/// What is told of the real Claude Code while it does what it does.
@Suite struct ClaudeActivityTests {
    @Test func `it starts, works, errs, is interrupted, paused and ends`() throws {
        try Sandbox.withRealAgents { box, model in
            try box.makeClaude("one")
            try box.untilReady("one")

            var last = try box.say("slow: 1 hello", to: "one")
            #expect(try box.until(.done, "one", after: last) == ["working", "done"])
            #expect(try box.events().contains { $0.seq > last && $0.type == .turnDone })

            // What is tried again is work.
            last = try box.say("error: 529 1", to: "one")
            #expect(try box.until(.done, "one", after: last) == ["working", "done"])
            #expect(try model.requests().filter { $0.text == "error: 529 1" }.map(\.status) == [529, 200])
            last = try box.say("error: 400", to: "one")
            #expect(try box.until(.error, "one", after: last) == ["working", "error"])

            for key in ["Escape", "C-c"] {
                last = try box.say("slow: 60 never", to: "one")
                try box.until(.working, "one", after: last)
                // Pressed once the model has begun, since a key before that takes the prompt back.
                let count = try model.requests().count
                #expect(count > 0)
                last = try box.press(key, in: "one")
                #expect(try box.until(.idle, "one", after: last) == ["idle"])
                // It puts the prompt back into its input, where the next one would join it.
                try box.press("C-u", in: "one")
            }

            last = try box.say("slow: 2 later", to: "one")
            try box.until(.working, "one", after: last)
            try box.ok("pause", "one")
            #expect(try box.status("one")?.phase == .paused)
            #expect(try box.status("one")?.activity == .unknown)
            try box.ok("resume", "one")
            #expect(try box.until(.done, "one", after: last) == ["working", "done"])

            // Stopped by somebody else: claudia goes on to tell what it did last, and what it does then.
            let agent = try ProcessHandle(try #require(try box.status("one")?.agentPID))
            try agent.send(SIGSTOP)
            last = try box.say("slow: 0 stopped", to: "one")
            try agent.send(SIGCONT)
            #expect(try box.until(.done, "one", after: last) == ["working", "done"])

            try box.say("/exit", to: "one")
            try box.wait("one", "exited")
            let status = try box.status("one")
            #expect(status?.activity == .unknown && status?.question == nil && status?.exit?.code == 0)
        }
    }

    @Test func `each question is told with its kind, its words and its choices, and answered`() throws {
        try Sandbox.withRealAgents { box, _ in
            try box.makeClaude("one")
            try box.untilReady("one")
            let tree = box.worktree("one")

            var last = try box.say("run: touch made", to: "one")
            var asked = try box.question(of: "one", after: last)
            #expect(
                asked.nameless
                    == Asked(kind: "permission", text: "approve Bash: touch made", choices: ["yes", "no"]))
            try box.ok("answer", "one", "yes")
            #expect(try box.until(.done, "one", after: last) == ["working", "blocked", "working", "done"])
            #expect(exists("\(tree)/made"))

            last = try box.say("write: \(tree)/written text", to: "one")
            asked = try box.question(of: "one", after: last)
            #expect(
                asked.nameless
                    == Asked(
                        kind: "permission", text: "approve Write: \(tree)/written", choices: ["yes", "no"]))
            // By hand: refused and interrupted, of which no hook tells.
            last = try box.press("Escape", in: "one")
            try box.until(.idle, "one", after: last)
            try box.until("nothing is asked") { try box.status("one")?.question == nil ? true : nil }
            #expect(!exists("\(tree)/written"))

            last = try box.say("seq: run: cat file.txt ;; edit: \(tree)/file.txt one => uno", to: "one")
            asked = try box.question(of: "one", after: last)
            #expect(
                asked.nameless
                    == Asked(
                        kind: "permission", text: "approve Edit: \(tree)/file.txt", choices: ["yes", "no"]))
            try box.ok("answer", "one", "no")
            try box.until(.done, "one", after: last)
            #expect(text(of: "\(tree)/file.txt") == "one\ntwo\n")

            last = try box.say("ask: Which colour?", to: "one")
            asked = try box.question(of: "one", after: last)
            #expect(
                asked.nameless == Asked(kind: "question", text: "Which colour?", choices: ["Red", "Blue"]))
            try box.ok("answer", "one", "Blue")
            try box.until(.done, "one", after: last)
            for (question, answer, taken) in [
                ("Which ones?", "Green, Red", "Green, Red"), ("And which?", #"["Blue", "3"]"#, "Blue, Green"),
            ] {
                last = try box.say("askmany: \(question)", to: "one")
                asked = try box.question(of: "one", after: last)
                #expect(asked.text == question && asked.choices == ["Red", "Blue", "Green"])
                #expect(try box.claudia("answer", "one", "Red, Purple").code == 1)
                try box.ok("answer", "one", answer)
                try box.until(.done, "one", after: last)
                let transcript = try box.sh("cat \(box.home)/claude/projects/*/*.jsonl")
                #expect(transcript.contains("\"\(question)\":\"\(taken)\""))
            }
            let transcript = try box.sh("cat \(box.home)/claude/projects/*/*.jsonl")
            #expect(transcript.contains(#""Which colour?":"Blue""#))
        }
    }

    @Test func `a plan is told and approved, or sent back with what is to change`() throws {
        try Sandbox.withRealAgents { box, _ in
            try box.makeClaude("one", mode: "plan")
            try box.untilReady("one")
            let plan = Asked(kind: "plan", text: "approve the plan: First this.", choices: ["yes", "no"])
            var last = try box.say("plan: First this.", to: "one")
            #expect(try box.question(of: "one", after: last).nameless == plan)
            try box.ok("answer", "one", "Then that, too.")
            try box.until(.done, "one", after: last)
            #expect(try box.sh("cat \(box.home)/claude/projects/*/*.jsonl").contains("Then that, too."))
            last = try box.say("plan: First this.", to: "one")
            #expect(try box.question(of: "one", after: last).nameless == plan)
            try box.ok("answer", "one", "yes")
            try box.until(.done, "one", after: last)
            // It asks before each edit, as it did before it planned.
            last = try box.say("run: touch made", to: "one")
            #expect(try box.question(of: "one", after: last).text == "approve Bash: touch made")
        }
    }

    @Test func `a dialog at its start is told, and no prompt is typed into one`() throws {
        try Sandbox.withRealAgents { box, _ in
            try write(Sandbox.claudeSettings(), to: "\(box.home)/stranger/.claude.json")
            try write(
                Sandbox.claudeSettings(trusting: box.root, knowsKey: false),
                to: "\(box.home)/keyless/.claude.json")
            try write(
                Sandbox.claudeSettings(trusting: box.root)
                    .replacing(#""hasCompletedOnboarding": true"#, with: #""hasCompletedOnboarding": false"#),
                to: "\(box.home)/beginner/.claude.json")
            try box.makeClaude(
                "first", #""environment_vars": {"CLAUDE_CONFIG_DIR": "\#(box.home)/beginner"}"#)
            let prompts = #""prompts": ["say: hello"]"#
            try box.makeClaude(
                "trust", #"\#(prompts), "environment_vars": {"CLAUDE_CONFIG_DIR": "\#(box.home)/stranger"}"#)
            try box.makeClaude(
                "key", #"\#(prompts), "environment_vars": {"CLAUDE_CONFIG_DIR": "\#(box.home)/keyless"}"#)
            let trust = try box.question(of: "trust", after: 0)
            #expect(trust.kind == "permission" && trust.text == "trust this folder")
            #expect(trust.choices == ["No, exit", "Yes, I trust this folder"])
            // Of this one it says nothing: it is seen.
            let key = try box.question(of: "key", after: 0)
            #expect(key.choices == ["Yes", "No (recommended)"])
            let style = try box.question(of: "first", after: 0)
            #expect(
                style.kind == "question" && style.choices.prefix(2) == ["Auto (match terminal)", "Dark mode"])
            // Longer than the quiet after which another program is typed to.
            try box.pause(ms: 2_500)
            #expect(try box.events().filter { $0.type == .promptSent }.isEmpty)
            #expect(try box.status("key")?.activity == .blocked)
            for name in ["trust", "key", "first"] {
                let told = try box.events().filter { $0.session?.text == name && $0.type == .blocked }
                #expect(told.count == 1, "\(name)")
            }
            let last = try box.lastEvent()
            try box.ok("answer", "first", "dark mode")
            #expect(!(try box.question(of: "first", after: last).choices.isEmpty))
            for name in ["trust", "key"] {
                try box.ok("answer", name, "yes")
                try box.until("the prompt is typed where it belongs") {
                    try box.status(name)?.promptsSent.count == 1 ? true : nil
                }
            }
        }
    }

    @Test func `one that a script wraps is started and understood as it says it is`() throws {
        try Sandbox.withRealAgents { box, _ in
            try write(
                "#!/bin/sh\nexport WRAPPED=1\nclaude \"$@\"\n", to: "\(box.root)/my-wrapper", mode: 0o755)
            try box.sh("git add . && git commit --quiet --message wrapper")
            try write(#"{"agent": ["./my-wrapper"], "agent_kind": "claude"}"# + "\n", to: box.file("one"))
            try box.untilReady("one")
            let last = try box.say("run: touch \"made-$WRAPPED\"", to: "one")
            #expect(try box.question(of: "one", after: last).choices == ["yes", "no"])
            try box.ok("answer", "one", "yes")
            try box.until(.done, "one", after: last)
            #expect(exists(box.worktree("one") + "/made-1"))
        }
    }
}
