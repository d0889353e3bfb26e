import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Ending a session` {
    /// Whose processes, and found and frozen how.
    struct Case: CustomTestStringConvertible {
        let user: User
        let environment: [String: String]
        var testDescription: String { "\(user) \(environment)" }
    }

    static let cases = [
        Case(user: .own, environment: [:]), Case(user: .ordinary, environment: [:]),
        Case(user: .own, environment: ["CLAUDIA_CGROUP": "0"]),
        Case(user: .ordinary, environment: ["CLAUDIA_CGROUP": "0"]),
    ]

    @Test(arguments: cases)
    func `kill of a frozen, deaf, daemonised session leaves no process`(_ it: Case) throws {
        try Sandbox.with(user: it.user, environment: it.environment) { box in
            try box.ok("up", "--detach")
            try box.make("deaf", shell: Agents.stubborn)
            try box.untilPrinted("ready", "deaf")
            try box.untilPrinted("daemon", "deaf")
            let id = try #require(try box.status("deaf")?.id)
            let tree = box.processes(ofSession: id)
            #expect(tree.count >= 4, "\(tree.map(box.commandLine))")
            if it.user == .ordinary { #expect(tree.allSatisfy { owner(of: $0) != 0 }) }
            try box.ok("pause", "deaf")
            try box.ok("kill", "deaf")
            #expect(try box.status("deaf")?.phase == .terminated)
            #expect(try box.status("deaf")?.exit?.signal == "SIGKILL")
            try box.until("every process is gone", ms: 2_000) {
                box.processes(ofSession: id).isEmpty ? true : nil
            }
            #expect(exists(box.worktree("deaf") + "/file.txt"))
        }
    }

    private func owner(of pid: Int32) -> UInt32 {
        var info = stat()
        return lstat("/proc/\(pid)", &info) == 0 ? info.st_uid : .max
    }

    @Test(arguments: cases)
    func `a paused session stands still, every process of it, and goes on as it was`(_ it: Case) throws {
        try Sandbox.with(user: it.user, environment: it.environment) { box in
            try box.ok("up", "--detach")
            try box.make("counts", shell: "(\(Agents.counting)) & (\(Agents.counting)) & wait")
            try box.untilPrinted("line 5", "counts")
            try box.ok("pause", "counts")
            let before = box.log("counts")
            try box.pause(ms: 300)
            #expect(box.log("counts") == before)
            try box.ok("resume", "counts")
            try box.until("more lines") { box.log("counts") != before ? true : nil }
        }
    }

    @Test func `a keeper that was killed leaves an interrupted session and no process`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "trap '' HUP TERM; echo ready; while :; do read x; done")
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            let status = try #require(try box.status("fix"))
            try write("mine\n", to: box.worktree("fix") + "/mine.txt")
            try ProcessHandle(try #require(status.keeperPID)).send(SIGKILL)
            try box.until("no process of it", ms: 3_000) {
                box.processes(ofSession: status.id).isEmpty ? true : nil
            }
            try box.wait("fix", "interrupted")
            let after = try #require(try box.status("fix"))
            #expect(after.reason?.contains("was ended from outside") == true, "\(after.reason ?? "")")
            #expect(after.agentPID == nil)
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.wait("fix", "running")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
            #expect(try box.status("fix")?.branch == status.branch)
        }
    }

    @Test func `down --all ends every agent, up starts none of them again, resume does`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["a", "b"] {
                try box.make(name, shell: "echo ready; read x")
                try box.untilPrinted("ready", name)
            }
            try box.ok("down", "--all")
            #expect(box.processes().isEmpty)
            try box.ok("up", "--detach")
            for name in ["a", "b"] { try box.wait(name, "interrupted") }
            try box.ok("resume", "a")
            #expect(try box.status("a")?.phase == .running)
            #expect(try box.status("b")?.phase == .interrupted)
        }
    }

    @Test func `what an agent leaves behind when it ends by itself is ended too`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "fix",
                shell: "(setsid sh -c 'echo child $$; while :; do read x < /dev/zero; done' &) ; read x")
            try box.untilPrinted("child", "fix")
            let id = try #require(try box.status("fix")?.id)
            try box.ok("send", "fix", "end")
            try box.wait("fix", "exited")
            try box.until("the child is gone") { box.processes(ofSession: id).isEmpty ? true : nil }
        }
    }
}
