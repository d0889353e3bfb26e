import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `The supervisor may die` {
    @Test func `ten kills with -9 cost no agent and no line of output`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let names = ["a", "b", "c"]
            for name in names { try box.make(name, shell: Agents.counting) }
            for name in names { try box.untilPrinted("line 1\r\n", name) }
            for name in names { try box.wait(name, "running") }
            let pids = try names.map { try #require(try box.status($0)?.agentPID) }
            var slowestMs: Int64 = 0
            for round in 1...10 {
                try box.killSupervisor()
                if round.isMultiple(of: 3) { try box.pause(ms: 50) }
                let begin = Clock.bootNs
                try box.ok("up", "--detach")
                slowestMs = max(slowestMs, (Clock.bootNs - begin) / 1_000_000)
                #expect(try names.map { try box.status($0)?.agentPID } == pids)
                #expect(try names.allSatisfy { try box.status($0)?.phase == .running })
            }
            print("claudia up --detach after kill -9: at most \(slowestMs) ms")
            #expect(slowestMs < 5_000)
            for name in names { try box.ok("pause", name) }
            for name in names { expectAllLines(box.log(name)) }
            #expect(try names.map { try box.status($0)?.agentPID } == pids)
        }
    }

    @Test(arguments: [[3, 8, 15, 25], [40, 20, 10, 5], [12, 1, 30, 2]])
    func `sessions that are being made when it dies are made whole, each once`(_ delaysMs: [Int]) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let names = ["a", "b", "c", "d", "e"]
            for name in names { try box.make(name, shell: "echo ready; read x") }
            for delayMs in delaysMs {
                try box.pause(ms: delayMs)
                try box.killSupervisor()
                try box.ok("up", "--detach")
            }
            for name in names {
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
                let status = try #require(try box.status(name))
                #expect(status.branch == "claudia-session/\(name)")
                let agents = box.processes(ofSession: status.id)
                #expect(agents.count == 1, "\(agents.map(box.commandLine))")
                #expect(agents.first == status.agentPID)
                #expect(try box.sh("git status --porcelain", in: box.worktree(name)) == "")
                #expect(box.log(name) == "ready\r\n", "the agent was started once")
            }
            #expect(try box.sh("git worktree list").split(separator: "\n").count == 6)
            #expect(try box.sh("git branch --list").split(separator: "\n").count == 6)
            #expect(worktrees(of: box) == names)
        }
    }

    private func worktrees(of box: Sandbox) -> [String] {
        names(in: "\(box.root)/.claudia/worktrees").filter { !$0.hasPrefix(".") }
    }

    /// That each number follows the one before, from 1 on.
    private func expectAllLines(_ log: String) {
        let lines = log.split(separator: "\r\n").dropLast()
        #expect(lines.count > 50)
        let wrong = zip(lines, 1...).first { $0.0 != "line \($0.1)" }
        #expect(wrong == nil)
    }

    @Test(arguments: [false, true])
    func `of twenty that start at once one owns the repository`(detached: Bool) throws {
        try Sandbox.with { box in
            let program = try Sandbox.program()
            let starts = try (1...20).map { _ in
                try box.start([program, "up"] + (detached ? ["--detach"] : []))
            }
            if detached {
                for start in starts {
                    let outcome = try start.ending()
                    #expect(outcome.code == 0, "\(outcome.told)")
                }
                #expect(try box.supervisor().generation == 1)
            } else {
                var ended: [Int32: Outcome] = [:]
                try box.until("nineteen ends") {
                    for start in starts where ended[start.process.pid] == nil {
                        guard try isReadable(start.process.descriptor, ms: 0) else { continue }
                        ended[start.process.pid] = try start.ending()
                    }
                    return ended.count >= 19 ? true : nil
                }
                #expect(ended.count == 19)
                for outcome in ended.values {
                    #expect(outcome.code == 1)
                    #expect(outcome.err.contains("A supervisor runs already in this repository"))
                }
                let owner = try #require(starts.first { ended[$0.process.pid] == nil })
                #expect(try box.until("its file") { try? box.supervisor() }.pid == owner.process.pid)
                try box.ok("down")
                #expect(try owner.ending().code == 0)
            }
        }
    }

    @Test func `an agent that ends while nobody watches is known to have ended, and how`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let ends = ["code": "exit 7", "signal": "kill -KILL $$"]
            for (name, end) in ends {
                try box.make(name, shell: "\(Agents.untilGo); \(end)")
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            let keepers = try ends.keys.map { try #require(try box.status($0)?.keeperPID) }
            try box.killSupervisor()
            for name in ends.keys { try write("", to: box.worktree(name) + "/go") }
            try box.until("the keepers have left") {
                keepers.allSatisfy { ProcessTable.entry($0).map { $0.state == "Z" } ?? true } ? true : nil
            }
            try box.ok("up", "--detach")
            for name in ends.keys { try box.wait(name, "exited") }
            #expect(try box.status("code")?.exit?.code == 7)
            #expect(try box.status("code")?.exit?.signal == nil)
            #expect(try box.status("signal")?.exit?.signal == "SIGKILL")
            #expect(try box.status("signal")?.exit?.code == nil)
        }
    }
}
