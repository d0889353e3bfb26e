import Git
import Glibc
import Linux
import SessionModel
import Testing

/// Keeps the state of a worktree; nil when nothing new was there to keep.
func checkpoint(
    _ made: NewWorktree, _ common: String, _ message: String, name: String = "work", id: String = "id"
) throws -> ObjectID? {
    let state = try Checkpoints.save(
        Checkpoints.Source(
            name: name, id: id, worktree: made.path, commonDirectory: common, base: made.commit),
        message: message)
    return state.isNew ? state.newest?.commit : nil
}

struct CheckpointTests {
    @Test("a checkpoint holds tracked and untracked files, and nothing else is touched", arguments: leftovers)
    func holds(_ leftover: Leftover) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let fresh = try listing(made.path)
        try leftover.make(made.path)
        let isChanged = try listing(made.path) != fresh
        try write("secret\n", to: "\(made.path)/ignored")
        let before = try state(root, made.path)
        let saved = try save(made, root, "first")
        #expect(try state(root, made.path) == before)
        #expect((saved != nil) == isChanged)
        guard let saved else { return }
        #expect(try save(made, root, "again") == nil)
        let other = "\(scratch.path)/other"
        try scratch.git(["worktree", "add", "--quiet", "--detach", other, "\(saved)"], in: root)
        unlink("\(made.path)/ignored")
        #expect(try listing(other) == listing(made.path))
    }

    @Test
    func `a file in the place of a link, and a link in that of a file, are kept where modes don't count`()
        throws
    {
        let scratch = try Scratch()
        let root = try scratch.repository { root in
            try RescueTests.fill(root)
            symlink("a", "\(root)/link")
            try write("#!/bin/sh\n", to: "\(root)/run", mode: 0o755)
        }
        try scratch.git(["config", "core.fileMode", "false"], in: root)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try Scratch.run(["rm", "link", "a", "run"], in: made.path)
        try write("mine\n", to: "\(made.path)/link")
        symlink("folder/b", "\(made.path)/a")
        symlink("a", "\(made.path)/run")
        let saved = try #require(try save(made, root, "first"))
        let diff = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        let patch = try diff.patch(since: made.commit)
        try scratch.git(["add", "--all"], in: made.path)
        let tree = try scratch.git(["write-tree"], in: made.path)
        #expect(try scratch.git(["rev-parse", "\(saved)^{tree}"], in: root) == tree)
        try write(patch, to: "\(scratch.path)/patch")
        try scratch.git(["reset", "--quiet", "--hard"], in: made.path)
        try scratch.git(["apply", "--index", "\(scratch.path)/patch"], in: made.path)
        #expect(try scratch.git(["write-tree"], in: made.path) == tree)
    }

    @Test func `checkpoints are a chain that git log shows, and each can be gone back to`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let repository = try Repository(at: root)
        #expect(try Checkpoints.list(name: "work", base: made.commit, in: repository) == [])
        try write("1\n", to: "\(made.path)/new/deep/1")
        try write("one\n", to: "\(made.path)/a")
        let first = try #require(try save(made, root, "first turn"))
        let firstFiles = try listing(made.path)
        try Scratch.run(["rm", "-r", "new"], in: made.path)
        symlink("a", "\(made.path)/new")
        try scratch.git(["add", "--all"], in: made.path)
        try scratch.git(["commit", "--quiet", "-m", "agent's"], in: made.path)
        try write("#!/bin/sh\n", to: "\(made.path)/run", mode: 0o755)
        let second = try #require(try save(made, root, "second turn\n\nHead: not this\n\n"))
        let secondFiles = try listing(made.path)
        let list = try Checkpoints.list(name: "work", base: made.commit, in: repository)
        #expect(list.map(\.commit) == [second, first])
        #expect(list.map(\.number) == [2, 1])
        #expect(list.map(\.message) == ["second turn\n\nHead: not this", "first turn"])
        #expect(list.map(\.head) == [try repository.headCommit(ofBranch: "work"), made.commit])
        #expect(
            try scratch.git(["log", "--format=%s", Checkpoints.reference(name: "work")], in: root)
                == "second turn\nfirst turn\nfirst\n")

        let summary = try repository.diff(from: first, to: second)
        let names = try scratch.git(["diff", "--name-status", "-M", "\(first)", "\(second)"], in: root)
        #expect(summary.changes.map(\.path) == ["new", "new/deep/1", "run"])
        #expect(names.split(separator: "\n").count == 3)
        let other = "\(scratch.path)/other"
        try scratch.git(["worktree", "add", "--quiet", "--detach", other, "\(first)"], in: root)
        try write(repository.patch(from: first, to: second), to: "\(scratch.path)/patch")
        try scratch.git(["apply", "\(scratch.path)/patch"], in: other)
        #expect(try listing(other) == secondFiles)
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        #expect(try worktree.diff(since: first) == summary)
        #expect(try worktree.diff(since: second).changes == [])

        try write("lost?\n", to: "\(made.path)/present")
        try write("secret\n", to: "\(made.path)/ignored")
        let index = text(of: "\(root)/.git/worktrees/work/index")
        let rescue = try #require(
            try Checkpoints.restore(
                to: first, worktree: made.path, commonDirectory: "\(root)/.git",
                rescue: Rescue.reference(name: "work", time: "1"), message: "before\n"))
        #expect(text(of: "\(made.path)/ignored") == "secret\n")
        unlink("\(made.path)/ignored")
        #expect(try listing(made.path) == firstFiles)
        #expect(text(of: "\(root)/.git/worktrees/work/index") == index)
        #expect(try scratch.git(["show", "\(rescue)^3:present"], in: root) == "lost?\n")
        _ = try Checkpoints.restore(
            to: second, worktree: made.path, commonDirectory: "\(root)/.git",
            rescue: Rescue.reference(name: "work", time: "2"), message: "before\n")
        #expect(try listing(made.path) == secondFiles)
        let unneeded = try Checkpoints.restore(
            to: second, worktree: made.path, commonDirectory: "\(root)/.git",
            rescue: Rescue.reference(name: "work", time: "3"), message: "before\n")
        #expect(unneeded == nil)
        #expect(try Rescue.list(name: "work", in: repository).count == 2)
        try Checkpoints.delete(name: "work", in: repository)
        try Checkpoints.delete(name: "work", in: repository)
        #expect(try Checkpoints.list(name: "work", base: made.commit, in: repository) == [])
    }

    @Test func `a checkpoint tells its number, what its turn changed, and what the session did in all`()
        throws
    {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let source = Checkpoints.Source(
            name: "work", id: "one", worktree: made.path, commonDirectory: "\(root)/.git", base: made.commit)
        #expect(try Checkpoints.save(source, message: "x").newest == nil)
        try write("1\n2\n", to: "\(made.path)/new")
        let first = try #require(
            try Checkpoints.save(source, message: "first\u{0}\u{1B}[31m\n\nChanged: x").newest)
        #expect(first.message == "first[31m\n\nChanged: x")
        try write("1\n3\n4\n", to: "\(made.path)/new")
        let second = try #require(try Checkpoints.save(source, message: "second").newest)
        #expect(second.changed == DiffNumbers(files: 1, insertions: 2, deletions: 1))
        #expect(second.total == DiffNumbers(files: 1, insertions: 3, deletions: 0))
        let again = try Checkpoints.save(source, message: "third")
        #expect(!again.isNew && again.newest?.commit == second.commit)
        let list = try Checkpoints.list(name: "work", in: Repository(at: root))
        #expect(list.map(\.number) == [2, 1] && list.map(\.session) == ["one", "one"])
        #expect(list.last?.message == first.message && list.last?.changed == first.changed)
        #expect(
            try scratch.git(
                ["log", "-1", "--format=%(trailers:key=Total,valueonly)", "\(second.commit)"], in: root)
                == "1 file, +3 -0\n\n")
    }

    @Test func `a session doesn't go on with the chain of an earlier one of its name, which stays`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let common = "\(root)/.git"
        try write("1\n", to: "\(made.path)/new")
        let old = try #require(try checkpoint(made, common, "old", id: "one"))
        let new = try #require(try checkpoint(made, common, "new", id: "two"))
        let list = try Checkpoints.list(name: "work", in: Repository(at: root))
        #expect(list.map(\.commit) == [new] && list.first?.number == 1)
        #expect(try scratch.git(["rev-parse", "refs/claudia/former/work/\(old)"], in: root) == "\(old)\n")
        // A lock that a supervisor left behind which was killed.
        let lock = "\(common)/refs/claudia/checkpoints/work.lock"
        try write("", to: lock)
        try Scratch.run(["touch", "-d", "1 minute ago", lock], in: root)
        try write("2\n", to: "\(made.path)/new")
        #expect(try checkpoint(made, common, "more", id: "two") != nil)
    }

    @Test func `going back removes files of any name, and nothing that a link leads to`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try write("1\n", to: "\(made.path)/a")
        let first = try #require(try save(made, root, "first"))
        let files = try listing(made.path)
        try Scratch.run(
            [
                "bash", "-euc",
                "mkdir -p $'d\\xff/e\\xfe'; touch $'raw\\xff' $'d\\xff/e\\xfe/f' $'d\\xff/new\\nline' -- '-rf'",
            ],
            in: made.path)
        #expect(try save(made, root, "second") != nil)
        let rescue = try Checkpoints.restore(
            to: first, worktree: made.path, commonDirectory: "\(root)/.git",
            rescue: Rescue.reference(name: "work", time: "1"), message: "x\n")
        #expect(rescue != nil)
        #expect(try listing(made.path) == files)
    }

    @Test func `a checkpoint that somebody has forged, with numbers past counting, stops nothing`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let tree = try scratch.git(["rev-parse", "HEAD^{tree}"], in: root)
        for number in [Int.max, -1, 0] {
            try write(
                """
                tree \(tree)author x <x> 9223372036854775807 +0000
                committer x <x> 9223372036854775807 +0000

                x

                Changed: 9223372036854775807 files, +9223372036854775807 -9223372036854775807
                Total: 1 file, +1 -1
                Session: id
                Checkpoint: \(number)
                Head: \(made.commit)

                """, to: "\(scratch.path)/forged")
            let forged = try scratch.git(
                ["hash-object", "-t", "commit", "--literally", "-w", "\(scratch.path)/forged"], in: root)
            let reference = "refs/claudia/checkpoints/work"
            try scratch.git(["update-ref", reference, String(forged.dropLast())], in: root)
            try write("\(number)\n", to: "\(made.path)/a")
            #expect(try save(made, root, "a turn") != nil)
            let list = try Checkpoints.list(name: "work", in: try Repository(at: root))
            #expect(list.map(\.number) == [1])
            let former = try Checkpoints.former(in: try Repository(at: root))
            #expect(former.allSatisfy { abs($0.time) < 1 << 41 })
        }
    }

    @Test func `an agent that commits 300 times beside diffs and checkpoints never fails`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let script = """
            for i in $(seq 300); do
              echo $i > f$((i % 7)) && echo $i > u$((i % 5)) && git add f$((i % 7)) && git commit -qm $i || exit 1
            done
            """
        var spawn = Spawn(
            ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin", "HOME": "/nonexistent"])
        spawn.folder = made.path
        let agent = try spawn.start(descriptors: [-1, -1, -1])
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        var (kept, status): (Int, CInt) = (0, 0)
        while waitpid(agent, &status, WNOHANG) == 0 {
            _ = try worktree.diff(since: made.commit)
            if try save(made, root, "beside") != nil { kept += 1 }
        }
        #expect(status == 0)
        #expect(kept > 0)
        #expect(try scratch.git(["rev-list", "--count", "main..work"], in: root) == "300\n")
        #expect(try scratch.git(["fsck"], in: root).contains("error") == false)
    }

    private func save(_ made: NewWorktree, _ root: String, _ message: String) throws -> ObjectID? {
        try checkpoint(made, "\(root)/.git", message)
    }

    /// Files, index, HEAD and branches, byte by byte.
    private func state(_ root: String, _ path: String) throws -> [String?] {
        [
            try listing(path), text(of: "\(root)/.git/worktrees/work/index"),
            text(of: "\(root)/.git/worktrees/work/HEAD"),
            try Scratch.run(["git", "for-each-ref", "refs/heads"], in: root),
        ]
    }
}
