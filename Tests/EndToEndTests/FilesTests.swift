import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Files are the interface` {
    @Test func `touch makes a session and fills the file in with every default`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.wait("fix", "running")
            let filled = try #require(text(of: box.file("fix")))
            #expect(
                filled == """
                    {
                      "version": 1,
                      "state": "running",
                      "prompts": [],
                      "agent": ["claude"],
                      "claude_args": [],
                      "agent_kind": null,
                      "base": "HEAD",
                      "base_branch": null,
                      "branch_prefix": "claudia-session",
                      "branch": null,
                      "working_directory": null,
                      "environment_vars": {},
                      "auto_yes": false,
                      "max_output_buffer": 10000,
                      "restart": "never"
                    }

                    """)
            try box.untilPrinted("ready", "fix")
            #expect(
                try box.sh("git branch --list --format='%(refname:short)'") == "claudia-session/fix\nmain\n")
            #expect(text(of: box.worktree("fix") + "/folder/inner.txt") == "inner\n")
            #expect(try box.sh("git status --porcelain") == "")
        }
    }

    @Test func `an empty file that somebody has open is filled in when it is free, and costs nothing before`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let supervisor = try box.supervisor().pid
            try write("", to: "\(box.home)/empty")
            let number = open("\(box.home)/empty", O_RDONLY | O_CLOEXEC)
            let reader = Descriptor(adopting: try #require(number >= 0 ? number : nil))
            try box.sh("mv \(box.home)/empty .claudia/sessions/fix.json")
            let before = try #require(ProcessTable.entry(supervisor)).cpuTicks
            try box.pause(ms: 400)
            #expect(try #require(ProcessTable.entry(supervisor)).cpuTicks - before < 10, "it spins")
            #expect(text(of: box.file("fix")) == "")
            release(consume reader)
            try box.wait("fix", "running")
            #expect(text(of: box.file("fix"))?.contains("\"version\": 1") == true)
        }
    }

    private func release(_ file: consuming Descriptor) {}

    @Test func `a file that does not parse keeps the session as it was until it is mended`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            let good = try #require(text(of: box.file("fix")))
            try write("{\n  \"state\": \"paused\",\n  \"prompts\": [1]\n}\n", to: box.file("fix"))
            let wrong = try box.until("the wrong type") { try box.status("fix")?.error }
            #expect(wrong.line == 3 && wrong.key == "prompts[0]", "\(wrong)")
            try write("{\n  \"state\": \"paused\"\n  \"prompts\": []\n}\n", to: box.file("fix"))
            let broken = try box.until("the syntax error") {
                try box.status("fix")?.error.flatMap { $0 == wrong ? nil : $0 }
            }
            #expect(broken.line == 3 && broken.column == 3, "\(broken)")
            #expect(try box.status("fix")?.phase == .running)
            #expect(try box.ok("ls").contains("line 3"))
            try write(good, to: box.file("fix"))
            try box.until("the error is gone") { try box.status("fix")?.error == nil ? true : nil }
            #expect(try box.status("fix")?.phase == .running)
            try box.ok("pause", "fix")
            try write("{", to: box.file("fix"))
            try box.until("another error") { try box.status("fix")?.error }
            try box.pause(ms: 200)
            #expect(try box.status("fix")?.phase == .paused)
        }
    }

    @Test func `max_output_buffer is the most that output shows`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "seq 1 20; echo end; read x", "\"max_output_buffer\": 3")
            try box.untilPrinted("end", "fix")
            #expect(try box.ok("output", "fix", "-n", "9") == "19\n20\nend\n")
        }
    }

    @Test func `a changed agent waits for the next start, and status says so`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo first; read x")
            try box.untilPrinted("first", "fix")
            try box.wait("fix", "running")
            let pid = try box.status("fix")?.agentPID
            try box.make("fix", shell: "echo second; read x")
            let reason = try box.until("a reason") { try box.status("fix")?.reason }
            #expect(reason == "New agent: takes effect at the agent's next start.")
            #expect(try box.status("fix")?.agentPID == pid)
            try box.ok("send", "fix", "end")
            try box.wait("fix", "exited")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.untilPrinted("second", "fix")
            try box.until("no reason") { try box.status("fix")?.reason == nil ? true : nil }
        }
    }

    @Test func `base and branch are refused once the worktree is made`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            try box.make("fix", shell: "echo ready; read x", "\"branch\": \"other\", \"state\": \"paused\"")
            try box.wait("fix", "paused")
            let status = try #require(try box.status("fix"))
            #expect(status.branch == "claudia-session/fix")
            #expect(status.error?.key == "branch")
            #expect(try box.sh("git branch --list other") == "")
        }
    }

    @Test func `a copy is a second session, and mv is rm and create`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("a", shell: "echo ready; read x")
            try box.untilPrinted("ready", "a")
            try box.sh("cp .claudia/sessions/a.json .claudia/sessions/b.json")
            try box.untilPrinted("ready", "b")
            #expect(try box.status("b")?.branch == "claudia-session/b")
            try box.sh("mv .claudia/sessions/a.json .claudia/sessions/c.json")
            try box.untilPrinted("ready", "c")
            try box.untilRemoved("a")
            #expect(try box.status("b")?.phase == .running)
            #expect(
                try box.sh("git branch --list --format='%(refname:short)' 'claudia-session/*'")
                    == "claudia-session/a\nclaudia-session/b\nclaudia-session/c\n")
        }
    }

    @Test func `edits made while no supervisor runs end where live edits would have`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["stays", "pauses", "goes", "moves"] {
                try box.make(name, shell: "echo ready; read x")
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            let pids = try ["stays", "pauses"].map { try box.status($0)?.agentPID }
            try box.ok("down")
            try box.sh(
                """
                cd .claudia/sessions
                sed -i 's/"agent"/"state": "paused", "agent"/' pauses.json
                rm goes.json
                mv moves.json moved.json
                touch fresh.json
                """)
            try box.ok("up", "--detach")
            try box.wait("pauses", "paused")
            try box.wait("fresh", "running")
            try box.untilPrinted("ready", "moved")
            try box.untilRemoved("goes")
            try box.untilRemoved("moves")
            #expect(try ["stays", "pauses"].map { try box.status($0)?.agentPID } == pids)
            #expect(try box.status("stays")?.phase == .running)
            #expect(text(of: box.file("fresh"))?.contains("\"version\": 1") == true)
        }
    }
}
