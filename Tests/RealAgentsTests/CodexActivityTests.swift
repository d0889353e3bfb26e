import Glibc
import Linux
import SessionModel
import Testing

/// What is told of the real Codex while it does what it does.
@Suite struct CodexActivityTests {
    @Test
    func
        `it starts, works, asks, errs, is interrupted and ends, and the person's settings stay as they were`()
        throws
    {
        try Sandbox.withRealAgents { box, model in
            // Trusted for one run, on its command line: no settings of the person's tell of it.
            try write(#"{"hooks": {}}"# + "\n", to: "\(box.home)/codex/hooks.json")
            try write(#"{"agent": ["codex"]}"# + "\n", to: box.file("one"))
            try box.untilReady("one")

            var last = try box.say("slow: 1 hello", to: "one")
            // Ready, it may work for a moment once more before it takes what is typed.
            try box.until("the model is asked") {
                try model.requests().contains { $0.text == "slow: 1 hello" } ? true : nil
            }
            let asking = try box.lastEvent()
            try box.until("the turn is over") {
                try box.events().contains { $0.seq > asking && $0.type == .turnDone } ? true : nil
            }
            #expect(try box.activities(of: "one", after: last).suffix(2) == ["working", "idle"])

            last = try box.say("esc: touch made", to: "one")
            let asked = try box.question(of: "one", after: last)
            #expect(asked.kind == "permission" && asked.text == "approve Bash: touch made")
            #expect(asked.choices.first == "Yes, proceed" && asked.choices.count > 1)
            last = try box.press("Escape", in: "one")
            try box.until(.idle, "one", after: last)
            #expect(!exists(box.worktree("one") + "/made"))

            last = try box.say("slow: 60 never", to: "one")
            try box.until(.working, "one", after: last)
            last = try box.press("Escape", in: "one")
            #expect(try box.until(.idle, "one", after: last).last == "idle")

            let settings = try #require(text(of: "\(box.home)/codex/config.toml"))
            #expect(!settings.contains("hooks") && !settings.contains("trusted_hash"))
            #expect(text(of: "\(box.home)/codex/hooks.json") == "{\"hooks\": {}}\n")
            try box.say("/quit", to: "one")
            try box.wait("one", "exited")
            #expect(try box.status("one")?.activity == .unknown)
        }
    }

    @Test func `its turn is over though a terminal in its background goes on`() throws {
        try Sandbox.withRealAgents { box, _ in
            try write(#"{"agent": ["codex"]}"# + "\n", to: box.file("one"))
            try box.untilReady("one")
            // Interrupted while a command runs, it goes on to report that it works, until that ends.
            var last = try box.say("run: sleep 600", to: "one")
            try box.until("the command runs in the background") {
                try box.ok("output", "one", "--screen").contains("1 background terminal") ? true : nil
            }
            last = try box.press("Escape", in: "one")
            #expect(try box.until(.idle, "one", after: last) == ["idle"])
            try box.until("the turn is over") {
                try box.events().contains { $0.seq > last && $0.type == .turnDone } ? true : nil
            }
            // The next turn begins and ends, of which it reports nothing either.
            last = try box.say("slow: 1 hello", to: "one")
            #expect(try box.until(.idle, "one", after: last) == ["working", "idle"])
            last = try box.say("esc: touch made", to: "one")
            #expect(try box.question(of: "one", after: last).text == "approve Bash: touch made")
            last = try box.press("Escape", in: "one")
            try box.until(.idle, "one", after: last)
        }
    }

    @Test func `a dialog at its start is told once, and answered`() throws {
        try Sandbox.withRealAgents { box, _ in
            let settings = try #require(text(of: "\(box.home)/codex/config.toml"))
            let trust = try #require(settings.firstRange(of: "[projects."))
            try write(String(settings[..<trust.lowerBound]), to: "\(box.home)/stranger/config.toml")
            let projects = String(settings[trust.lowerBound...])
            try write(
                "check_for_update_on_startup = false\n" + projects, to: "\(box.home)/nobody/config.toml")
            try write(settings, to: "\(box.home)/hooked/config.toml")
            try write(
                #"{"hooks": {"Stop": [{"hooks": [{"type": "command", "command": "true"}]}]}}"#,
                to: "\(box.home)/hooked/hooks.json")
            let begin = try box.lastEvent()
            for name in ["stranger", "nobody", "hooked"] {
                let environment = #""environment_vars": {"CODEX_HOME": "\#(box.home)/\#(name)"}"#
                try write(#"{"agent": ["codex"], \#(environment)}"# + "\n", to: box.file(name))
            }
            let trusting = try box.question(of: "stranger", after: begin)
            #expect(trusting.kind == "permission" && trusting.choices == ["Trust and continue", "Quit"])
            let login = try box.question(of: "nobody", after: begin)
            #expect(login.kind == "auth" && login.choices.last == "Provide your own API key")
            let hooks = try box.question(of: "hooked", after: begin)
            #expect(hooks.kind == "permission" && hooks.choices.first == "Review hooks")
            // Longer than the second after which claudia hears again of what was printed.
            try box.pause(ms: 2_500)
            for name in ["stranger", "nobody", "hooked"] {
                let told = try box.events().filter { $0.session?.text == name && $0.type == .blocked }
                #expect(told.count == 1, "\(name)")
                #expect(try box.status(name)?.activity == .blocked)
            }
            try box.ok("answer", "stranger", "yes")
            try box.ok("answer", "hooked", "Continue without")
            for name in ["stranger", "hooked"] { try box.until(.idle, name, after: begin) }
        }
    }
}
