import Git
import Glibc
import Linux
import Testing

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
        let rescue = try Checkpoints.restore(
            to: first, worktree: made.path, commonDirectory: "\(root)/.git",
            rescue: Rescue.reference(name: "work", time: "1"), message: "before\n")
        #expect(text(of: "\(made.path)/ignored") == "secret\n")
        unlink("\(made.path)/ignored")
        #expect(try listing(made.path) == firstFiles)
        #expect(text(of: "\(root)/.git/worktrees/work/index") == index)
        #expect(try scratch.git(["show", "\(rescue)^3:present"], in: root) == "lost?\n")
        _ = try Checkpoints.restore(
            to: second, worktree: made.path, commonDirectory: "\(root)/.git",
            rescue: Rescue.reference(name: "work", time: "2"), message: "before\n")
        #expect(try listing(made.path) == secondFiles)
        try Checkpoints.delete(name: "work", in: repository)
        try Checkpoints.delete(name: "work", in: repository)
        #expect(try Checkpoints.list(name: "work", base: made.commit, in: repository) == [])
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
        try Checkpoints.save(
            name: "work", worktree: made.path, commonDirectory: "\(root)/.git", base: made.commit,
            message: message)
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
