import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `What a session starts from` {
    /// Makes a session that waits, and tells what its file.txt is.
    private func start(_ name: String, _ words: [String], in box: Sandbox) throws -> String? {
        let all = ["new", name] + words + ["--", "sh", "-c", "echo ready; read x"]
        let outcome = try box.start([try Sandbox.program()] + all).ending()
        guard outcome.code == 0 else { throw Failure("\(outcome.told)") }
        try box.wait(name, "running")
        return text(of: "\(box.worktree(name))/file.txt")
    }

    @Test func `a branch, a tag, a commit, a remote's branch, HEAD, or another session's branch`() throws {
        try Sandbox.with { box in
            try box.sh(
                """
                git tag old; git tag -m note annotated; git branch side
                git clone --quiet . ../there; git remote add origin ../there; git fetch --quiet
                echo three >> file.txt; git commit --quiet -am third
                """)
            let commit = try box.sh("git rev-parse --short HEAD").dropLast()
            let bases = [
                ("HEAD", "three"), ("main", "three"), ("side", "two"), ("old", "two"), ("annotated", "two"),
                (String(commit), "three"), ("origin/main", "two"), ("main~1", "two"),
            ]
            for (number, (base, last)) in bases.enumerated() {
                let text = try start("s\(number)", ["--base", base], in: box)
                #expect(text?.hasSuffix("\(last)\n") == true, "\(base)")
                let branch = ["HEAD": "main", "main": "main", "side": "side"][base]
                #expect(try box.status("s\(number)")?.baseBranch == branch, "\(base)")
            }
            try box.sh("echo four >> file.txt; git commit --quiet -am fourth", in: box.worktree("s0"))
            #expect(
                try start("next", ["--base", "claudia-session/s0"], in: box) == "one\ntwo\nthree\nfour\n")
            try box.ok("land", "next", "--leave")
        }
    }

    @Test func `a remote's branch is fetched first where that is asked for`() throws {
        try Sandbox.with { box in
            try box.sh(
                """
                git clone --quiet . ../there; git remote add team/x ../there; git fetch --quiet team/x
                git -C ../there config user.name T; git -C ../there config user.email t@example.com
                echo three >> ../there/file.txt; git -C ../there commit --quiet -am third
                printf '#!/bin/sh\\ntouch %s/ran' "$HOME" > .git/hooks/reference-transaction
                chmod +x .git/hooks/reference-transaction
                """)
            #expect(try start("a", ["--base", "team/x/main"], in: box) == "one\ntwo\n")
            unlink("\(box.home)/ran")
            let words = [
                "new", "b", "--fetch", "--base", "team/x/main", "--", "sh", "-c", "echo ready; read x",
            ]
            #expect(try box.start([try Sandbox.program()] + words).ending().code == 0)
            try box.wait("b", "running")
            #expect(text(of: "\(box.worktree("b"))/file.txt") == "one\ntwo\nthree\n")
            #expect(!exists("\(box.home)/ran"))
            try box.ok("sync", "a")
            #expect(text(of: "\(box.worktree("a"))/file.txt") == "one\ntwo\nthree\n")
            let wrong = try box.claudia("new", "c", "--fetch", "--base", "main")
            #expect(wrong.code == 1 && wrong.err.contains("There is no remote whose branch 'main' is"))
            #expect(!exists(box.file("c")))
            #expect(try box.claudia("new", "c", "--fetch").code == 64)
            let odd = try box.claudia("new", "c", "--fetch", "--base", "team/x/main:refs/heads/theirs")
            #expect(odd.code == 1 && !exists(box.file("c")))
            #expect(try box.sh("git branch --list theirs") == "")
            try box.sh("rm -rf ../there")
            #expect(try box.claudia("new", "c", "--fetch", "--base", "team/x/main").code == 1)
            #expect(!exists(box.file("c")))
        }
    }

    @Test func `another session's last checkpoint, with what it had not committed`() throws {
        try Sandbox.with { box in
            _ = try start("a", [], in: box)
            let a = box.worktree("a")
            try box.sh("echo three >> file.txt; git commit --quiet -am third", in: a)
            try write("new\n", to: "\(a)/new.txt")
            try box.ok("pause", "a")
            try box.until("the checkpoint") { try box.events().first { $0.type == .checkpoint } }
            try write("later\n", to: "\(a)/later.txt")
            #expect(try start("b", ["--from", "a"], in: box) == "one\ntwo\nthree\n")
            let b = box.worktree("b")
            #expect(text(of: "\(b)/new.txt") == "new\n" && !exists("\(b)/later.txt"))
            #expect(
                try box.sh("git log --format=%s", in: b)
                    == "State of the session 'a', checkpoint 1\nthird\nfirst\n")
            #expect(try box.ok("diff", "b") == "")
            try box.sh("git update-ref -d refs/claudia/checkpoints/a")
            let bare = try box.claudia("new", "c", "--from", "a", "--", "sh", "-c", "echo ready; read x")
            #expect(bare.err.contains("'a' has no checkpoint yet"))
            try box.wait("c", "running")
            #expect(!exists("\(box.worktree("c"))/new.txt"))
            #expect(try box.claudia("new", "d", "--from", "nobody").code == 1)
            #expect(try box.claudia("new", "d", "--from", "a", "--base", "main").code == 64)
            #expect(!exists(box.file("d")))
        }
    }
}
