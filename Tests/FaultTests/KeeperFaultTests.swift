import Glibc
import Linux
import SessionModel
import Testing

/// Keepers that hang or die.
@Suite(.serialized) struct `A keeper fails` {
    @Test(arguments: [false, true])
    func `hung keeper`(whileWatched: Bool) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["hung", "other"] {
                try box.make(name, shell: "echo ready; while read x; do echo \"got $x\"; done")
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            let status = try #require(try box.status("hung"))
            let keeper = try ProcessHandle(try #require(status.keeperPID))
            try keeper.send(SIGSTOP)
            if whileWatched {
                try box.ok("pause", "hung", "--no-wait")
            } else {
                try box.killSupervisor()
                let begin = Clock.bootNs
                try box.ok("up", "--detach")
                #expect(Clock.bootNs - begin < Scale.limitMs(2_000) * 1_000_000)
            }
            try box.wait("hung", "unreachable")
            #expect(try box.status("hung")?.reason?.contains("(process \(keeper.pid))") == true)
            try box.ok("pause", "other")
            try box.ok("resume", "other")
            if !whileWatched { try box.ok("pause", "hung", "--no-wait") }
            try box.pause(ms: 100)
            #expect(ProcessTable.entry(keeper.pid)?.state == "T")
            try keeper.send(SIGCONT)
            try box.wait("hung", "paused")
            try box.ok("resume", "hung")
            try box.ok("send", "hung", "hello")
            try box.untilPrinted("got hello", "hung")
            #expect(try box.status("hung")?.agentPID == status.agentPID)
            #expect(try box.status("hung")?.keeperPID == status.keeperPID)
        }
    }

    @Test func `a prompt that a dead keeper had begun to type is not typed again`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            // With bracketed paste Enter comes on its own, some time after the text.
            try box.make(
                "fix", shell: "printf '\\033[?2004hready\\n'; read x; read x; read x",
                "\"prompts\": [\"do it\"]")
            try box.untilPrinted("do it", "fix")
            let supervisor = try ProcessHandle(try box.supervisor().pid)
            try supervisor.send(SIGSTOP)
            let keeper = try #require(try box.status("fix")?.keeperPID)
            try ProcessHandle(keeper).send(SIGKILL)
            try supervisor.send(SIGKILL)
            try box.ok("up", "--detach")
            try box.wait("fix", "interrupted")
            #expect(try box.status("fix")?.promptsSent.count == 1)
        }
    }

    @Test(arguments: zip([false, true], ["0", "1"]))
    func `dead keeper`(frozen: Bool, group: String) throws {
        try Sandbox.with(environment: ["CLAUDIA_CGROUP": group]) { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Agents.stubborn)
            try box.untilPrinted("daemon", "fix")
            try box.wait("fix", "running")
            // In time, every process is in its control group.
            try box.pause(ms: 500)
            if frozen { try box.ok("pause", "fix") }
            let status = try #require(try box.status("fix"))
            try box.sh(
                "echo mine > new; echo more >> file.txt; echo x > x.ignored; git add new",
                in: box.worktree("fix"))
            let before = try box.fingerprint("fix")
            let keeper = try #require(status.keeperPID)
            #expect(box.processes(ofSession: status.id).count >= 4)
            try ProcessHandle(keeper).send(SIGKILL)
            try box.until("no process of it", ms: Int(Scale.limitMs(2_000))) {
                box.processes(ofSession: status.id).isEmpty ? true : nil
            }
            try box.wait("fix", "interrupted")
            let after = try #require(try box.status("fix"))
            #expect(after.reason?.contains("Its keeper (process \(keeper)) was ended from outside") == true)
            #expect(after.agentPID == nil)
            #expect(try box.fingerprint("fix") == before)
            if frozen { try box.ok("resume", "fix") } else { try box.sh("touch .claudia/sessions/fix.json") }
            try box.wait("fix", "running")
            #expect(try box.fingerprint("fix") == before)
            // Else the end of a deaf agent would take its grace.
            try box.killAll()
        }
    }
}
