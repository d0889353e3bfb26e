import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Bad input gets one sentence and changes nothing` {
    /// What lies in the folder, names and kinds, and in the refs.
    private func everything(_ box: Sandbox) throws -> String {
        try box.sh("find . -path ./.git/objects -prune -o -print | sort; git for-each-ref; git worktree list")
    }

    @Test(arguments: [
        ["up", "--detach"], ["up"], ["new", "fix"], ["ls"], ["wait", "x", "running"], ["restore", "x"],
    ])
    func `no repository`(_ arguments: [String]) throws {
        try Sandbox.with { box in
            let folder = "\(box.home)/bin"
            let outcome = try box.start([Sandbox.program()] + arguments, in: folder).ending()
            #expect(
                outcome.told
                    == Told(
                        code: 1,
                        err: """
                            claudia: This folder is in no Git repository.
                            hint: Go to a repository, or make one here with 'git init'.

                            """))
            #expect(names(in: folder) == ["claude"])
        }
    }

    @Test func `no commit yet`() throws {
        try Sandbox.with { box in
            let empty = "\(box.home)/empty"
            try box.sh("git init --quiet empty", in: box.home)
            try box.ok("new", "fix", in: empty)
            let outcome = try box.claudia("wait", "fix", "running", "--timeout", "20", in: empty)
            #expect(
                outcome.told
                    == Told(
                        code: 1,
                        err: """
                            claudia: The session 'fix' will not be running: it is failed (The worktree can't be made: \
                            The repository at \(empty) has no commit yet. Make a first commit: 'git commit --allow-empty -m \
                            start'. Mend it, then touch fix.json.), and its file wants nothing else.
                            hint: 'claudia status fix' tells more; 'claudia resume fix' starts it again.

                            """))
            #expect(names(in: "\(empty)/.claudia/worktrees") == [])
            #expect(!exists("\(empty)/.git/worktrees"))
            try box.sh("git commit --quiet --allow-empty -m start", in: empty)
            try box.ok("resume", "fix", in: empty)
            try box.ok("down", "--all", in: empty)
        }
    }

    @Test func `a folder that may not be written`() throws {
        try Sandbox.with(user: .ordinary) { box in
            try box.sh("chmod a-w . .git")
            let before = try everything(box)
            for arguments in [["up", "--detach"], ["up"], ["new", "fix"]] {
                let outcome = try box.start([Sandbox.program()] + arguments).ending()
                #expect(
                    outcome.told
                        == Told(
                            code: 1,
                            err: """
                                claudia: This could not be done: 'claudia' may not be read or written by this user.
                                hint: Look at the owner and the permissions; 'claudia doctor' shows what is wrong.

                                """))
            }
            #expect(try everything(box) == before)
            try box.sh("chmod u+w . .git")
        }
    }

    @Test func `somebody else's repository`() throws {
        try Sandbox.with(user: .ordinary) { box in
            guard geteuid() == 0 else { return }
            try check(chown(box.root, 0, 0), "chown")
            try check(chown(box.root + "/.git", 0, 0), "chown")
            let outcome = try box.claudia("up", "--detach")
            #expect(
                outcome.told
                    == Told(
                        code: 1,
                        err: """
                            claudia: The repository at \(box.root) belongs to another user.
                            hint: Trust it with 'git config --global --add safe.directory \(box.root)'.

                            """))
            #expect(!exists(box.root + "/.claudia") && !exists(box.root + "/.git/claudia"))
        }
    }

    @Test func `a base that does not exist`() throws {
        try Sandbox.with { box in
            try box.ok("new", "fix", "--base", "no-such-ref")
            try box.wait("fix", "failed")
            #expect(
                try box.status("fix")?.reason == """
                    The worktree can't be made: There is no revision 'no-such-ref'. Mend it, then touch fix.json.
                    """)
            #expect(!exists(box.worktree("fix")) && !exists("\(box.root)/.git/worktrees"))
            #expect(try box.sh("git for-each-ref --format='%(refname)'") == "refs/heads/main\n")
            try box.ok("set", "fix", "base=main")
            try box.wait("fix", "running")
        }
    }

    @Test func `a name that can't be a session's`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let before = try everything(box)
            let told = try box.claudia("new", "x..y").told
            #expect(
                told
                    == Told(
                        code: 64,
                        err: """
                            claudia: 'x..y' can't be a session's name: it may not hold '..'.
                            hint: Names are of a-z, 0-9, '.', '_' and '-', such as 'fix-login'.

                            """))
            #expect(try everything(box) == before)
            try write("", to: box.file("Bad Name"))
            let event = try box.until("an error event") { try box.events().first { $0.type == .error } }
            #expect(
                event.data["message"]
                    == .string(
                        "Bad Name.json is no session: its name must start with a-z or 0-9. Rename it to make it one."
                    ))
            #expect(text(of: box.file("Bad Name")) == "")
            #expect(try box.ok("ls", "--json").contains("Bad") == false)
        }
    }

    @Test func `a second supervisor`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let pid = try box.supervisor().pid
            #expect(
                try box.claudia("up").told
                    == Told(
                        code: 1,
                        err: """
                            claudia: A supervisor runs already in this repository (process \(pid), generation 1).
                            hint: 'claudia down' stops it; its agents go on.

                            """))
            #expect(
                try box.claudia("up", "--detach").told
                    == Told(code: 0, err: "A supervisor runs already (process \(pid), generation 1).\n"))
            #expect(try box.supervisor().pid == pid)
        }
    }

    /// Values that can't be, and what is said of them.
    static let values = [
        "{\"state\": \"runing\"}": "state", "{\"agent\": []}": "agent", "{\"agent\": \"claude\"}": "agent",
        "{\"prompts\": \"one\"}": "prompts", "{\"max_output_buffer\": -1}": "max_output_buffer",
        "{\"working_directory\": \"../..\"}": "working_directory", "{\"branch\": \"a..b\"}": "branch",
        "{\"environment_vars\": {\"A=B\": \"x\"}}": "environment_vars", "{\"version\": 99}": "version",
    ]

    @Test func `values that can't be`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for (index, value) in Self.values.sorted(by: { $0.key < $1.key }).enumerated() {
                try write(value.key + "\n", to: box.file("s\(index)"))
                let problem = try box.until("an error for \(value.key)") {
                    try box.status("s\(index)")?.error
                }
                #expect(problem.line == 1, "\(value): \(problem)")
                #expect(problem.key?.hasPrefix(value.value) == true, "\(value): \(problem)")
                #expect(problem.message.last == "." || problem.message.last == "?", "\(problem)")
                #expect(text(of: box.file("s\(index)")) == value.key + "\n")
            }
            #expect(names(in: "\(box.root)/.claudia/worktrees") == [])
            #expect(try box.sh("git for-each-ref --format='%(refname)'") == "refs/heads/main\n")
        }
    }

    @Test func `an agent that can't be started`() throws {
        try Sandbox.with { box in
            try box.ok("new", "fix", "--", "/no/such/agent", "--flag")
            try box.wait("fix", "failed")
            let reason = try #require(try box.status("fix")?.reason)
            #expect(
                reason.contains("/no/such/agent") && reason.hasSuffix("Mend it, then touch fix.json."),
                "\(reason)")
            #expect(try box.ok("ls").contains("/no/such/agent"))
            #expect(exists(box.worktree("fix") + "/file.txt"))
            try box.ok("set", "fix", "agent=[\"claude\"]")
            try box.wait("fix", "running")
        }
    }

    @Test func `wrong usage ends with 64`() throws {
        try Sandbox.with { box in
            for arguments in [["nonsense"], ["wait", "x", "nothing"], ["send"], ["up", "--nonsense"]] {
                let outcome = try box.start([Sandbox.program()] + arguments).ending()
                #expect(outcome.code == 64, "\(arguments): \(outcome.told)")
                #expect(outcome.out == "" && outcome.err.hasPrefix("claudia: "), "\(outcome.told)")
            }
            #expect(!exists(box.root + "/.claudia"))
        }
    }
}
