import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `The way home` {
    /// A session of this name that waits, and its worktree.
    private func session(_ name: String, _ more: String..., in box: Sandbox) throws -> String {
        let words = ["new", name] + more + ["--", "sh", "-c", "echo ready; read x"]
        let outcome = try box.start([try Sandbox.program()] + words).ending()
        guard outcome.code == 0 else { throw Failure("\(outcome.told)") }
        try box.wait(name, "running")
        return box.worktree(name)
    }

    @Test func `work lands on the branch it started from, committed first or left out`() throws {
        try Sandbox.with { box in
            let a = try session("a", in: box)
            try write("one\nTWO\n", to: "\(a)/file.txt")
            let head = try box.sh("git rev-parse main")
            let refused = try box.claudia("land", "a")
            #expect(
                refused.told
                    == Told(
                        code: 1,
                        err: """
                            claudia: 'a' has uncommitted work in 1 file; nothing was changed.
                            hint: --commit commits it first, --leave lands without it.

                            """))
            #expect(try box.sh("git rev-parse main") == head)
            #expect(try box.claudia("land", "a", "--leave").err.contains("main has all of it already"))
            // In the worktree NAME can be left out.
            let landed = try box.ok("land", "--commit", "-m", "Louder", in: a)
            let short = try box.sh("git rev-parse --short=7 main").dropLast()
            #expect(landed == "a: 1 commit landed on main, which is at \(short) now\n")
            #expect(text(of: "\(box.root)/file.txt") == "one\nTWO\n")
            #expect(try box.sh("git log --format=%s main") == "Louder\nfirst\n")
            #expect(try box.sh("git status --porcelain", in: a) == "")
            #expect(try box.sh("git status --porcelain") == "")
        }
    }

    @Test func `a conflict changes nothing and is told file by file`() throws {
        try Sandbox.with { box in
            let a = try session("a", in: box)
            try write("one\nzwei\n", to: "\(a)/file.txt")
            try box.sh("git commit --quiet -am mine", in: a)
            try write("one\ndeux\n", to: "\(box.root)/file.txt")
            try box.sh("git commit --quiet -am yours")
            let (main, branch) = (try box.sh("git rev-parse main"), try box.sh("git rev-parse HEAD", in: a))
            for verb in [
                ["land", "a"], ["land", "a", "--squash", "--rm"], ["sync", "a"], ["sync", "a", "--rebase"],
            ] {
                let outcome = try box.start([try Sandbox.program()] + verb).ending()
                #expect(outcome.code == 1 && outcome.out == "")
                #expect(outcome.err.hasPrefix("file.txt: both changed it (line 2 in "), "\(outcome.err)")
                #expect(outcome.err.contains("1 file in conflict, nothing was changed."))
            }
            #expect(try box.claudia("land", "a", "--ff-only").err.contains("can't just move forward"))
            #expect(try box.sh("git rev-parse main") == main)
            #expect(try box.sh("git rev-parse HEAD", in: a) == branch)
            #expect(try box.sh("git status --porcelain", in: a) == "")
            #expect(exists(box.file("a")))
        }
    }

    @Test func `one session's work lands as one commit, and the other takes it in under its agent`() throws {
        try Sandbox.with { box in
            let (a, b) = (try session("a", in: box), try session("b", in: box))
            for word in ["x", "y"] {
                try box.sh("echo \(word) >> folder/inner.txt; git commit --quiet -am 'Add \(word)'", in: a)
            }
            try write("ONE\ntwo\n", to: "\(b)/file.txt")
            try box.sh("git commit --quiet -am 'Shout'", in: b)
            try box.ok("land", "a", "--squash", "--rm")
            #expect(
                try box.sh("git log -1 --format=%B") == "Work of the session 'a'\n\n* Add x\n* Add y\n\n")
            #expect(!exists(box.file("a")) && !exists(a))
            // An edit in the way stops it, another one doesn't.
            try write("mine\n", to: "\(b)/folder/inner.txt")
            let stopped = try box.claudia("sync", "b")
            #expect(stopped.code == 1)
            #expect(
                stopped.err.contains(
                    "has uncommitted edits in the way, so nothing was changed: folder/inner.txt."))
            #expect(text(of: "\(b)/folder/inner.txt") == "mine\n")
            try box.sh("git checkout --quiet folder", in: b)
            try write("note\n", to: "\(b)/note.txt")
            let synced = try box.claudia("sync", "b")
            #expect(synced.code == 0 && synced.out.hasPrefix("b: 1 commit of main brought in;"))
            #expect(synced.err.contains("its agent runs"))
            #expect(text(of: "\(b)/folder/inner.txt") == "inner\nx\ny\n")
            #expect(try box.status("b")?.phase == .running)
            // What came from the base isn't the session's.
            #expect(try box.ok("diff", "b", "--name-only") == "file.txt\nnote.txt\n")
            #expect(try box.claudia("sync", "b").err.contains("has all of main already"))
            // What it has, it has.
            try box.ok("sync", "b", "--from", "main~1")
            #expect(try box.ok("diff", "b", "--name-only") == "file.txt\nnote.txt\n")
            try box.ok("land", "b", "--leave", "--merge")
            #expect(try box.sh("git log -1 --format=%s") == "Merge branch 'claudia-session/b' into main\n")
            #expect(text(of: "\(box.root)/file.txt") == "ONE\ntwo\n")
            #expect(!exists("\(box.root)/note.txt"))
        }
    }

    @Test func `an edit in the way where the branch is checked out stops a landing`() throws {
        try Sandbox.with { box in
            let a = try session("a", in: box)
            try box.sh("echo three >> file.txt; git commit --quiet -am three", in: a)
            try write("mine\n", to: "\(box.root)/file.txt")
            let outcome = try box.claudia("land", "a")
            #expect(outcome.code == 1 && outcome.err.contains("file.txt"), "\(outcome.told)")
            #expect(outcome.err.contains("stash"))
            #expect(text(of: "\(box.root)/file.txt") == "mine\n")
            #expect(try box.sh("git log --format=%s main") == "first\n")
            try box.sh("git checkout --quiet file.txt; git checkout --quiet --detach")
            #expect(try box.claudia("land", "a").err.contains("'git branch --force main"))
            #expect(text(of: "\(box.root)/file.txt") == "one\ntwo\n")
            #expect(try box.sh("git log --format=%s main") == "three\nfirst\n")
        }
    }

    @Test func `a landing without a target says what is missing`() throws {
        try Sandbox.with { box in
            let a = try session("a", "--base", "HEAD~0", in: box)
            #expect(try box.claudia("land", "a").code == 64)
            #expect(
                try box.claudia("land", "a", "--into", "nowhere").err.contains(
                    "There is no branch 'nowhere'."))
            #expect(try box.claudia("land", "a", "--into", "claudia-session/a").code == 64)
            #expect(try box.claudia("land", "nobody").code == 1)
            #expect(try box.claudia("land", "a", "--merge", "--squash").code == 64)
            #expect(try box.ok("path", "a") == "\(a)\n")
            #expect(try box.ok("path", in: "\(a)/folder") == "\(a)\n")
        }
    }

    @Test func `work goes home also from another session's state, and from a remote's branch`() throws {
        try Sandbox.with { box in
            try box.sh(
                """
                git clone --quiet . ../there; git remote add origin ../there; git fetch --quiet
                git branch --quiet --track release/main origin/main
                git branch --quiet --set-upstream-to origin/main main
                """)
            let a = try session("a", "--base", "origin/main", in: box)
            #expect(try box.status("a")?.baseBranch == "main")
            try box.sh("echo three >> file.txt; git commit --quiet -am three", in: a)
            try write("rest\n", to: "\(a)/rest.txt")
            try box.ok("pause", "a")
            let b = try session("b", "--from", "a", in: box)
            #expect(try box.status("b")?.baseBranch == "main")
            try box.sh("echo four >> file.txt; git commit --quiet -am four", in: b)
            #expect(try box.ok("land", "b").hasPrefix("b: 3 commits landed on main"))
            #expect(text(of: "\(box.root)/file.txt") == "one\ntwo\nthree\nfour\n")
            // Its news still come from the remote.
            try box.sh(
                """
                cd ../there; git config user.name T; git config user.email t@example.com
                echo news > news.txt; git add .; git commit --quiet -m news
                """)
            try box.ok("sync", "a", "--fetch")
            #expect(text(of: "\(a)/news.txt") == "news\n")
            // Of several that track it the one of the same name is meant; of one, that one; of none, none.
            try box.sh("git branch --quiet --unset-upstream main")
            _ = try session("c", "--base", "origin/main", in: box)
            #expect(try box.status("c")?.baseBranch == "release/main")
            try box.sh("git branch --quiet --unset-upstream release/main")
            _ = try session("d", "--base", "origin/main", in: box)
            #expect(try box.status("d")?.baseBranch == nil)
        }
    }

    @Test func `a person says in the file where the work goes home to, and conflicts are looked for there`()
        throws
    {
        try Sandbox.with { box in
            try box.sh("git tag v1; git branch release; git branch other")
            let a = try session("a", "--base", "v1", in: box)
            let unclear = try box.claudia("land", "a")
            #expect(unclear.code == 64)
            #expect(unclear.err.contains("'a' started from 'v1', which no local branch is"))
            #expect(unclear.err.contains("'claudia set a base_branch=B'"))
            try box.sh(
                """
                git checkout --quiet release; echo r >> file.txt; git commit --quiet -am r
                git checkout --quiet main
                """)
            try box.sh("echo mine >> file.txt; git commit --quiet -am mine", in: a)
            try box.ok("pause", "a")
            try box.until("its state") { try box.events().first { $0.type == .checkpoint } }
            try box.ok("set", "a", "base_branch=release")
            try box.until("the conflict") {
                let status = try box.status("a")
                return status?.baseBranch == "release" && status?.conflicts?.map(\.with) == ["release"]
                    ? true : nil
            }
            try box.ok("set", "a", "base_branch=other")
            try box.until("it is gone") { try box.status("a")?.conflicts == [] ? true : nil }
            #expect(try box.ok("land", "a").hasPrefix("a: 1 commit landed on other"))
            #expect(try box.claudia("set", "a", "base_branch=../x").code == 1)
        }
    }

    @Test func `what can't land isn't committed either`() throws {
        try Sandbox.with { box in
            let a = try session("a", in: box)
            try write("one\nzwei\n", to: "\(a)/file.txt")
            try write("one\ndeux\n", to: "\(box.root)/file.txt")
            try box.sh("git commit --quiet -am yours")
            let branch = try box.sh("git rev-parse HEAD", in: a)
            for (way, told) in [([], "1 file in conflict"), (["--ff-only"], "can't just move forward")] {
                let outcome = try box.start(
                    [try Sandbox.program(), "land", "a", "--commit"] + way
                ).ending()
                #expect(outcome.code == 1 && outcome.err.contains("\(told)"), "\(outcome.told)")
                #expect(outcome.err.contains("nothing was changed") && !outcome.err.contains("committed"))
            }
            #expect(try box.sh("git rev-parse HEAD", in: a) == branch)
            #expect(try box.sh("git status --porcelain", in: a) == " M file.txt\n")
        }
    }

    @Test func `a commit that its agent makes while commits are made anew stays`() throws {
        try Sandbox.with { box in
            let a = try session("a", in: box)
            try box.sh("echo x > x.txt; git add .; git commit --quiet -m mine", in: a)
            try box.sh("echo y > y.txt; git add .; git commit --quiet -m news")
            let wrapper = """
                #!/bin/sh
                case "$*" in *"reset --quiet --keep"*)
                    if mkdir "$HOME/once" 2>/dev/null; then
                        /usr/bin/git -C '\(a)' commit --quiet --allow-empty -m late
                    fi ;;
                esac
                exec /usr/bin/git "$@"
                """
            try write(wrapper, to: "\(box.home)/bin/git", mode: 0o755)
            let outcome = try box.claudia("sync", "a", "--rebase")
            #expect(outcome.code == 1 && outcome.err.contains("changed by somebody else"), "\(outcome.told)")
            #expect(try box.sh("git log --format=%s", in: a) == "late\nmine\nfirst\n")
            #expect(try box.sh("git status --porcelain; ls", in: a) == "file.txt\nfolder\nx.txt\n")
            try box.ok("sync", "a", "--rebase")
            #expect(try box.sh("git log --format=%s", in: a).hasPrefix("mine\nnews\n"))
        }
    }

    @Test func `commands that are told can be pasted into a shell`() throws {
        try Sandbox.with(repository: "my repo; $x") { box in
            let a = try session("a", in: box)
            try box.sh("echo three >> file.txt; git commit --quiet -am three", in: a)
            let landed = try box.claudia("land", "a")
            let command = landed.err.split(separator: "; '").last.map { $0.prefix { $0 != "\n" } } ?? ""
            try box.sh(String(command.dropLast("' takes it back".count)), in: box.home)
            #expect(try box.sh("git log --format=%s main") == "first\n", "\(landed.told)")
            #expect(text(of: "\(box.root)/file.txt") == "one\ntwo\n")
            try box.sh("git branch 'a;b'; git checkout --quiet --detach")
            let aside = try box.claudia("land", "a", "--into", "a;b")
            #expect(aside.err.contains("'git branch --force 'a;b' "), "\(aside.told)")
        }
    }
}
