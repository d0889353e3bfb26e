import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Removing loses nothing` {
    /// A session whose worktree holds edited, staged, new and ignored files; its agent waits.
    private func makeWork(_ box: Sandbox) throws {
        try box.ok("up", "--detach")
        try box.make("fix", shell: "echo ready; read x")
        try box.untilPrinted("ready", "fix")
        try box.sh(
            """
            cd .claudia/worktrees/fix
            echo three >> file.txt
            echo staged > folder/inner.txt; git add folder/inner.txt
            echo new > new.txt
            echo secret > key.ignored
            mkdir deep; echo deep > deep/deep.txt
            """)
    }

    @Test func `rm ends the session, keeps the branch, and the rescue brings the work into any checkout`()
        throws
    {
        try Sandbox.with { box in
            try makeWork(box)
            let id = try #require(try box.status("fix")?.id)
            try box.sh("rm .claudia/sessions/fix.json")
            try box.untilRemoved("fix")
            #expect(box.processes(ofSession: id).isEmpty)
            #expect(!exists(box.worktree("fix")))
            #expect(try box.sh("git branch --list 'claudia-session/fix'") == "  claudia-session/fix\n")
            #expect(try box.sh("git worktree list").split(separator: "\n").count == 1)
            let ref = try box.sh("git for-each-ref --format='%(refname)' refs/claudia/rescue/fix/")
                .trimmingSuffix { $0 == "\n" }
            try box.sh(
                "git worktree add --quiet \(box.home)/elsewhere; git clone --quiet . \(box.home)/clone")
            try box.sh("git fetch --quiet origin \(ref):\(ref)", in: "\(box.home)/clone")
            for folder in ["elsewhere", "clone"] {
                let path = "\(box.home)/\(folder)"
                try box.sh("git stash apply --quiet \(ref)", in: path)
                #expect(text(of: path + "/file.txt") == "one\ntwo\nthree\n")
                #expect(text(of: path + "/folder/inner.txt") == "staged\n")
                #expect(text(of: path + "/new.txt") == "new\n")
                #expect(text(of: path + "/deep/deep.txt") == "deep\n")
                #expect(!exists(path + "/key.ignored"))
            }
            let message = try box.sh("git log -1 --format=%B \(ref)")
            #expect(message.contains("\"agent\""), "the session file is in the message: \(message)")
        }
    }

    @Test func `restore brings edited, new and ignored files and the index back in place`() throws {
        try Sandbox.with { box in
            try makeWork(box)
            let before = try box.sh(
                "git status --porcelain --ignored; cat file.txt */*.txt", in: box.worktree("fix"))
            let log = box.log("fix")
            try box.ok("rm", "fix")
            #expect(!exists(box.worktree("fix")))
            try box.ok("restore", "fix")
            try box.wait("fix", "parked")
            #expect(
                try box.sh("git status --porcelain --ignored; cat file.txt */*.txt", in: box.worktree("fix"))
                    == before)
            #expect(before.contains("M  folder/inner.txt") && before.contains("!! key.ignored"), "\(before)")
            #expect(text(of: box.worktree("fix") + "/key.ignored") == "secret\n")
            #expect(box.log("fix") == log)
            #expect(
                try box.sh("git branch --show-current", in: box.worktree("fix")) == "claudia-session/fix\n")
            try box.sh("git fsck --strict --no-dangling 2>&1; git worktree list")
            try box.ok("resume", "fix")
            #expect(try box.claudia("restore", "fix").code == 1)
        }
    }

    @Test func `the same name afterwards starts afresh on a successor of the branch, and says so`() throws {
        try Sandbox.with { box in
            try makeWork(box)
            try box.sh("git commit --quiet --all -m work", in: box.worktree("fix"))
            try box.sh("rm .claudia/sessions/fix.json")
            try box.untilRemoved("fix")
            try box.make("fix", shell: "echo ready; read x")
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            let status = try #require(try box.status("fix"))
            #expect(status.branch == "claudia-session/fix-2")
            #expect(
                status.reason
                    == "The branch claudia-session/fix exists already and keeps what is on it, so this session is on claudia-session/fix-2."
            )
            #expect(try box.sh("git rev-parse claudia-session/fix-2 main").split(separator: "\n").count == 2)
            #expect(text(of: box.worktree("fix") + "/file.txt") == "one\ntwo\n")
        }
    }

    @Test func `a file that is gone for less than a second is no removal`() throws {
        try Sandbox.with { box in
            try makeWork(box)
            try box.wait("fix", "running")
            let pid = try box.status("fix")?.agentPID
            try box.sh("mv .claudia/sessions/fix.json \(box.home)/kept")
            try box.pause(ms: 400)
            try box.sh("mv \(box.home)/kept .claudia/sessions/fix.json")
            try box.pause(ms: 1_200)
            #expect(try box.status("fix")?.phase == .running)
            #expect(try box.status("fix")?.agentPID == pid)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root may mount"))
    func `what came after a removal that failed is rescued by the next one`() throws {
        try Sandbox.with { box in
            try makeWork(box)
            let (path, file) = (box.worktree("fix"), try #require(text(of: box.file("fix"))))
            // What is mounted can't be moved to the trash.
            try box.sh("mount --bind '\(path)' '\(path)'")
            try box.sh("rm .claudia/sessions/fix.json")
            try box.until("the failure") {
                try box.status("fix")?.reason?.contains("can't be removed") == true ? true : nil
            }
            try box.sh("umount '\(path)'")
            try write(file, to: box.file("fix"))
            try box.wait("fix", "running")
            try box.sh("echo late > late.txt", in: path)
            try box.ok("rm", "fix")
            let refs = try box.sh("git for-each-ref --format='%(refname)' refs/claudia/rescue/fix/")
            let newest = try #require(refs.split(separator: "\n").last)
            #expect(try box.sh("git show '\(newest)^3:late.txt'") == "late\n")
            try box.ok("restore", "fix")
            #expect(text(of: path + "/late.txt") == "late\n")
        }
    }

    @Test(arguments: [14, 18, 20, 22, 24, 26, 28, 30, 32, 35])
    func `a restore survives a supervisor that is killed in the middle of it`(_ delayMs: Int) throws {
        try Sandbox.with { box in
            try makeWork(box)
            try box.ok("rm", "fix")
            let restore = try box.start([Sandbox.program(), "restore", "fix"])
            try box.pause(ms: delayMs)
            try box.killSupervisor()
            _ = try restore.ending()
            try box.ok("up", "--detach")
            if !exists(box.file("fix")) { try box.ok("restore", "fix") }
            try box.wait("fix", "parked")
            #expect(text(of: box.worktree("fix") + "/key.ignored") == "secret\n")
            #expect(text(of: box.worktree("fix") + "/file.txt") == "one\ntwo\nthree\n")
            #expect(
                try box.sh("git diff --cached --name-only", in: box.worktree("fix")) == "folder/inner.txt\n")
            #expect(try box.sh("git worktree list").split(separator: "\n").count == 2)
            try box.ok("resume", "fix")
        }
    }

    @Test func `a removal survives a supervisor that is killed in the middle of it`() throws {
        try Sandbox.with { box in
            try makeWork(box)
            try box.sh("rm .claudia/sessions/fix.json")
            try box.pause(ms: 1_000)
            for delayMs in [5, 10, 20, 40] {
                try box.killSupervisor()
                try box.ok("up", "--detach")
                try box.pause(ms: delayMs)
            }
            try box.untilRemoved("fix")
            #expect(try box.sh("git worktree list").split(separator: "\n").count == 1)
            try box.ok("restore", "fix")
            #expect(text(of: box.worktree("fix") + "/key.ignored") == "secret\n")
            #expect(text(of: box.worktree("fix") + "/file.txt") == "one\ntwo\nthree\n")
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while drop: (Character) -> Bool) -> String {
        String(reversed().drop(while: drop).reversed())
    }
}
