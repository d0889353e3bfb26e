import Git
import Glibc
import Linux
import Testing

/// A session's worktree with work to commit and to land, and hooks in the repository.
private struct Scene {
    let scratch: Scratch
    let root: String
    let work: String

    init() throws {
        scratch = try Scratch()
        root = try scratch.repository(fill: MergingTests.fill)
        work = "\(scratch.path)/work"
        _ = try RescueTests.add(root, work)
        try write(lines([9: "y"]), to: "\(root)/a")
        try scratch.git(["commit", "--quiet", "-am", "main's"], in: root)
        try write(lines([2: "x"]), to: "\(work)/a")
        try write("new\n", to: "\(work)/new")
    }

    var commit: WorktreeCommit {
        WorktreeCommit(worktree: work, commonDirectory: "\(root)/.git", branch: "work")
    }

    func hook(_ name: String, _ script: String, in folder: String = ".git/hooks") throws {
        try write("#!/bin/sh\n\(script)\n", to: "\(root)/\(folder)/\(name)", mode: 0o755)
    }

    func land(_ way: LandingWay) throws -> LandingResult {
        try Landing(
            commonDirectory: "\(root)/.git", source: try Repository(at: root).resolve("work"), target: "main",
            way: way, message: "Land work\n"
        ).run()
    }

    func log(_ revision: String) throws -> String {
        try scratch.git(["log", "-1", "--format=%B", revision], in: root)
    }
}

struct CommitHooksTests {
    @Test func `all that is in a worktree is committed, and its index brought there`() throws {
        let scene = try Scene()
        try scene.scratch.git(["add", "new"], in: scene.work)
        #expect(try scene.commit.uncommitted() == 2)
        let made = try #require(try scene.commit.run(message: "All\n"))
        #expect(try scene.scratch.git(["status", "--porcelain"], in: scene.work) == "")
        #expect(try scene.scratch.git(["rev-parse", "work"], in: scene.root) == "\(made)\n")
        #expect(try scene.scratch.git(["show", "work:new"], in: scene.root) == "new\n")
        #expect(try scene.commit.uncommitted() == 0)
        #expect(try scene.commit.run(message: "None\n") == nil)
        #expect(
            try Folder(at: "\(scene.root)/.git/worktrees/work").names().allSatisfy {
                !$0.hasPrefix("claudia-index")
            })
    }

    @Test func `a repository of its own that lies in a worktree is no part of the commit`() throws {
        let scene = try Scene()
        // With a commit, and without one, which `git add` refuses.
        for name in ["tools/one", "two", "[3] *"] {
            try scene.scratch.git(["init", "--quiet", name], in: scene.work)
            try write("x\n", to: "\(scene.work)/\(name)/x")
        }
        try write("beside\n", to: "\(scene.work)/tools/beside")
        try scene.scratch.git(["-C", "two", "add", "x"], in: scene.work)
        try scene.scratch.git(
            [
                "-C", "two", "-c", "user.name=x", "-c", "user.email=x@example.com", "commit", "--quiet", "-m",
                "x",
            ],
            in: scene.work)
        #expect(try scene.commit.uncommitted() == 3)
        #expect(try scene.commit.run(message: "All\n") != nil)
        let names = try scene.scratch.git(["show", "--format=", "--name-only", "work"], in: scene.root)
        #expect(names == "a\nnew\ntools/beside\n")
        #expect(exists("\(scene.work)/two/x") && exists("\(scene.work)/tools/one/x"))
    }

    @Test func `while another process has the index nothing is committed`() throws {
        let scene = try Scene()
        let lock = "\(scene.root)/.git/worktrees/work/index.lock"
        let (branch, status) = (["rev-parse", "work"], ["--no-optional-locks", "status", "--porcelain"])
        let before = try scene.scratch.git(branch, in: scene.root)
        let state = try scene.scratch.git(status, in: scene.work)
        try write("another's", to: lock)
        #expect(throws: GitError.locked("the index of \(scene.work)")) {
            try scene.commit.run(message: "All\n")
        }
        #expect(try scene.scratch.git(branch, in: scene.root) == before)
        #expect(try scene.scratch.git(status, in: scene.work) == state)
        #expect(text(of: lock) == "another's")
        unlink(lock)
        #expect(try scene.commit.run(message: "All\n") != nil)
        #expect(try scene.scratch.git(status, in: scene.work) == "" && !exists(lock))
    }

    @Test func `a file that changed in the moment in which the index was written is not overlooked`() throws {
        let scene = try Scene()
        try scene.scratch.git(["config", "core.trustctime", "false"], in: scene.root)
        try scene.scratch.git(["commit", "--quiet", "-am", "before"], in: scene.work)
        try Scratch.run(
            [
                "sh", "-euc",
                """
                touch -d @1000000000 a; git update-index --refresh
                tr x z < a > copy; cat copy > a; rm copy
                touch -d @1000000000 a ../main/.git/worktrees/work/index
                """,
            ], in: scene.work)
        #expect(try scene.commit.run(message: "All\n") != nil)
        #expect(try scene.scratch.git(["show", "work:a"], in: scene.root) == text(of: "\(scene.work)/a"))
    }

    @Test func `a worktree on another branch, or in the middle of a merge, is left alone`() throws {
        let scene = try Scene()
        let before = try scene.scratch.git(["rev-parse", "work"], in: scene.root)
        try write("\(before)", to: "\(scene.root)/.git/worktrees/work/MERGE_HEAD")
        #expect(throws: GitError.unfinished(path: scene.work)) { try scene.commit.run(message: "x\n") }
        unlink("\(scene.root)/.git/worktrees/work/MERGE_HEAD")
        try scene.scratch.git(["checkout", "--quiet", "-b", "elsewhere"], in: scene.work)
        #expect(throws: GitError.onAnotherBranch(path: scene.work, branch: "work")) {
            try scene.commit.run(message: "x\n")
        }
        #expect(try scene.scratch.git(["rev-parse", "work"], in: scene.root) == before)
    }

    @Test("hooks see the files and may change the message", arguments: [LandingWay.merge, .squash])
    func hooks(_ way: LandingWay) throws {
        let scene = try Scene()
        let seen = "\(scene.scratch.path)/seen"
        for name in ["pre-commit", "pre-merge-commit"] {
            try scene.hook(name, "echo \(name) $(git diff --cached --name-only HEAD) >> \(seen)")
        }
        try scene.hook("commit-msg", "echo 'Change-Id: 1' >> \"$1\"")
        try scene.hook("post-merge", "echo post-merge >> \(seen)")
        try scene.hook("post-commit", "echo post-commit >> \(seen)")
        _ = try scene.commit.run(message: "All\n")
        #expect(text(of: seen) == "pre-commit a new\npost-commit\n")
        #expect(try scene.log("work") == "All\nChange-Id: 1\n\n")
        unlink(seen)
        guard case .landed = try scene.land(way) else {
            Issue.record("not landed")
            return
        }
        let first = way == .merge ? "pre-merge-commit" : "pre-commit"
        #expect(text(of: seen) == "\(first) a new\npost-merge\n")
        #expect(try scene.log("main") == "Land work\nChange-Id: 1\n\n")
        #expect(try scene.scratch.git(["status", "--porcelain"], in: scene.root) == "")
    }

    @Test(
        "a hook that refuses stops everything", arguments: ["pre-commit", "prepare-commit-msg", "commit-msg"])
    func refusal(_ name: String) throws {
        let scene = try Scene()
        let main = try scene.scratch.git(["rev-parse", "main"], in: scene.root)
        let work = try scene.scratch.git(["rev-parse", "work"], in: scene.root)
        try scene.hook(name, "echo 'not today'; exit 1")
        #expect(throws: GitError.refusedByHook(name, "not today")) {
            try scene.commit.run(message: "All\n")
        }
        #expect(try scene.scratch.git(["rev-parse", "work"], in: scene.root) == work)
        #expect(try scene.commit.uncommitted() == 2)
        unlink("\(scene.root)/.git/hooks/\(name)")
        _ = try scene.commit.run(message: "All\n")
        try scene.hook(name, "echo 'not today'; exit 1")
        #expect(throws: GitError.refusedByHook(name, "not today")) { try scene.land(.squash) }
        #expect(try scene.scratch.git(["rev-parse", "main"], in: scene.root) == main)
    }

    @Test func `hooks that a session's worktree brings along are not run`() throws {
        let scene = try Scene()
        try scene.scratch.git(["config", "core.hooksPath", "hooks"], in: scene.root)
        try write("#!/bin/sh\nexit 1\n", to: "\(scene.work)/hooks/pre-commit", mode: 0o755)
        #expect(try scene.commit.run(message: "All\n") != nil)
        try scene.hook("pre-commit", "exit 1", in: "hooks")
        try write("more\n", to: "\(scene.work)/new")
        #expect(throws: GitError.refusedByHook("pre-commit", "exit code 1")) {
            try scene.commit.run(message: "More\n")
        }
    }

    @Test func `a base is what was brought in last, as long as the branch holds it`() throws {
        let scene = try Scene()
        let repository = try Repository(at: scene.root)
        let start = try repository.resolve("work")
        let news = try repository.resolve("main")
        func base() throws -> ObjectID {
            try SessionBase.commit(name: "s", start: start, branch: "work", in: repository)
        }
        #expect(try base() == start)
        try SessionBase.set(name: "s", to: news, in: repository)
        #expect(try base() == start)
        try scene.scratch.git(["branch", "--force", "other", "main"], in: scene.root)
        #expect(try SessionBase.commit(name: "s", start: start, branch: "other", in: repository) == news)
        try SessionBase.drop(name: "s", in: repository)
        try SessionBase.drop(name: "s", in: repository)
        #expect(try SessionBase.commit(name: "s", start: start, branch: "other", in: repository) == start)
    }
}
