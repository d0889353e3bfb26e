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
        try Sandbox.withRealAgents { box, _ in
            // Trusted for one run, on its command line: no settings of the person's tell of it.
            try write(#"{"hooks": {}}"# + "\n", to: "\(box.home)/codex/hooks.json")
            try write(#"{"agent": ["codex"]}"# + "\n", to: box.file("one"))
            try box.untilReady("one")

            var last = try box.say("slow: 1 hello", to: "one")
            #expect(try box.until(.idle, "one", after: last) == ["working", "idle"])
            #expect(try box.events().contains { $0.seq > last && $0.type == .turnDone })

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
}
