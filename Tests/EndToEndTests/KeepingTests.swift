import SessionModel
import Testing

/// Every state that a turn left is kept, told of, and can be gone back to.
@Suite struct KeepingTests {
    /// Does each line of input as a turn of its own, and says so.
    static let turning = #"""
        osc() { printf '\033]7501;%s\033\\' "$1"; }; osc state=idle; echo ready
        while IFS= read -r line; do osc state=working; eval "$line"; osc state=done; done
        """#

    private func checkpoints(_ box: Sandbox, _ name: String) throws -> [Event] {
        try box.events().filter { $0.type == .checkpoint && $0.session?.text == name }
    }

    /// Waits until events have told of so many checkpoints.
    private func untilKept(_ count: Int, _ name: String, _ box: Sandbox) throws {
        try box.until("\(count) checkpoints of \(name)") {
            try self.checkpoints(box, name).count >= count ? true : nil
        }
    }

    @Test func `each turn that changed files is a checkpoint with its prompt, and one that didn't is none`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "fix", shell: Self.turning,
                #""prompts": ["echo 1 > new.txt; echo 1 > x.ignored", ": nothing", "echo 2 >> new.txt"]"#)
            try untilKept(2, "fix", box)
            let head = try box.sh("git rev-parse HEAD", in: box.worktree("fix"))
            #expect(
                try box.sh("git log --format=%s refs/claudia/checkpoints/fix")
                    == "echo 2 >> new.txt\necho 1 > new.txt; echo 1 > x.ignored\nfirst\n")
            #expect(try box.sh("git log -p -1 refs/claudia/checkpoints/fix").contains("+2\n"))
            #expect(
                try box.sh("git ls-tree --name-only -r refs/claudia/checkpoints/fix")
                    == ".gitignore\nfile.txt\nfolder/inner.txt\nnew.txt\n")
            let kept = try checkpoints(box, "fix")
            #expect(kept.map { $0.data["number"] } == [.integer(1), .integer(2)])
            #expect(kept.map { $0.data["cause"] } == [.string("turn"), .string("turn")])
            #expect(kept.last?.data["insertions"] == .integer(1))
            #expect(try box.sh("git status --porcelain", in: box.worktree("fix")) == "?? new.txt\n")
            #expect(try box.sh("git rev-parse HEAD", in: box.worktree("fix")) == head)
            #expect(try box.status("fix")?.diff == DiffNumbers(files: 1, insertions: 2, deletions: 0))
            let log = try box.ok("log", "fix")
            #expect(log.contains("echo 2 >> new.txt") && log.contains("1f +1 -0"), "\(log)")
            #expect(try box.ok("log", "fix", "--json").contains("\"number\" : 2"))
        }
    }

    @Test func `a pause, an end and a removal keep what is there, also of an agent that says nothing`() throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let busy = "echo ready; while read -r line; do eval \"$line\"; done; exec 9<> <(:); read -u 9 x"
            try box.make("fix", shell: busy)
            try box.untilPrinted("ready", "fix")
            try write("1\n", to: box.worktree("fix") + "/a.txt")
            try box.ok("pause", "fix")
            try untilKept(1, "fix", box)
            try write("2\n", to: box.worktree("fix") + "/a.txt")
            try box.ok("kill", "fix")
            try untilKept(2, "fix", box)
            try write("3\n", to: box.worktree("fix") + "/a.txt")
            try box.ok("rm", "fix")
            let kept = try checkpoints(box, "fix")
            #expect(kept.map { $0.data["cause"] } == [.string("pause"), .string("end"), .string("removal")])
            #expect(try box.sh("git show refs/claudia/checkpoints/fix:a.txt") == "3\n")
            #expect(try box.sh("git show refs/claudia/checkpoints/fix~2:a.txt") == "1\n")
            // Quiet, after which files have changed, is the end of a turn.
            try box.make("still", shell: busy)
            try box.untilPrinted("ready", "still")
            try box.ok("send", "still", "echo here > b.txt; echo done")
            try untilKept(1, "still", box)
            #expect(try checkpoints(box, "still").first?.data["cause"] == .string("turn"))
            // A session of a name that had another one begins a chain of its own.
            try box.make("fix", shell: busy)
            try box.untilPrinted("ready", "fix")
            try box.ok("send", "fix", "echo new > c.txt; echo done")
            try untilKept(4, "fix", box)
            #expect(try box.sh("git rev-list --count refs/claudia/checkpoints/fix ^main") == "1\n")
            #expect(try box.sh("git for-each-ref refs/claudia/former/fix").contains("commit"))
        }
    }

    @Test func `a session's files go back to a checkpoint, and what was there before stays on a rescue`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "fix", shell: Self.turning,
                #""prompts": ["echo 1 > new.txt", "echo 2 > new.txt; rm file.txt"]"#)
            try untilKept(2, "fix", box)
            let refused = try box.claudia("restore", "fix", "--to", "1")
            #expect(refused.code == 1 && refused.err.contains("pause fix"), "\(refused.told)")
            #expect(text(of: box.worktree("fix") + "/new.txt") == "2\n")
            try box.ok("pause", "fix")
            #expect(try box.claudia("restore", "fix", "--to", "9").err.contains("has no checkpoint 9"))
            try write("mine\n", to: box.worktree("fix") + "/mine.txt")
            try box.ok("restore", "fix", "--to", "1")
            #expect(
                names(in: box.worktree("fix")) == [".git", ".gitignore", "file.txt", "folder", "new.txt"])
            #expect(text(of: box.worktree("fix") + "/new.txt") == "1\n")
            let ref = try #require(try box.events().last { $0.type == .rescue }?.data["ref"])
            guard case .string(let ref) = ref else { return #expect(Bool(false), "no ref") }
            #expect(try box.sh("git show '\(ref)^3:mine.txt'") == "mine\n")
            // What was there is a checkpoint too, and so is what is there now.
            try untilKept(4, "fix", box)
            #expect(try box.ok("log", "fix").contains("Back to checkpoint 1"))
            try box.ok("restore", "fix", "--to", "3")
            #expect(text(of: box.worktree("fix") + "/mine.txt") == "mine\n")
            try untilKept(5, "fix", box)
            // Without a number the newest, of which nothing is to be brought back.
            let again = try box.claudia("restore", "fix")
            #expect(again.code == 0 && again.err.contains("already"), "\(again.told)")
            #expect(try box.events().filter { $0.type == .rescue }.count == 2)
            try box.ok("rm", "fix")
            try box.ok("restore", "fix", "--to", "1")
            #expect(text(of: box.worktree("fix") + "/new.txt") == "1\n")
        }
    }

    @Test func `diff tells what came after a checkpoint or a commit, and what differs from another session`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("one", shell: Self.turning, #""prompts": ["echo 1 > a.txt", "echo 2 > b.txt"]"#)
            try box.make(
                "two", shell: Self.turning, #""prompts": ["echo 1 > a.txt; git mv file.txt moved.txt"]"#)
            try untilKept(2, "one", box)
            try untilKept(1, "two", box)
            #expect(try box.ok("diff", "one", "--since", "1", "--name-only") == "b.txt\n")
            #expect(try box.ok("diff", "one", "--since", "2") == "")
            #expect(try box.ok("diff", "one", "--since", "HEAD", "--name-only") == "a.txt\nb.txt\n")
            let missing = try box.claudia("diff", "one", "--since", "3")
            #expect(missing.code == 1 && missing.err.contains("no checkpoint 3"))
            #expect(try box.claudia("diff", "one", "--since", "1", "--against", "two").code == 64)
            let patch = try box.ok("diff", "one", "--against", "two")
            #expect(patch.contains("rename from moved.txt") && patch.contains("+++ b/b.txt"), "\(patch)")
            // It leads from the other's files to this one's.
            try write(patch, to: "\(box.home)/patch")
            try box.sh("git apply '\(box.home)/patch'", in: box.worktree("two"))
            #expect(names(in: box.worktree("two")) == names(in: box.worktree("one")))
        }
    }

    @Test func `a supervisor that is killed at a turn's end keeps and tells it once after its next start`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: Self.turning)
            try box.wait("fix", "idle")
            for number in 1...4 {
                try box.ok("send", "fix", "echo \(number) > a.txt")
                try box.until("the file") {
                    text(of: box.worktree("fix") + "/a.txt") == "\(number)\n" ? true : nil
                }
                try box.killSupervisor()
                try box.ok("up", "--detach")
                try untilKept(number, "fix", box)
            }
            #expect(try box.sh("git rev-list --count refs/claudia/checkpoints/fix ^main") == "4\n")
            let commits = try checkpoints(box, "fix").compactMap { $0.data["commit"] }
            #expect(commits.count == 4)
        }
    }

    @Test
    func `an agent that commits all the time never fails beside ls, diff, log, conflicts and checkpoints`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let script = """
                osc() { printf '\\033]7501;%s\\033\\\\' "$1"; }
                for i in $(seq 300); do
                  osc state=working; echo $i > f$((i % 7)); echo $i > u$((i % 5))
                  git add f$((i % 7)) && git commit -qm $i || { touch failed; exit 1; }; osc state=done
                done; touch finished; read x
                """
            try box.make("fix", shell: script)
            try box.wait("fix", "running")
            while !exists(box.worktree("fix") + "/finished") {
                for verb in [["ls"], ["diff", "fix", "--stat"], ["log", "fix"], ["conflicts"]] {
                    let outcome = try box.start([try Sandbox.program()] + verb).ending()
                    #expect(outcome.code == 0, "\(verb): \(outcome.told)")
                }
                guard !exists(box.worktree("fix") + "/failed") else { break }
            }
            #expect(try box.sh("git rev-list --count HEAD ^main", in: box.worktree("fix")) == "300\n")
            #expect(try checkpoints(box, "fix").count > 1)
            #expect(try box.events().filter { $0.type == .error }.map(\.data) == [])
        }
    }
}
