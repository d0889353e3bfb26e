import Git
import Glibc
import Linux
import Testing

/// A request that can't be met, made of the repository's root and the folder around it.
struct Hindrance: Sendable, CustomTestStringConvertible {
    let name: String
    let error: @Sendable (GitError, String) -> Bool
    let change: @Sendable (inout WorktreeRequest, String, String) throws -> Void
    var testDescription: String { name }
}

let hindrances: [Hindrance] = [
    Hindrance(name: "the path is taken") { error, root in
        if case .exists = error { true } else { false }
    } change: { request, _, _ in
        mkdir(request.path, 0o755)
        try write("mine", to: "\(request.path)/keep")
    },
    Hindrance(name: "a file stands where a folder must be") { error, _ in
        if case .system = error { true } else { false }
    } change: { request, _, scratch in
        try write("x", to: "\(scratch)/file")
        request.path = "\(scratch)/file/work"
    },
    Hindrance(name: "the base is no commit") { error, _ in
        if case .notFound = error { true } else { false }
    } change: { request, _, _ in
        request.base = try #require(ObjectID(String(repeating: "1", count: 40)))
    },
    Hindrance(name: "a blob is missing") { error, _ in
        if case .notFound = error { true } else { false }
    } change: { _, root, _ in
        let blob = try Scratch.run(["git", "rev-parse", "HEAD:folder/b"], in: root).prefix(40)
        unlink("\(root)/.git/objects/\(blob.prefix(2))/\(blob.dropFirst(2))")
    },
    Hindrance(name: "the branch is checked out in the main worktree") { error, root in
        error == .branchCheckedOut(branch: "main", path: root)
    } change: { request, _, _ in
        request.branch = "main"
        request.useExistingBranch = true
    },
    Hindrance(name: "the branch exists and may not") { error, _ in
        error == .exists("branch 'taken'")
    } change: { request, root, _ in
        try Scratch.run(["git", "branch", "taken"], in: root)
        request.branch = "taken"
    },
    Hindrance(name: "the branch is being rebased elsewhere") { error, _ in
        if case .branchCheckedOut(branch: "rebased", _) = error { true } else { false }
    } change: { request, root, scratch in
        try Scratch.run(["git", "worktree", "add", "-q", "-b", "rebased", "\(scratch)/rebased"], in: root)
        try write("x", to: "\(scratch)/rebased/a")
        try Scratch.run(["git", "commit", "-qam", "more"], in: "\(scratch)/rebased")
        let rebase = ["git", "-c", "sequence.editor=sed -i s/^pick/edit/", "rebase", "-i", "HEAD^"]
        try Scratch.run(rebase, in: "\(scratch)/rebased")
        request.branch = "rebased"
        request.useExistingBranch = true
    },
    Hindrance(name: "a branch stands where a folder of branches must be") { error, _ in
        if case .invalidName = error { return true }
        if case .other = error { return true }
        if case .exists = error { return true }
        return false
    } change: { request, root, _ in
        try Scratch.run(["git", "branch", "work"], in: root)
        request.branch = "work/deeper"
    },
    Hindrance(name: "the branch's name is impossible") { error, _ in
        error == .invalidName("a..b")
    } change: { request, _, _ in
        request.branch = "a..b"
    },
    Hindrance(name: "the entry's name would leave its folder") { error, _ in
        error == .invalidName("../../x")
    } change: { request, _, _ in
        request.name = "../../x"
    },
    Hindrance(name: "the tree holds .git in disguise") { error, _ in
        error == .unsafePath(".Git")
    } change: { request, root, _ in
        request.base = try Hindrance.commit(named: ".Git", in: root)
    },
    Hindrance(name: "the tree holds a short name of .git") { error, _ in
        error == .unsafePath("git~1")
    } change: { request, root, _ in
        request.base = try Hindrance.commit(named: "git~1", in: root)
    },
]

extension Hindrance {
    /// A commit with a folder that Git itself would refuse to add.
    static func commit(named name: String, in root: String) throws -> ObjectID {
        let script = """
            blob=$(echo x | git hash-object -w --stdin)
            inner=$(printf '100644 blob %s\\tconfig\\n' $blob | git mktree)
            outer=$(printf '040000 tree %s\\t\(name)\\n' $inner | git mktree)
            git commit-tree -m x $outer
            """
        let id = try Scratch.run(["/bin/sh", "-c", script], in: root).prefix(40)
        return try #require(ObjectID(String(id)))
    }
}

struct WorktreeFailureTests {
    @Test("a worktree that can't be made leaves nothing behind", arguments: hindrances)
    func leavesNothing(_ hindrance: Hindrance) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        var request = WorktreeRequest(
            commonDirectory: "\(root)/.git", name: "work", path: "\(scratch.path)/new/folders/work",
            branch: "claudia-session/work", base: try Repository(at: root).resolve("HEAD"),
            useExistingBranch: false)
        if hindrance.name == "the path is taken" { mkdir("\(scratch.path)/new", 0o755) }
        if hindrance.name == "the path is taken" { mkdir("\(scratch.path)/new/folders", 0o755) }
        try hindrance.change(&request, root, scratch.path)
        let state = {
            try Scratch.run(
                [
                    "/bin/sh", "-c",
                    "find . -path ./main/.git/objects -prune -o -print | sort; cat main/.git/logs/refs/*/*",
                ],
                in: scratch.path)
        }
        let before = try state()
        #expect {
            _ = try Worktrees.add(request)
        } throws: { error in
            guard let error = error as? GitError else { return false }
            #expect(!error.message.isEmpty)
            return hindrance.error(error, root)
        }
        #expect(try state() == before)
    }

    @Test func `a folder that nobody may write in leaves no entry and no branch`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        // The kernel refuses folders in /sys, to root too.
        let request = WorktreeRequest(
            commonDirectory: "\(root)/.git", name: "work", path: "/sys/work", branch: "work",
            base: try Repository(at: root).resolve("HEAD"), useExistingBranch: false)
        #expect {
            _ = try Worktrees.add(request)
        } throws: { error in
            guard case .system(let failure) = error as? GitError else { return false }
            return failure.call == "mkdir" && failure.subject == "/sys/work"
        }
        #expect(!exists("\(root)/.git/worktrees"))
        #expect(try !Branches.exists("work", in: Repository(at: root)))
    }

    @Test func `what a killed maker left is taken back, and only that`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let common = "\(root)/.git"
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let kept = try RescueTests.add(root, "\(scratch.path)/kept", "kept")
        try scratch.git(["worktree", "lock", "--reason", "mine", kept.path], in: root)
        try write(
            "claudia is making this worktree\nwork\n\(made.commit)\n", to: "\(common)/worktrees/work/locked")
        let draft = "\(common)/claudia/entry-1-2"
        try scratch.git(["init", "--quiet", "--separate-git-dir", draft, "\(scratch.path)/other"], in: root)
        // Killed between the two steps in which libgit2 puts a branch in place of its lock.
        let lock = "\(common)/refs/heads/work.lock"
        #expect(link("\(common)/refs/heads/work", lock) == 0)
        // Another's, which is not of that branch, is left alone.
        let others = "\(common)/refs/heads/kept.lock"
        #expect(link("\(common)/refs/heads/kept", others) == 0)
        let startNs = (Clock.realMs + 1) * 1_000_000
        #expect(try Worktrees.clearUnfinished(commonDirectory: common, startNs: startNs) == [made.path])
        #expect(!exists(lock) && exists(others) && unlink(others) == 0)
        #expect(!exists(draft) && exists("\(scratch.path)/other/.git"))
        #expect(!exists(made.path) && !exists("\(common)/worktrees/work"))
        #expect(try !Branches.exists("work", in: Repository(at: root)))
        #expect(try scratch.git(["status", "--porcelain"], in: kept.path) == "")
    }

    @Test func `locks on claudia's own references go when they were taken before, wherever they lie`() throws
    {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let common = "\(root)/.git"
        let kept = "refs/claudia/checkpoints/kept"
        try scratch.git(["update-ref", kept, "HEAD"], in: root)
        try scratch.git(["update-ref", "refs/claudia/rescue/gone/1", "HEAD"], in: root)
        let own = [kept, "refs/claudia/rescue/gone/2", "refs/claudia/top"].map { "\(common)/\($0).lock" }
        for lock in own { try write("", to: lock) }
        let others = ["refs/heads/main.lock", "index.lock"].map { "\(common)/\($0)" }
        for lock in others { try write("", to: lock) }
        let outside = "\(scratch.path)/outside"
        #expect(mkdir(outside, 0o700) == 0)
        try write("", to: "\(outside)/a.lock")
        #expect(symlink(outside, "\(common)/refs/claudia/link") == 0)
        let laterNs = (Clock.realMs + 1) * 1_000_000

        try Worktrees.clearUnfinished(commonDirectory: common, startNs: laterNs - 3_600_000_000_000)
        #expect(own.allSatisfy(exists))
        try Worktrees.clearUnfinished(commonDirectory: common, startNs: laterNs)
        #expect(!own.contains(where: exists))
        #expect((others + ["\(outside)/a.lock"]).allSatisfy(exists))
        #expect(
            try scratch.git(["rev-parse", kept], in: root) == scratch.git(["rev-parse", "HEAD"], in: root))
    }

    @Test func `an existing branch is used as it is, and a bare repository keeps reflogs too`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let bare = "\(scratch.path)/bare.git"
        try scratch.git(["clone", "--quiet", "--bare", root, bare], in: scratch.path)
        let repository = try Repository(discovering: bare)
        let (isBare, folder) = (repository.isBare, repository.mainWorktree)
        #expect(isBare && folder == bare)
        let base = try repository.resolve("main")
        // A bare repository's HEAD checks nothing out.
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: repository.commonDirectory, name: "main", path: "\(scratch.path)/wt",
                branch: "main", base: base, useExistingBranch: true))
        #expect(!made.createdBranch)
        #expect(try Branches.whereCheckedOut("main", in: repository) == made.path)
        let other = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: bare, name: "main", path: "\(scratch.path)/wt2", branch: "other", base: base,
                useExistingBranch: true))
        #expect(other.createdBranch)
        #expect(other.adminName == "main1")
        #expect(exists("\(bare)/logs/refs/heads/other"))
        #expect(try scratch.git(["status", "--porcelain"], in: other.path) == "")
        let linked = try Repository(discovering: other.path)
        let (linkedCommon, linkedIsBare) = (linked.commonDirectory, linked.isBare)
        #expect(linkedCommon == bare && linkedIsBare)
        #expect(try linked.worktrees().map(\.path) == [bare, made.path, other.path])
    }
}
