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
}
