import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `A repository that was copied or moved` {
    /// Two sessions that run: one's worktree lies inside, the other's outside; and two that were removed.
    private func begin(_ box: Sandbox) throws {
        let outside = "\(box.home)/outside"
        try box.ok("up", "--detach")
        for name in ["in", "gone-in"] {
            try box.ok("new", name, "--", "claude")
            try box.wait(name, "running")
        }
        try write("{\"worktrees\": {\"root\": \"\(outside)\"}}\n", to: "\(box.root)/.claudia/config.json")
        try box.until("the settings") { try box.events().first { $0.type == .configChanged } }
        for name in ["out", "gone-out"] {
            try box.ok("new", name, "--", "claude")
            try box.wait(name, "running")
        }
        for name in ["in", "out"] {
            let worktree = try #require(try box.status(name)?.worktree)
            try write("mine\n", to: "\(worktree)/mine.txt")
        }
        try box.ok("rm", "gone-in", "gone-out")
    }

    @Test(arguments: ["cp -a", "cp -al", "cp -a, while it is stopped"])
    func `the copy never acts on the original`(_ way: String) throws {
        try Sandbox.with { box in
            try begin(box)
            let pids = try ["in", "out"].map { try #require(try box.status($0)?.agentPID) }
            let supervisor = try box.supervisor().pid
            if way.hasSuffix("stopped") { try box.ok("down") }
            try box.sh("\(way.prefix { $0 != "," }) repo copy", in: box.home)
            func original() throws -> String {
                try box.sh(
                    """
                    git worktree list; git for-each-ref refs/heads refs/claudia/rescue
                    cat .git/worktrees/*/gitdir .claudia/worktrees/*/.git ../outside/*/.git
                    find .claudia/worktrees .claudia/trash ../outside .git/worktrees | sort
                    """)
            }
            let before = try original()
            let copy = "\(box.home)/copy"
            #expect(try box.claudia("up", "--detach", in: copy).code == 1)
            #expect(try box.claudia("send", "in", "hello", in: copy).code == 1)
            #expect(try box.claudia("down", "--all", in: copy).code == 1)
            try box.ok("trust", "--yes", in: copy)
            // A supervisor that is left alone is the best witness that sessions of the copy have keepers of their own.
            try box.ok("up", "--detach", in: copy)
            try box.ok("wait", "in", "running", "--timeout", "20", in: copy)
            let list = try box.sh("git worktree list", in: copy)
            #expect(
                list.contains("\(copy)/.claudia/worktrees/in") && !list.contains("\(box.root)/"), "\(list)")
            #expect(text(of: "\(copy)/.claudia/worktrees/in/mine.txt") == "mine\n")
            try box.ok("send", "in", "from-the-copy", in: copy)
            try box.ok("restore", "gone-in", in: copy)
            #expect(exists("\(copy)/.claudia/worktrees/gone-in/file.txt"))
            try box.ok("rm", "--all", in: copy)
            try box.ok("down", "--all", in: copy)

            #expect(try original() == before)
            #expect(pids.allSatisfy { kill($0, 0) == 0 })
            if !way.hasSuffix("stopped") { #expect(try box.supervisor().pid == supervisor) }
            try box.ok("up", "--detach")
            for name in ["in", "out"] {
                #expect(!box.log(name).contains("from-the-copy"))
                try box.ok("send", name, "still-here")
                try box.untilPrinted("got<still-here>", name)
            }
            #expect(try ["in", "out"].map { try box.status($0)?.agentPID } == pids)
            for name in ["gone-in", "gone-out"] { try box.ok("restore", name) }
        }
    }

    @Test(arguments: ["while it runs", "while it is stopped", "a folder above it"])
    func `after mv its sessions go on`(_ way: String) throws {
        try Sandbox.with(repository: "above/repo") { box in
            try begin(box)
            let pids = try ["in", "out"].map { try #require(try box.status($0)?.agentPID) }
            if way == "while it is stopped" { try box.ok("down") }
            let now = way == "a folder above it" ? "\(box.home)/beyond/repo" : "\(box.home)/moved"
            try box.sh(way == "a folder above it" ? "mv above beyond" : "mv above/repo moved", in: box.home)
            defer { _ = try? box.sh("mkdir -p above; mv \(now) above/repo", in: box.home) }
            try box.until("a supervisor at the new place") {
                try box.claudia("up", "--detach", in: now).code == 0 ? true : nil
            }
            for (name, pid) in zip(["in", "out"], pids) {
                let status = try box.ok("status", "--json", name, in: now)
                #expect(
                    status.contains("\"agent_pid\" : \(pid)") && status.contains("\"running\""), "\(status)")
                try box.ok("send", name, "hello", in: now)
                #expect(try box.ok("diff", "--name-only", name, in: now) == "mine.txt\n")
            }
            #expect(!exists("\(box.home)/above/repo"))
            let list = try box.sh("git worktree list; git -C .claudia/worktrees/in status --short", in: now)
            #expect(list.contains("\(now)/.claudia/worktrees/in") && !list.contains(box.root), "\(list)")
            #expect(list.hasSuffix("?? mine.txt\n"), "\(list)")
            #expect(try box.sh("git status --short", in: "\(box.home)/outside/out") == "?? mine.txt\n")
            try box.ok("restore", "gone-in", in: now)
            #expect(exists("\(now)/.claudia/worktrees/gone-in/file.txt"))
            try box.ok("rm", "--all", in: now)
            try box.ok("down", "--all", in: now)
        }
    }

    @Test func `one whose supervisor is ended when it is removed`() throws {
        try Sandbox.with { box in
            try box.sh("git clone --quiet repo other", in: box.home)
            let other = "\(box.home)/other"
            try box.ok("up", "--detach", in: other)
            let file = try #require(text(of: "\(other)/.claudia/supervisor.json"))
            let pid = try #require(
                file.split(separator: "\"pid\" : ").last?.split(separator: ",").first.flatMap { Int32($0) })
            let supervisor = try ProcessHandle(pid)
            try box.sh("rm -rf other", in: box.home)
            #expect(try isReadable(supervisor.descriptor, ms: 10_000))
            #expect(!exists(other))
        }
    }
}
