import Glibc
import Linux
import SessionModel
import Testing

@Suite struct Drift {
    /// A session with a changed worktree, whose agent waits.
    private func start(_ box: Sandbox) throws {
        try box.ok("up", "--detach")
        try box.make("fix", shell: "echo ready; read x")
        try box.untilPrinted("ready", "fix")
        try box.wait("fix", "running")
        try write("mine\n", to: box.worktree("fix") + "/mine.txt")
    }

    private func untilReason(
        _ box: Sandbox, _ words: String, at location: SourceLocation = #_sourceLocation
    ) throws -> SessionStatus {
        try box.until("the reason says “\(words)”", at: location) {
            try box.status("fix").flatMap { $0.reason?.contains(words) == true ? $0 : nil }
        }
    }

    /// Does it while the supervisor runs, or while none does.
    private func do_(_ script: String, _ box: Sandbox, live: Bool) throws {
        if !live { try box.ok("down") }
        try box.sh(script)
        if !live { try box.ok("up", "--detach") }
    }

    @Test(arguments: [true, false])
    func `git worktree move is followed, and a move by mv beside the old place too`(live: Bool) throws {
        try Sandbox.with { box in
            try start(box)
            let pid = try box.status("fix")?.agentPID
            let moves = [
                "git worktree move .claudia/worktrees/fix .claudia/worktrees/other": "other",
                "mv .claudia/worktrees/other .claudia/worktrees/third": "third",
                "git worktree move .claudia/worktrees/third inside": "inside",
            ]
            for (move, name) in moves.sorted(by: { $0.key.count > $1.key.count }) {
                try do_(move, box, live: live)
                let path = name == "inside" ? "\(box.root)/inside" : box.worktree(name)
                try box.until("it follows to \(name)") {
                    try box.status("fix")?.worktree == path ? true : nil
                }
            }
            #expect(try box.status("fix")?.agentPID == pid)
            #expect(try box.status("fix")?.reason == nil)
            try box.ok("park", "fix")
            try box.ok("resume", "fix")
            #expect(try box.claudia("doctor").out.contains("Git's list and the sessions agree"))
            try box.ok("rm", "fix")
            #expect(!exists("\(box.root)/inside"))
            try box.ok("restore", "fix")
            #expect(text(of: "\(box.root)/inside/mine.txt") == "mine\n")
        }
    }

    @Test(arguments: [true, false])
    func `git worktree remove is understood, and the next agent gets the branch anew`(live: Bool) throws {
        try Sandbox.with { box in
            try start(box)
            try box.sh("git add -A && git commit -qm work", in: box.worktree("fix"))
            let before = try #require(try box.status("fix"))
            try do_("git worktree remove .claudia/worktrees/fix", box, live: live)
            let status = try untilReason(
                box, "was removed from outside; claudia-session/fix is checked out there")
            #expect(status.phase == .running)
            try box.ok("park", "fix")
            try box.ok("resume", "fix")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
            let after = try #require(try box.status("fix"))
            #expect(after.branch == before.branch && after.baseCommit == before.baseCommit)
            #expect(after.reason?.contains("made anew from the branch claudia-session/fix") == true)
            // A second time; now something of the person's lies there.
            try box.ok("park", "fix")
            try do_(
                "git worktree remove .claudia/worktrees/fix; mkdir .claudia/worktrees/fix; echo p > .claudia/worktrees/fix/p",
                box, live: live)
            _ = try untilReason(box, "something else lies there, which is left alone; move it away")
            #expect(try box.claudia("resume", "fix").code == 1)
            #expect(try box.status("fix")?.phase == .failed)
            try box.ok("rm", "fix")
            #expect(names(in: box.worktree("fix")) == ["p"])
            #expect(try box.sh("git branch --list claudia-session/fix") != "")
            try box.sh("rm -r .claudia/worktrees/fix")
            try box.ok("restore", "fix")
            try box.ok("resume", "fix")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
        }
    }

    @Test func `a removed worktree whose branch is gone too is told with the command that mends it`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.ok("park", "fix")
            try box.sh(
                "git worktree remove --force .claudia/worktrees/fix; git branch -D claudia-session/fix")
            _ = try untilReason(box, "was removed from outside")
            #expect(try box.claudia("resume", "fix").code == 1)
            let status = try #require(try box.status("fix"))
            let commit = try #require(status.baseCommit)
            #expect(
                status.reason?.contains("'git branch claudia-session/fix COMMIT' makes the branch again")
                    == true)
            #expect(try box.claudia("doctor").out.contains("'git branch claudia-session/fix \(commit)'"))
            try box.sh("git branch claudia-session/fix \(commit)")
            try box.ok("resume", "fix")
        }
    }

    @Test(arguments: [true, false])
    func `a worktree that git pruned is put back on the list`(live: Bool) throws {
        try Sandbox.with { box in
            try start(box)
            try do_(
                "mv .claudia/worktrees/fix .claudia/away; git worktree prune; mv .claudia/away .claudia/worktrees/fix",
                box, live: live)
            try box.until("it is on the list") {
                try box.sh("git worktree list").contains("/worktrees/fix") ? true : nil
            }
            #expect(
                try box.sh("git status --porcelain --branch", in: box.worktree("fix"))
                    == "## claudia-session/fix\n?? mine.txt\n")
            #expect(try box.status("fix")?.phase == .running)
            try box.ok("rm", "fix")
            try box.ok("restore", "fix")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
        }
    }

    @Test func `a worktree that is lost or broken is told with the command that mends it`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.ok("park", "fix")
            try box.sh("mv .claudia/worktrees/fix far")
            _ = try untilReason(box, "'git worktree repair PATH' tells Git where to")
            #expect(try box.claudia("resume", "fix").code == 1)
            #expect(!exists(box.worktree("fix")))
            try box.sh("git worktree repair far")
            try box.ok("resume", "fix")
            #expect(try box.status("fix")?.worktree == "\(box.root)/far")
            // Outside of the repository it isn't claudia's to act on.
            try box.ok("park", "fix")
            try box.sh("git worktree move far ../out")
            try box.sh("touch .claudia/sessions/fix.json")
            _ = try untilReason(
                box, "'git worktree move \(box.home)/out \(box.root)/far' brings back what was moved")
            #expect(try box.claudia("resume", "fix").code == 1)
            try box.sh("git worktree move \(box.home)/out \(box.root)/far")
            try box.ok("resume", "fix")
            // Its .git file is the agent's to break.
            try box.sh("echo broken > far/.git; touch .claudia/sessions/fix.json")
            _ = try untilReason(box, "'git worktree repair' mends its '.git' file")
            #expect(try box.claudia("rm", "fix").code == 124)
            #expect(text(of: "\(box.root)/far/mine.txt") == "mine\n")
            try box.sh("git worktree repair")
            try box.ok("rm", "fix")
            #expect(!exists("\(box.root)/far"))
        }
    }

    @Test(arguments: [true, false])
    func `a branch that is renamed is followed, one that is deleted is told, and both lose nothing`(
        live: Bool
    )
        throws
    {
        try Sandbox.with { box in
            try start(box)
            try box.sh("git add -A && git commit -qm work", in: box.worktree("fix"))
            try do_("git branch -m claudia-session/fix topic", box, live: live)
            if live { try box.ok("park", "fix") }
            try box.until("the branch follows") { try box.status("fix")?.branch == "topic" ? true : nil }
            if live { try box.ok("resume", "fix") }
            let head = try box.sh("git rev-parse topic").prefix(40)
            try do_("git update-ref -d refs/heads/topic", box, live: live)
            if live { try box.ok("park", "fix") }
            _ = try untilReason(
                box, "The branch topic was deleted; 'git branch topic \(head)' brings it back.")
            #expect(try box.claudia("doctor").out.contains("Its branch 'topic' is gone."))
            try box.ok("rm", "fix")
            let ref = try box.sh("git for-each-ref --format='%(refname)' refs/claudia/rescue/fix/")
            #expect(try box.sh("git rev-list \(ref)").contains(head))
            try box.ok("restore", "fix")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
            try box.sh("git branch topic \(head)")
            #expect(try box.sh("git status --porcelain --branch", in: box.worktree("fix")) == "## topic\n")
        }
    }

    @Test func `an entry that names another folder is never followed, whoever wrote it`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.sh(
                """
                mkdir src; echo precious > src/file
                cp .claudia/worktrees/fix/.git src; rm .claudia/worktrees/fix/.git
                echo "$PWD/src/.git" > .git/worktrees/fix/gitdir
                touch .claudia/sessions/fix.json
                """)
            _ = try untilReason(box, "not the folder that was made for the session; it is left alone")
            #expect(try box.status("fix")?.worktree == box.worktree("fix"))
            try box.ok("rm", "fix")
            #expect(text(of: "\(box.root)/src/file") == "precious\n")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
        }
    }

    @Test func `an orphaned HEAD is removed and restored like any other`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.sh("git switch -q --orphan fresh; echo new > new; git add new", in: box.worktree("fix"))
            try box.ok("rm", "fix")
            try box.ok("restore", "fix")
            #expect(
                try box.sh("git status --porcelain --branch", in: box.worktree("fix"))
                    == "## No commits yet on fresh\nA  new\n?? mine.txt\n")
        }
    }

    @Test func `a Git directory on another file system loses nothing either`() throws {
        try Sandbox.with { box in
            let far = "/dev/shm/claudia-\(getpid())-\(Clock.bootNs)"
            var (here, there) = (stat(), stat())
            guard stat(box.home, &here) == 0, stat("/dev/shm", &there) == 0, here.st_dev != there.st_dev
            else {
                return
            }
            try box.sh("cp -a .git \(far); rm -r .git; ln -s \(far) .git")
            defer { _ = try? box.sh("rm -rf \(far)", in: box.home) }
            try start(box)
            try write("secret\n", to: box.worktree("fix") + "/key.ignored")
            let log = box.log("fix")
            let index = try box.sh("sha256sum < \(far)/worktrees/fix/index")
            try box.ok("rm", "fix")
            #expect(!exists(box.worktree("fix")) && !exists("\(far)/worktrees/fix"))
            try box.ok("restore", "fix")
            #expect(text(of: box.worktree("fix") + "/key.ignored") == "secret\n")
            #expect(try box.sh("sha256sum < \(far)/worktrees/fix/index") == index)
            #expect(names(in: "\(far)/claudia/trash") == [])
            #expect(box.log("fix") == log && log.contains("ready"))
            try box.ok("resume", "fix")
            try box.ok("down", "--all")
        }
    }

    @Test func `a keeper whose session is gone is told, at the start and by doctor, and left alone`() throws {
        try Sandbox.with { box in
            try start(box)
            let keeper = try #require(try box.status("fix")?.keeperPID)
            try box.ok("down")
            try box.sh("mv .git/claudia/sessions/fix \(box.home)/kept")
            let told = try box.claudia("doctor")
            #expect(told.code == 1)
            #expect(told.out.contains("keeper \(keeper): It has an agent of"), "\(told.out)")
            #expect(told.out.contains("'kill \(keeper)' ends it; worktree and branch stay."))
            try box.sh("mv .claudia/sessions/fix.json \(box.home)")
            try box.ok("up", "--detach")
            try box.until("the start tells") {
                try box.events().first { "\($0.data)".contains("The keeper (process \(keeper))") }
            }
            #expect(kill(keeper, 0) == 0)
            try ProcessHandle(keeper).send(SIGTERM)
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
        }
    }
}
