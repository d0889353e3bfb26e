import Git
import Glibc
import Linux
import Testing

struct WorktreePoolTests {
    private func fill(_ root: String, _ folder: String) throws -> WorktreePool.Entry {
        let common = "\(root)/.git"
        return try WorktreePool.fill(
            folder, with: try Repository(at: common).resolve("HEAD"), commonDirectory: common)
    }

    func take(_ root: String, _ pool: String, to path: String, base: String = "HEAD") throws
        -> NewWorktree
    {
        try Worktrees.add(
            WorktreeRequest(
                commonDirectory: "\(root)/.git", name: "ours", path: path, branch: "ours",
                base: try Repository(at: root).resolve(base), useExistingBranch: false, pool: pool))
    }

    private func inode(_ path: String) throws -> UInt64 { try Folder(at: path).descriptor.status().inode }

    /// Whether a worktree that was taken is what `git worktree add` makes of the same commit.
    func compare(_ made: NewWorktree, _ root: String, _ scratch: Scratch) throws {
        try scratch.git(
            [
                "-c", "core.hooksPath=/dev/null", "worktree", "add", "--quiet", "-b", "theirs",
                "\(scratch.path)/theirs", "\(made.commit)",
            ], in: root)
        let (ours, theirs) = (try listing(made.path), try listing("\(scratch.path)/theirs"))
        #expect(ours == theirs, "\(ours)\n\(theirs)")
        #expect(try scratch.git(["status", "--porcelain", "--ignored"], in: made.path) == "")
        let stages = ["ls-files", "--stage", "-t", "-z"]
        #expect(
            try scratch.git(stages, in: made.path) == scratch.git(stages, in: "\(scratch.path)/theirs"))
        let list = try scratch.git(["worktree", "list", "--porcelain"], in: root)
        #expect(list.contains("worktree \(made.path)\nHEAD \(made.commit)\nbranch refs/heads/ours\n"))
        #expect(!list.contains("locked"))
        #expect(try scratch.git(["log", "-g", "--format=%H"], in: made.path).hasPrefix("\(made.commit)\n"))
        #expect(try scratch.git(["log", "-g", "--format=%H", "ours"], in: root) == "\(made.commit)\n")
        #expect(made.adminName == "ours" && made.createdBranch)
    }

    @Test(
        "one of the pool is what git worktree add makes, in every kind of repository",
        arguments: oddRepositories)
    func oddOnes(_ kind: OddRepository) throws {
        let scratch = try Scratch()
        let root = try scratch.repository { root in
            try RescueTests.fill(root)
            try write("far\n", to: "\(root)/far/away/x")
        }
        try kind.change(root)
        let entry = try fill(root, "\(scratch.path)/pool")
        let number = try inode(entry.path)
        let made = try take(root, "\(scratch.path)/pool", to: "\(scratch.path)/new/ours")
        #expect(try inode(made.path) == number && !exists(entry.path))
        try compare(made, root, scratch)
    }

    @Test("one of another commit is moved to the base", arguments: kinds)
    func moved(_ kind: Kind) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: kind.fill)
        try write("gone\n", to: "\(root)/to/be/gone")
        try write("will be a link\n", to: "\(root)/changing")
        try write("1\n", to: "\(root)/mode")
        try scratch.git(["add", "--all"], in: root)
        try scratch.git(["commit", "--quiet", "-m", "second"], in: root)
        let entry = try fill(root, "\(scratch.path)/pool")
        try scratch.git(["rm", "--quiet", "-r", "to"], in: root)
        unlink("\(root)/changing")
        symlink("mode", "\(root)/changing")
        chmod("\(root)/mode", 0o755)
        try write("new\n", to: "\(root)/to")
        try write("new\n", to: "\(root)/quite/new")
        try scratch.git(["add", "--all"], in: root)
        try scratch.git(["commit", "--quiet", "-m", "third"], in: root)
        let made = try take(root, "\(scratch.path)/pool", to: "\(scratch.path)/ours")
        #expect(made.commit != entry.commit && !exists(entry.path))
        try compare(made, root, scratch)
    }

    @Test func `the pool is known to Git, and what needs the least is taken first`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let pool = "\(scratch.path)/pool"
        let old = try fill(root, pool)
        try scratch.git(["commit", "--quiet", "--allow-empty", "-m", "second"], in: root)
        let new = try fill(root, pool)
        #expect(try WorktreePool.ready(in: pool, commonDirectory: "\(root)/.git") == [old, new])
        let list = try scratch.git(["worktree", "list", "--porcelain"], in: root)
        for entry in [old, new] {
            #expect(
                list.contains(
                    "worktree \(entry.path)\nHEAD \(entry.commit)\ndetached\nlocked claudia keeps this worktree ready"
                ))
        }
        #expect(try Worktrees.drift(commonDirectory: "\(root)/.git").isEmpty)
        let made = try take(root, pool, to: "\(scratch.path)/ours")
        #expect(try WorktreePool.ready(in: pool, commonDirectory: "\(root)/.git") == [old])
        #expect(made.path == "\(scratch.path)/ours")
        // Where something is in the way, nothing of the pool is touched.
        #expect(throws: GitError.self) { try take(root, pool, to: "\(scratch.path)/ours") }
        #expect(try WorktreePool.ready(in: pool, commonDirectory: "\(root)/.git") == [old])
    }

    @Test func `one that isn't needed goes, and one that somebody worked in stays`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let (pool, common) = ("\(scratch.path)/pool", "\(root)/.git")
        let changes: [(String) throws -> Void] = [
            { try write("mine\n", to: "\($0)/new") }, { try write("mine\n", to: "\($0)/a") },
            { try write("mine\n", to: "\($0)/ignored") },
            { try scratch.git(["commit", "--quiet", "--allow-empty", "-m", "mine"], in: $0) },
        ]
        for change in changes {
            let entry = try fill(root, pool)
            try change(entry.path)
            // Known as it was before the change.
            #expect(try !WorktreePool.discard(entry, commonDirectory: common))
            #expect(exists("\(entry.path)/a"))
            #expect(try WorktreePool.ready(in: pool, commonDirectory: common).isEmpty)
        }
        let entry = try fill(root, pool)
        #expect(try WorktreePool.discard(entry, commonDirectory: common))
        #expect(!exists(entry.path) && !exists("\(common)/worktrees/\(entry.adminName)"))
        let lost = try fill(root, pool)
        try Scratch.run(["rm", "-rf", lost.path], in: "/")
        try WorktreePool.dropLost(in: pool, commonDirectory: common)
        #expect(!exists("\(common)/worktrees/\(lost.adminName)"))
        #expect(try Worktrees.drift(commonDirectory: common).isEmpty)
    }

    /// How far a taking had come when it was killed.
    static let moments = ["claimed", "entry renamed", "folder renamed", "folder linked", "branch made"]

    @Test("a taking that is cut off is taken back whole", arguments: moments)
    func cutOff(_ moment: String) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let entry = try fill(root, "\(scratch.path)/pool")
        let list = "\(root)/.git/worktrees"
        let former = "\(list)/\(entry.adminName)"
        let text =
            "claudia is making this worktree\nours\n\(entry.commit)\nformerly \(former)\ngoes to \(scratch.path)/ours\n"
        try write(text, to: "\(former)/locked")
        let steps: [() throws -> Void] = [
            { rename(former, "\(list)/ours") }, { rename(entry.path, "\(scratch.path)/ours") },
            { try write("gitdir: \(list)/ours\n", to: "\(scratch.path)/ours/.git") },
            {
                try write("\(scratch.path)/ours/.git\n", to: "\(list)/ours/gitdir")
                try scratch.git(["branch", "ours"], in: root)
            },
        ]
        for step in steps.prefix(Self.moments.firstIndex(of: moment) ?? 0) { try step() }
        try Worktrees.clearUnfinished(commonDirectory: "\(root)/.git", startNs: Clock.realMs * 1_000_000)
        #expect(try scratch.git(["worktree", "list"], in: root).split(separator: "\n").count == 1)
        #expect(try scratch.git(["branch", "--list", "ours"], in: root) == "")
        #expect(!exists(entry.path))
        #expect(!exists("\(scratch.path)/ours"))
    }
}
