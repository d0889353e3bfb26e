import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Repositories of every kind` {
    @Test func `a bare repository with a linked worktree has its sessions in its own folder`() throws {
        try Sandbox.with { box in
            try box.sh(
                "git clone --quiet --bare repo bare.git; git -C bare.git worktree add --quiet ../linked",
                in: box.home)
            let bare = "\(box.home)/bare.git"
            try box.ok("new", "fix", "--", "sh", "-c", "echo ready; read x", in: "\(box.home)/linked")
            try box.ok("wait", "fix", "running", "--timeout", "20", in: bare)
            #expect(exists("\(bare)/.claudia/sessions/fix.json"))
            #expect(text(of: "\(bare)/.claudia/worktrees/fix/file.txt") == "one\ntwo\n")
            #expect(!exists("\(box.home)/linked/.claudia"))
            #expect(try box.sh("git -C linked status --porcelain", in: box.home) == "")
            try write("more\n", to: "\(bare)/.claudia/worktrees/fix/more.txt")
            #expect(try box.ok("diff", "--name-only", in: "\(bare)/.claudia/worktrees/fix") == "more.txt\n")
            try box.ok("rm", "fix", in: "\(box.home)/linked")
            try box.ok("restore", "fix", in: bare)
            #expect(text(of: "\(bare)/.claudia/worktrees/fix/more.txt") == "more\n")
            try box.ok("down", "--all", in: bare)
        }
    }

    @Test(arguments: ["/tmp", "/dev/shm"])
    func `worktrees may lie outside the repository, on another file system too`(_ parent: String) throws {
        try Sandbox.with { box in
            let outside = "\(parent)/\(box.home.split(separator: "/").last ?? "claudia")-outside"
            defer { _ = try? box.sh("rm -rf \(outside)") }
            mkdir(outside, 0o700)
            try box.ok("up", "--detach")
            try write("{\"worktrees\": {\"root\": \"\(outside)\"}}\n", to: "\(box.root)/.claudia/config.json")
            try box.until("the settings") { try box.events().first { $0.type == .configChanged } }
            try box.make("fix", shell: "echo ready; read x")
            try box.wait("fix", "running")
            #expect(try box.status("fix")?.worktree == "\(outside)/fix")
            try write("three\n", to: "\(outside)/fix/file.txt")
            try write("secret\n", to: "\(outside)/fix/key.ignored")
            #expect(try box.ok("diff", "--name-only", in: "\(outside)/fix") == "file.txt\n")
            try box.ok("rm", "fix")
            #expect(!exists("\(outside)/fix"))
            #expect(exists("\(outside)/.claudia-trash") == (parent == "/dev/shm"))
            try box.ok("restore", "fix")
            #expect(text(of: "\(outside)/fix/file.txt") == "three\n")
            #expect(text(of: "\(outside)/fix/key.ignored") == "secret\n")
            #expect(try box.sh("git status --porcelain", in: "\(outside)/fix") == " M file.txt\n")
            try box.ok("down", "--all")
        }
    }

    @Test func `every folder of the repository and of its worktrees will do, and names a session there`()
        throws
    {
        try Sandbox.with { box in
            try box.sh("git worktree add --quiet ../linked")
            try box.ok("new", "a", "--", "sh", "-c", "echo ready; read x", in: "\(box.root)/folder")
            try box.ok("new", "b", "--", "sh", "-c", "echo ready; read x", in: "\(box.home)/linked")
            for name in ["a", "b"] { try box.wait(name, "running") }
            #expect(!exists("\(box.home)/linked/.claudia") && !exists("\(box.root)/folder/.claudia"))
            let inside = box.worktree("b") + "/folder"
            #expect(try box.ok("status", "--json", in: inside).contains("\"claudia-session/b\""))
            try box.ok("pause", in: inside)
            #expect(try box.status("b")?.phase == .paused)
            #expect(try box.status("a")?.phase == .running)
        }
    }

    @Test func `an existing branch is used when it is free, else the reason says where it is`() throws {
        try Sandbox.with { box in
            try box.sh("git branch free; git worktree add --quiet -b taken ../elsewhere")
            try box.ok("new", "a", "--branch", "free", "--", "sh", "-c", "echo ready; read x")
            try box.wait("a", "running")
            #expect(try box.sh("git branch --show-current", in: box.worktree("a")) == "free\n")
            try box.ok("new", "b", "--branch", "taken", "--", "sh", "-c", "echo ready; read x")
            try box.wait("b", "failed")
            #expect(
                try box.status("b")?.reason == """
                    The worktree can't be made: The branch 'taken' is already checked out at \(box.home)/elsewhere. \
                    Name another branch, or remove that worktree. Mend it, then touch b.json.
                    """)
            #expect(!exists(box.worktree("b")))
            try box.sh("git worktree remove ../elsewhere; touch .claudia/sessions/b.json")
            try box.wait("b", "running")
        }
    }

    @Test func `doctor says what of the repository is done by git`() throws {
        try Sandbox.with { box in
            #expect(try !box.ok("doctor").contains("made by git"))
            try box.sh("git config core.sharedRepository group")
            let told = try box.ok("doctor")
            #expect(
                told.contains(
                    "note  repository: Worktrees are made by git, since it uses shared permissions.\n"),
                "\(told)")
        }
    }

    @Test func `a path longer than a socket's address may be is no hindrance`() throws {
        let long = String(repeating: "long-name/", count: 30) + "repo"
        try Sandbox.with(repository: long) { box in
            #expect(box.root.utf8.count > 300)
            try box.ok("new", "fix", "--", "claude")
            try box.untilPrinted("ready", "fix")
            try box.ok("send", "fix", "hello")
            try box.untilPrinted("got<hello>", "fix")
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.ok("rm", "fix")
        }
    }

    @Test func `a path with blanks and quotes is no hindrance`() throws {
        try Sandbox.with(repository: "a repo with \"quotes\" $HOME é") { box in
            try box.ok("new", "fix", "--", "claude")
            try box.untilPrinted("ready", "fix")
            try box.ok("pause", "fix")
            try box.ok("rm", "fix")
            try box.ok("restore", "fix")
        }
    }
}
