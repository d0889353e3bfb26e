import Glibc
import Linux
import SessionModel
import Testing

/// Conversations of the real agents, which outlive whoever dies.
@Suite struct ConversationTests {
    @Test("it is gone on with after parking, a crash and a reboot", arguments: ["claude", "codex"])
    func goingOn(_ agent: String) throws {
        try Sandbox.withRealAgents { box, model in
            try write(#"{"agent": ["\#(agent)"]}"# + "\n", to: box.file("one"))
            var told: [String] = []
            func say(_ text: String) throws {
                try box.untilReady("one")
                told.append(text)
                try box.say(text, to: "one")
                try box.until("an answer to \(text)") { try model.requests().last?.text == text ? true : nil }
                #expect(try model.requests().last?.told == told)
                // Kept by then, as the end of the turn says.
                try box.until("the turn's end") {
                    let activity = try box.status("one")?.activity
                    return activity == .done || activity == .idle ? true : nil
                }
            }
            try say("say: first")
            try box.ok("park", "one")
            try box.ok("resume", "one")
            try say("say: second")

            try ProcessHandle(try #require(try box.status("one")?.agentPID)).send(SIGKILL)
            try box.wait("one", "exited")
            try box.ok("resume", "one")
            try say("say: third")

            try box.killAll()
            try box.sh(
                "sed -i 's/\\(\"bootID\" : \"\\)[^\"]*/\\1another/' .git/claudia/sessions/*/record.json")
            try box.ok("up", "--detach")
            try box.wait("one", "interrupted")
            try box.ok("resume", "one")
            try say("say: fourth")
        }
    }

    @Test func `codex goes on with the one that its own files tell of, where no hook of it speaks`() throws {
        try Sandbox.withRealAgents { box, model in
            try write(
                """
                #!/bin/bash
                words=()
                while (($#)); do case $1 in -c) shift 2 ;; *) words+=("$1"); shift ;; esac; done
                exec codex "${words[@]}"

                """, to: "\(box.home)/bin/deaf", mode: 0o755)
            let file = #"{"agent": ["deaf"], "agent_kind": "codex"}"# + "\n"
            for name in ["one", "two"] {
                try write(file, to: box.file(name))
                try box.untilReady(name)
                try box.say("say: first of \(name)", to: name)
                try box.until("its answer") {
                    try model.requests().last?.text == "say: first of \(name)" ? true : nil
                }
            }
            // Once it was said it is written down.
            try box.until("its file") {
                try box.sh("find '\(box.home)/codex/sessions' -name '*.jsonl' | wc -l") == "2\n" ? true : nil
            }
            for name in ["one", "two"] {
                try box.ok("park", name)
                try box.ok("resume", name)
                try box.untilReady(name)
                try box.say("say: second", to: name)
                try box.until("an answer that knows the first") {
                    try model.requests().last?.told == ["say: first of \(name)", "say: second"] ? true : nil
                }
            }
        }
    }

    @Test func `another agent begins a conversation of its own`() throws {
        try Sandbox.withRealAgents { box, model in
            try write(#"{"agent": ["claude"]}"# + "\n", to: box.file("one"))
            try box.untilReady("one")
            let last = try box.say("say: first", to: "one")
            try box.until(.done, "one", after: last)
            try box.ok("park", "one")
            try box.ok("set", "one", "agent=[\"codex\"]")
            try box.ok("resume", "one")
            try box.untilReady("one")
            try box.say("say: second", to: "one")
            try box.until("codex answers") { try model.requests().last?.told == ["say: second"] ? true : nil }
        }
    }

    @Test func `two prompts are done once each in one conversation, though the supervisor dies between them`()
        throws
    {
        try Sandbox.withRealAgents { box, model in
            try box.makeClaude("one")
            try box.untilReady("one")
            try box.ok("set", "one", #"prompts=["slow: 2 first", "say: second"]"#)
            try box.until("the first prompt") { try model.requests().isEmpty ? nil : true }
            try box.killSupervisor()
            let old = try box.lastEvent()
            try box.ok("up", "--detach")
            try box.until("the second prompt") { try model.requests().count > 1 ? true : nil }
            try box.until(.done, "one", after: old)
            try box.until("the second turn's end") {
                try box.events().count { $0.type == .turnDone } == 2 ? true : nil
            }
            let requests = try model.requests()
            #expect(requests.map(\.text) == ["slow: 2 first", "say: second"])
            #expect(requests.last?.told == ["slow: 2 first", "say: second"])
            #expect(try box.status("one")?.promptsSent.count == 2)
        }
    }

    /// Says something in a clone's session, and waits for the end of the turn: all that the model was told then.
    private func say(
        _ text: String, to name: String, in root: String, _ box: Sandbox, _ model: Model
    ) throws -> [String] {
        try box.until("\(name) is ready in \(root)") { () -> Bool? in
            let screen = try box.ok("output", name, "--screen", in: root)
            return ["? for shortcuts", "mode on"].contains(where: screen.contains) ? true : nil
        }
        try box.ok("wait", name, "idle", "--timeout", "20", in: root)
        try box.ok("send", name, text, in: root)
        func isAnswered() throws -> Bool? { try model.requests().last?.text == text ? true : nil }
        if (try? box.until("an answer", ms: 3_000, isAnswered)) == nil {
            try box.ok("keys", name, "Enter", in: root)
        }
        try box.until("an answer to \(text)", isAnswered)
        try box.until("the turn's end") { () -> Bool? in
            let status = try box.ok("status", name, "--json", in: root)
            return ["done", "idle"].contains { status.contains("\"activity\" : \"\($0)\"") } ? true : nil
        }
        return try model.requests().last?.told ?? []
    }

    @Test(
        "it goes on in another clone, and comes back with what was said there",
        arguments: ["claude", "codex"])
    func handedOver(_ agent: String) throws {
        try Sandbox.withRealAgents { box, model in
            let other = "\(box.home)/other"
            try box.sh(
                "git clone --quiet --bare . ../remote.git; git remote add origin ../remote.git; git clone --quiet ../remote.git \(other)"
            )
            try write(
                Sandbox.claudeSettings(trusting: box.root, other), to: "\(box.home)/claude/.claude.json")
            let trust = "[projects.\"\(other)\"]\ntrust_level = \"trusted\"\n"
            try write(
                (text(of: "\(box.home)/codex/config.toml") ?? "") + trust, to: "\(box.home)/codex/config.toml"
            )
            // Here it may do anything.
            let loose = agent == "codex" ? #", "-a", "never", "-s", "danger-full-access""# : ""
            try write(#"{"agent": ["\#(agent)"\#(loose)]}"# + "\n", to: box.file("one"))
            try box.wait("one", "running")
            #expect(try say("say: first", to: "one", in: box.root, box, model) == ["say: first"])
            try box.ok("park", "one")
            let pushed = try box.claudia("push", "one")
            #expect(pushed.code == 0 && pushed.err == "", "\(pushed.told)")
            // Another machine has none of its conversations.
            let kept = agent == "codex" ? "codex/sessions" : "claude/projects"
            try box.sh("mv \(kept) here", in: box.home)
            try box.ok("pull", "one", in: other)
            try box.ok("wait", "one", "parked", "--timeout", "20", in: other)
            try box.ok("set", "one", #"agent=["\#(agent)"]"#, in: other)
            try box.ok("resume", "one", in: other)
            let both = ["say: first", "say: second"]
            #expect(try say("say: second", to: "one", in: other, box, model) == both)
            #expect(try box.sh("grep -rlF danger-full-access \(kept) || true", in: box.home) == "")
            try box.ok("park", "one", in: other)
            try box.ok("push", "one", in: other)
            try box.ok("down", "--all", in: other)

            try box.sh("rm -rf \(kept); mv here \(kept)", in: box.home)
            try box.ok("rm", "one")
            try box.ok("pull", "one")
            try box.ok("wait", "one", "parked", "--timeout", "20")
            try box.ok("resume", "one")
            #expect(try say("say: third", to: "one", in: box.root, box, model) == both + ["say: third"])
        }
    }
}
