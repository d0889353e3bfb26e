import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Settings, live` {
    private func set(_ text: String, _ box: Sandbox) throws {
        try write(text + "\n", to: "\(box.root)/.claudia/config.json")
    }

    private func running(_ box: Sandbox, of names: [String]) throws -> [String] {
        try names.filter { try box.status($0)?.phase == .running }
    }

    @Test func `a lower limit lets those that run finish and queues the rest in order of creation`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try set("{multi_session: {max_concurrent_sessions: 3}}", box)
            let names = ["f", "e", "d", "c", "b", "a"]
            for name in names {
                try box.make(name, shell: "echo ready; read x")
                try box.until("\(name) is known") { try box.status(name) }
            }
            for name in names.prefix(3) { try box.wait(name, "running") }
            try set("{multi_session: {max_concurrent_sessions: 1}}", box)
            try box.until("the change is told") {
                try box.events().first { $0.type == .configChanged && $0.seq > 3 }
            }
            for (index, name) in names.enumerated().prefix(5) {
                // Those that ran go on until they end by themselves; then one after another.
                #expect(try running(box, of: names) == Array(names[index..<max(3, index + 1)]), "\(name)")
                try box.ok("send", name, "end")
                try box.wait(name, "exited")
                if index >= 2 { try box.wait(names[index + 1], "running") }
            }
        }
    }

    @Test func `a changed default touches no session file that is there, and is in the next one`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.sh("touch .claudia/sessions/filled.json; echo '{}' > .claudia/sessions/bare.json")
            for name in ["filled", "bare"] { try box.wait(name, "running") }
            let before = try box.sh("cd .claudia/sessions; stat -c '%i %Y %Z' *.json; cat *.json")
            let pids = try ["filled", "bare"].map { try box.status($0)?.agentPID }
            try set(#"{"agent": ["sh"], "multi_session": {"default_branch_prefix": "mine"}}"#, box)
            try box.until("the change is told") { try box.events().first { $0.type == .configChanged } }
            try box.sh("touch .claudia/sessions/next.json")
            try box.wait("next", "running")
            let next = try #require(text(of: box.file("next")))
            #expect(
                next.contains(#""agent": ["sh"]"#) && next.contains(#""branch_prefix": "mine""#), "\(next)")
            #expect(
                try box.sh(
                    "cd .claudia/sessions; stat -c '%i %Y %Z' bare.json filled.json; cat bare.json filled.json"
                )
                    == before)
            #expect(try ["filled", "bare"].map { try box.status($0)?.agentPID } == pids)
        }
    }

    @Test func `a changed prefix of branches is no error in the file of a session that has its branch`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("old", shell: "echo ready; read x")
            try box.wait("old", "running")
            try set(#"{"multi_session": {"default_branch_prefix": "other"}}"#, box)
            try box.until("the change is told") { try box.events().first { $0.type == .configChanged } }
            try box.make("new", shell: "echo ready; read x")
            try box.wait("new", "running")
            #expect(try box.sh("git -C .claudia/worktrees/new branch --show-current") == "other/new\n")
            try box.sh(
                "touch .claudia/sessions/old.json; sed -i 's/}$/, \"state\": \"paused\"}/' .claudia/sessions/old.json"
            )
            try box.wait("old", "paused")
            #expect(try box.status("old")?.error == nil)
        }
    }

    @Test func `settings that are broken, emptied for a moment or no file keep the last good ones`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try set("{multi_session: {max_concurrent_sessions: 1}}", box)
            try box.make("a", shell: "echo ready; read x")
            try box.wait("a", "running")
            try box.make("b", shell: "echo ready; read x")
            try box.wait("b", "queued")
            let config = ".claudia/config.json"
            try set(
                "{\n \"multi_sesion\": {},\n \"multi_session\": {\"max_concurrent_sessions\": \"9\"}\n}", box)
            let problem = try box.until("the error") { try box.supervisor().configError }
            #expect(problem.line == 3 && problem.column == 47, "\(problem)")
            let event = try #require(try box.events().last { $0.type == .error })
            #expect(
                event.data["file"] == .string("config.json") && event.data["line"] == .integer(3), "\(event)")
            #expect(
                try box.claudia("ls").err.contains(
                    "config.json: line 3, column 47, key 'multi_session.max_concurrent_sessions'"))
            let doctor = try box.claudia("doctor")
            #expect(doctor.code == 1 && doctor.out.contains("config.json: line 3"), "\(doctor.told)")
            try box.sh("rm \(config); ln -s /etc/hostname \(config)")
            try box.until("the link is refused") {
                try box.supervisor().configError?.message.contains("link") == true ? true : nil
            }
            try box.sh("rm \(config)")
            try set("{multi_session: {max_concurrent_sessions: 1}}", box)
            try box.until("no error is left") { try box.supervisor().configError == nil ? true : nil }
            // An editor that empties, closes, and writes; then one that removes and makes anew.
            for way in [": > \(config)", "rm \(config)"] {
                try box.sh(way)
                try box.pause(ms: 200)
                try set("{multi_session: {max_concurrent_sessions: 1}} // \(way)", box)
                try box.pause(ms: 1_200)
                #expect(try box.status("b")?.phase == .queued, "\(way)")
            }
            try box.sh(": > \(config)")
            try box.wait("b", "running")
        }
    }
}
