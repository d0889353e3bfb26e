import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Events, hooks and prompts` {
    @Test func `seq has no gap over kills and restarts`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("a", shell: Agents.counting)
            for round in 1...6 {
                try box.make("s\(round)", shell: "echo ready; read x")
                if round.isMultiple(of: 2) { try box.untilPrinted("ready", "s\(round)") }
                try box.killSupervisor()
                try box.ok("up", "--detach")
            }
            try box.wait("s6", "running")
            let events = try box.events()
            #expect(events.map(\.seq) == Array(1...events.count))
            #expect(Set(events.compactMap { $0.type == .sessionCreated ? $0.session?.text : nil }).count == 7)
            let told = try box.ok("events", "--json").split(separator: "\n").count
            #expect(told >= events.count)
        }
    }

    @Test func `a hook gets the event on stdin and variables, and runs once for each`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let script = """
                #!/bin/sh
                { env | grep ^CLAUDIA_ | sort; cat; echo; } > "$HOME/hook.$CLAUDIA_SESSION.$CLAUDIA_SEQ"

                """
            try write(script, to: "\(box.root)/.claudia/hooks/session_created", mode: 0o755)
            try write(script, to: "\(box.root)/.claudia/hooks/session_terminated", mode: 0o644)
            if geteuid() == 0 {
                try write(script, to: "\(box.root)/.claudia/hooks/status_changed", mode: 0o755)
                chown("\(box.root)/.claudia/hooks/status_changed", 65_534, 65_534)
            }
            try box.make("fix", shell: "echo ready; read x")
            try box.wait("fix", "running")
            let event = try #require(try box.events().first { $0.type == .sessionCreated })
            let path = "\(box.home)/hook.fix.\(event.seq)"
            try box.until("the hook's file") { text(of: path)?.hasSuffix("\n\n") == true ? true : nil }
            let told = try #require(text(of: path))
            #expect(
                told.contains(
                    "CLAUDIA_EVENT=session_created\nCLAUDIA_REPO=\(box.root)\nCLAUDIA_SEQ=\(event.seq)\nCLAUDIA_SESSION=fix\n"
                ))
            #expect(
                told.contains(#""seq":\#(event.seq)"#) && told.contains(#""type":"session_created""#),
                "\(told)")
            try box.ok("rm", "fix")
            #expect(
                names(in: box.home).filter { $0.hasPrefix("hook.") }.count == 1,
                "what isn't executable, or somebody else's, isn't run")
        }
    }

    @Test func `a hook that hangs is ended after ten seconds and holds up no other session`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let script = """
                #!/bin/sh
                echo "$CLAUDIA_SESSION" >> "$HOME/begun"
                [ "$CLAUDIA_SESSION" != hangs ] || while :; do sleep 60; done

                """
            try write(script, to: "\(box.root)/.claudia/hooks/status_changed", mode: 0o755)
            try box.make("hangs", shell: "echo ready; read x")
            try box.wait("hangs", "running")
            try box.make("works", shell: "echo ready; read x")
            try box.wait("works", "running")
            func begun(_ name: String) -> Int {
                (text(of: "\(box.home)/begun") ?? "").split(separator: "\n").filter { $0 == name }.count
            }
            try box.until("the hooks of the other", ms: 5_000) { begun("works") >= 3 ? true : nil }
            #expect(begun("hangs") == 1)
            try box.until("the next hook of the one that hung", ms: 15_000) {
                begun("hangs") == 2 ? true : nil
            }
            try write("", to: "\(box.root)/.claudia/hooks/status_changed")
            chmod("\(box.root)/.claudia/hooks/status_changed", 0o600)
            try box.ok("down", "--all")
        }
    }

    @Test func `a hook of an event during a Git command runs after it`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("a", shell: Agents.untilGo)
            try box.untilPrinted("ready", "a")
            let hook = "\(box.root)/.claudia/hooks/status_changed"
            try write("#!/bin/sh\necho $CLAUDIA_SEQ >> $HOME/told\n", to: hook, mode: 0o755)
            // Empty, as while `git add` runs: the supervisor can't tell what of .claudia Git brings.
            try write("", to: "\(box.root)/.git/index.lock")
            try write("", to: box.worktree("a") + "/go")
            try box.wait("a", "exited")
            #expect(text(of: "\(box.home)/told") == nil)
            unlink("\(box.root)/.git/index.lock")
            try box.until("the hook") { text(of: "\(box.home)/told") }
        }
    }

    @Test func `a hook that can't be started holds up no other`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.sh("mkfifo ../gate")
            let hooks = "\(box.root)/.claudia/hooks"
            try write("#!/bin/sh\nread x < $HOME/gate\n", to: hooks + "/session_created", mode: 0o755)
            try write("#!/nonexistent\n", to: hooks + "/status_changed", mode: 0o755)
            try write("#!/bin/sh\ntouch $HOME/told\n", to: hooks + "/input_sent", mode: 0o755)
            try box.make("a", shell: "echo ready; read x; read y")
            try box.untilPrinted("ready", "a")
            try box.ok("send", "a", "x")
            try box.until("the last event") { try box.events().first { $0.type == .inputSent } }
            #expect(!exists("\(box.home)/told"))
            try box.sh("echo > ../gate")
            try box.until("the hook behind") { exists("\(box.home)/told") ? true : nil }
        }
    }

    @Test func `a prompt that was asked for counts as sent, though the file has another by now`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            // With bracketed paste Enter comes on its own, some time after the text.
            let agent =
                "stty -echo; printf '\\033[?2004hready\\n'; while read -r x; do echo \"got<$x>\"; done"
            try box.make("fix", shell: agent)
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            // What is asked of the keeper now waits.
            let keeper = try ProcessHandle(try #require(try box.status("fix")?.keeperPID))
            try keeper.send(SIGSTOP)
            defer { try? keeper.send(SIGCONT) }
            try box.make("fix", shell: agent, #""prompts": ["one"]"#)
            try box.until("it is known") { try box.status("fix")?.spec?.prompts == ["one"] ? true : nil }
            try keeper.send(SIGCONT)
            let record = "\(box.root)/.git/claudia/sessions/fix/record.json"
            try box.until("it is asked for") {
                text(of: record)?.contains("\"promptAsked\"") == true ? true : nil
            }
            try keeper.send(SIGSTOP)
            try box.make("fix", shell: agent, #""prompts": ["two"]"#)
            try box.until("the other is known") {
                try box.status("fix")?.spec?.prompts == ["two"] ? true : nil
            }
            try keeper.send(SIGCONT)
            // This agent doesn't take a paste's brackets off.
            try box.untilPrinted("got<\u{1B}[200~one\u{1B}[201~>", "fix")
            try box.untilPrinted("got<\u{1B}[200~two\u{1B}[201~>", "fix")
        }
    }

    @Test func `prompts are typed one after another, each once, also over a restart`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let agent = "stty -echo; echo ready; while read -r x; do echo \"got<$x>\"; done"
            try box.make("fix", shell: agent, #""prompts": ["one", "two", "three"]"#)
            try box.untilPrinted("got<one>", "fix")
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.untilPrinted("got<two>", "fix")
            #expect(!box.log("fix").contains("got<three>"), "not before the terminal is quiet")
            try box.untilPrinted("got<three>", "fix")
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.make("fix", shell: agent, #""prompts": ["two", "three", "one", "one"]"#)
            try box.until("a fourth prompt") {
                box.log("fix").matches(of: /got<one>/).count == 2 ? true : nil
            }
            try box.pause(ms: 2_500)
            let got = box.log("fix").matches(of: /got<([^>]*)>/).map { String($0.1) }
            #expect(got == ["one", "two", "three", "one"])
            #expect(try box.status("fix")?.promptsSent.count == 4)
            // An event is written before what it tells of is on record: a kill in between has it told again.
            let told = try box.events().filter { $0.type == .promptSent }.count
            #expect((4...6).contains(told))
        }
    }
}
