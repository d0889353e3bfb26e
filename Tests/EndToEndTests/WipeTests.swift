import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Wiped files come back` {
    static let wipes = [
        "git clean": "git clean -fdxq", "git clean, twice": "git clean -fdxq; git clean -fdxq",
        "git stash -a": "git stash push --all --quiet", "rm sessions": "rm -rf .claudia/sessions",
        "rm .claudia":
            "rm -rf .claudia/sessions .claudia/hooks .claudia/*.json* .claudia/.gitignore .claudia/*.log",
    ]

    @Test(arguments: wipes.keys.sorted())
    func `agents go on and everything is put back, with a warning`(_ wipe: String) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write("{\"trash_days\": 3}\n", to: "\(box.root)/.claudia/config.json")
            try write("#!/bin/sh\ntrue\n", to: "\(box.root)/.claudia/hooks/turn_done", mode: 0o755)
            let names = ["a", "b", "c"]
            for name in names { try box.make(name, shell: Agents.counting) }
            try box.make("gone", shell: "echo ready; read x")
            try box.untilPrinted("ready", "gone")
            try write("mine\n", to: box.worktree("gone") + "/mine.ignored")
            try box.ok("rm", "gone")
            for name in names { try box.untilPrinted("line 3\r\n", name) }
            for name in names { try box.wait(name, "running") }
            // A second after its last change a file of the person's is kept a second time.
            try box.until("the hook is kept") {
                exists("\(box.root)/.git/claudia/hooks/turn_done") ? true : nil
            }
            let files = names.map { text(of: box.file($0)) }
            let pids = try names.map { try box.status($0)?.agentPID }
            #expect(pids.allSatisfy { $0 != nil })

            try wipeOut(box, wipe)

            for name in names {
                try box.until("status of \(name)") { try box.status(name) }
                try box.until("log of \(name)") { box.log(name).hasPrefix("line 1\r\n") ? true : nil }
                let grown = box.log(name).count
                try box.until("more of \(name)") { box.log(name).count > grown ? true : nil }
            }
            #expect(names.map { text(of: box.file($0)) } == files)
            #expect(try names.map { try box.status($0)?.agentPID } == pids)
            try box.until("config.json and the hook") {
                text(of: "\(box.root)/.claudia/config.json") == "{\"trash_days\": 3}\n"
                    && access("\(box.root)/.claudia/hooks/turn_done", X_OK) == 0 ? true : nil
            }
            try box.until("a warning") {
                try box.events().first { $0.type == .error && "\($0.data)".contains("wiped") }
            }
            try box.pause(ms: 1_300)
            #expect(try names.map { try box.status($0)?.agentPID } == pids)
            #expect(try names.allSatisfy { try box.status($0)?.phase == .running })
            // It all still works.
            try box.ok("pause", "a")
            try box.ok("restore", "gone")
            #expect(text(of: box.worktree("gone") + "/mine.ignored") == "mine\n")
        }
    }

    @Test(arguments: wipes.keys.sorted())
    func `wiped: wait and output -f go on`(_ wipe: String) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("a", shell: "echo ready; read x; echo \"said $x\"; exit 4")
            try box.untilPrinted("ready", "a")
            try box.wait("a", "running")
            let claudia = try Sandbox.program()
            let waiting = try box.start([claudia, "wait", "a", "exited", "--verbose"])
            let following = try box.start([claudia, "output", "-f", "a"])
            try box.until("both look on") {
                try [waiting, following].allSatisfy { try watches(of: $0.process.pid) >= 3 } ? true : nil
            }
            for _ in 1...2 {
                try wipeOut(box, wipe)
                try box.until("put back") { try box.status("a") }
            }
            try box.ok("send", "a", "on")
            #expect(try waiting.ending().code == 0)
            let printed = try following.ending()
            #expect(printed.code == 0 && printed.out.contains("said on"), "\(printed.told)")
        }
    }

    /// Git says so, and ends with 1, where it meets what is being put back.
    private func wipeOut(_ box: Sandbox, _ wipe: String) throws {
        try box.sh("{ \(WipeTests.wipes[wipe] ?? "false"); } || [ $? = 1 ]")
    }

    /// How many folders a process watches.
    private func watches(of pid: Int32) throws -> Int {
        names(in: "/proc/\(pid)/fdinfo").map { number in
            (text(of: "/proc/\(pid)/fdinfo/\(number)") ?? "").split(separator: "\n")
                .count { $0.hasPrefix("inotify ") }
        }.reduce(0, +)
    }

    @Test func `a folder that goes a second after its file went with it`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Agents.echoing)
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            let pid = try #require(try box.status("fix")?.agentPID)
            let supervisor = try ProcessHandle(try box.supervisor().pid)
            try box.sh("rm .claudia/sessions/fix.json")
            // The supervisor has seen that, and finds the second over and the folder gone at once.
            try box.pause(ms: 200)
            try supervisor.send(SIGSTOP)
            try box.pause(ms: 1_000)
            try box.sh("rm -r .claudia/sessions/fix")
            try supervisor.send(SIGCONT)
            try box.until("it is put back") {
                exists(box.file("fix")) && exists("\(box.sessions)/fix") ? true : nil
            }
            try box.wait("fix", "running")
            #expect(try box.status("fix")?.agentPID == pid)
        }
    }

    @Test func `an agent that ends during a wipe doesn't make it look like a removal`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Agents.echoing)
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            let agent = try ProcessHandle(try #require(try box.status("fix")?.agentPID))
            let supervisor = try ProcessHandle(try box.supervisor().pid)
            try supervisor.send(SIGSTOP)
            try box.sh("rm -r .claudia/sessions/fix*")
            try agent.send(SIGKILL)
            #expect(try isReadable(agent.descriptor, ms: 5_000))
            try supervisor.send(SIGCONT)
            try box.until("it is put back") {
                exists(box.file("fix")) && exists("\(box.sessions)/fix") ? true : nil
            }
            try box.wait("fix", "exited")
            #expect(exists(box.worktree("fix")))
        }
    }

    @Test func `a wipe while no supervisor runs is mended by the next one`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("a", shell: Agents.counting)
            try box.untilPrinted("line 3\r\n", "a")
            try box.wait("a", "running")
            let pid = try box.status("a")?.agentPID
            try box.ok("down")
            try box.sh("git clean -fdxq")
            try box.ok("up", "--detach")
            try box.until("status") { try box.status("a") }
            #expect(try box.status("a")?.agentPID == pid)
            #expect(text(of: box.file("a"))?.contains("exec 9") == true)
            try box.ok("pause", "a")
            #expect(box.log("a").hasPrefix("line 1\r\n"))
        }
    }
}

private typealias WipeTests = `Wiped files come back`
