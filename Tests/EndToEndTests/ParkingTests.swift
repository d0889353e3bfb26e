import Linux
import SessionModel
import Testing

@Suite struct Parking {
    @Test func `frees memory and slot, keeps the worktree, and running brings the agent back`() throws {
        try Sandbox.with { box in
            try write(
                "{\"multi_session\": {\"max_concurrent_sessions\": 1}}\n",
                to: "\(box.root)/.claudia/config.json")
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            try box.make("a", shell: Agents.stubborn)
            try box.untilPrinted("daemon", "a")
            try box.wait("a", "running")
            try box.make("b", shell: "echo ready; read x")
            try box.wait("b", "queued")
            let before = try #require(try box.status("a"))
            try write("mine\n", to: box.worktree("a") + "/mine.txt")

            try box.ok("park", "a")
            #expect(box.processes(ofSession: before.id).isEmpty)
            let parked = try #require(try box.status("a"))
            #expect(parked.phase == .parked)
            #expect(parked.agentPID == nil && parked.exit?.signal == "SIGKILL")
            #expect(parked.reason == "The agent was ended by SIGKILL, as its file asked.")
            #expect(parked.error == nil)
            try box.wait("b", "running")
            #expect(text(of: box.worktree("a") + "/mine.txt") == "mine\n")

            try box.ok("resume", "a", "--no-wait")
            try box.wait("a", "queued")
            try box.ok("park", "b")
            try box.wait("a", "running")
            let after = try #require(try box.status("a"))
            #expect(
                after.id == before.id && after.branch == before.branch && after.worktree == before.worktree)
            #expect(after.agentPID != before.agentPID)
            #expect(text(of: box.worktree("a") + "/mine.txt") == "mine\n")
        }
    }

    @Test func `an edit does the same, live and while no supervisor runs, also of a paused session`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["live", "frozen", "later"] {
                try box.make(name, shell: "echo ready; read x", "\"state\": \"running\"")
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            try box.sh("sed -i 's/\"running\"/\"parked\"/' .claudia/sessions/live.json")
            try box.wait("live", "parked")
            try box.ok("pause", "frozen")
            try box.sh("sed -i 's/\"paused\"/\"parked\"/' .claudia/sessions/frozen.json")
            try box.wait("frozen", "parked")
            let id = try #require(try box.status("later")?.id)
            try box.ok("down")
            try box.sh("sed -i 's/\"running\"/\"parked\"/' .claudia/sessions/later.json")
            try box.sh("sed -i 's/\"parked\"/\"running\"/' .claudia/sessions/live.json")
            #expect(!box.processes(ofSession: id).isEmpty)
            try box.ok("up", "--detach")
            try box.wait("later", "parked")
            #expect(box.processes(ofSession: id).isEmpty)
            try box.wait("live", "running")
            #expect(try box.status("frozen")?.phase == .parked)
        }
    }

    @Test func `a session that is parked from the start has no worktree yet`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("new", shell: "echo ready; read x", "\"state\": \"parked\"")
            try box.wait("new", "parked")
            #expect(!exists(box.worktree("new")))
            #expect(try box.claudia("wait", "new", "running").code == 1)
            try box.ok("resume", "new")
        }
    }
}
