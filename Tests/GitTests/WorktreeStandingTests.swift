import Git
import Glibc
import Linux
import Testing

struct WorktreeStandingTests {
    /// What somebody did by hand to the worktree `wt/work`, in the scratch folder, and how it stands then.
    static let deeds: [(script: String, standing: @Sendable (String) -> WorktreeStanding)] = [
        ("true", { _ in .whole }),
        ("git -C main worktree lock ../wt/work", { _ in .whole }),
        ("git -C main worktree move ../wt/work ../wt/other", { .moved(to: "\($0)/wt/other") }),
        ("git -C main worktree move ../wt/work ../far", { .moved(to: "\($0)/far") }),
        ("mv wt/work wt/renamed", { .strayed(to: "\($0)/wt/renamed") }),
        ("mv wt/work wt/renamed; cp -a wt/renamed wt/again", { _ in .folderGone }),
        ("mv wt/work far", { _ in .folderGone }),
        ("mv wt/work far; git -C main worktree repair ../far", { .moved(to: "\($0)/far") }),
        ("rm -rf wt/work", { _ in .folderGone }),
        ("rm -rf wt/work; mkdir wt/work", { _ in .replaced("it has no readable '.git' file") }),
        ("rm wt/work/.git; git init -q wt/work", { _ in .replaced("it has no readable '.git' file") }),
        ("echo 'gitdir: /x' > wt/work/.git", { _ in .replaced("its '.git' says gitdir: /x") }),
        (
            "ln -sfn ../main wt/link; rm -rf wt/work; mv wt/link wt/work",
            {
                _ in .replaced("it has no readable '.git' file")
            }
        ),
        ("mv wt/work away; git -C main worktree prune; mv away wt/work", { _ in .unlisted }),
        ("git -C main worktree remove ../wt/work", { _ in .removed }),
        ("git -C main worktree remove ../wt/work; mkdir wt/work", { _ in .foreign }),
        ("git -C main worktree remove ../wt/work; git clone -q main wt/work", { _ in .foreign }),
    ]

    @Test("a worktree stands as what was done to it says", arguments: deeds.indices)
    func standing(_ index: Int) throws {
        let (script, expected) = Self.deeds[index]
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        try Scratch.run(["sh", "-euc", script], in: scratch.path)
        let standing = try Worktrees.standing(
            of: made.path, adminName: "work", commonDirectory: "\(root)/.git")
        #expect(standing == expected(scratch.path), "\(script)")
    }

    @Test func `a copy of the whole repository never takes the original's worktree for its own`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(root)/wt/work")
        try Scratch.run(["cp", "-a", root, "\(scratch.path)/copy"], in: "/")
        let standing = try Worktrees.standing(
            of: made.path, adminName: "work", commonDirectory: "\(scratch.path)/copy/.git")
        #expect(standing == .replaced("its '.git' says gitdir: \(root)/.git/worktrees/work"))
        #expect(!Worktrees.lies(made.path, inOneOf: ["\(scratch.path)/copy"]))
        #expect(Worktrees.lies(made.path, inOneOf: [root]))
        #expect(!Worktrees.lies("\(root)-else", inOneOf: [root]))
    }

    @Test func `an entry follows its worktree`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        try write("changed\n", to: "\(made.path)/a")
        try Scratch.run(["mv", "wt/work", "wt/other"], in: scratch.path)
        let other = "\(scratch.path)/wt/other"
        try Worktrees.follow(to: other, adminName: "work", commonDirectory: "\(root)/.git")
        #expect(
            try Worktrees.standing(of: other, adminName: "work", commonDirectory: "\(root)/.git") == .whole)
        #expect(try scratch.git(["status", "--porcelain"], in: other) == " M a\n")
        #expect(throws: GitError.self) {
            try Worktrees.follow(to: root, adminName: "work", commonDirectory: "\(root)/.git")
        }
        #expect(
            try Worktrees.standing(of: other, adminName: "work", commonDirectory: "\(root)/.git") == .whole)
    }

    @Test func `a pruned worktree comes back on the list, and no file of it changes`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        try write("changed\n", to: "\(made.path)/a")
        try write("new\n", to: "\(made.path)/new")
        let prune = "mv wt/work away; git -C main worktree prune; mv away wt/work"
        try Scratch.run(["sh", "-euc", prune], in: scratch.path)
        let before = try listing(made.path)
        let common = "\(root)/.git"
        try scratch.git(["branch", "-m", "work", "elsewhere"], in: root)
        mkdir("\(common)/claudia", 0o700)
        #expect(throws: GitError.notFound("branch 'work'")) {
            try Worktrees.relist(made.path, adminName: "work", branch: "work", commonDirectory: common)
        }
        try scratch.git(["branch", "-m", "elsewhere", "work"], in: root)
        try Worktrees.relist(made.path, adminName: "work", branch: "work", commonDirectory: common)
        #expect(try Worktrees.standing(of: made.path, adminName: "work", commonDirectory: common) == .whole)
        #expect(try listing(made.path) == before)
        #expect(
            try scratch.git(["status", "--porcelain", "--branch"], in: made.path) == "## work\n M a\n?? new\n"
        )
        #expect(try scratch.git(["worktree", "list"], in: root).contains("/wt/work"))
        #expect(throws: GitError.branchCheckedOut(branch: "work", path: made.path)) {
            try Worktrees.relist(made.path, adminName: "other", branch: "work", commonDirectory: common)
        }
        #expect(try Folder(at: "\(common)/claudia").names() == [])
    }
}

struct UnbornHeadTests {
    /// What was done to HEAD, and what `git stash apply` of the rescue then brings into the main worktree.
    static let deeds: [(script: String, applied: String)] = [
        ("git switch -q --orphan fresh; echo new > new", "?? new\n"),
        ("git switch -q --orphan fresh; echo new > new; git add new; echo more > more", "A  new\n?? more\n"),
        ("git checkout -q --orphan fresh; echo x > a; git add a; echo new > new", " M a\n?? new\n"),
        ("echo x > a; git update-ref -d refs/heads/work", " M a\n"),
    ]

    @Test("work under a HEAD without a commit is kept", arguments: deeds.indices)
    func rescues(_ index: Int) throws {
        let (script, applied) = Self.deeds[index]
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        try scratch.git(["commit", "-q", "--allow-empty", "-m", "unpushed"], in: made.path)
        let last = try scratch.git(["rev-parse", "HEAD"], in: made.path)
        try Scratch.run(["sh", "-euc", script], in: made.path)
        let before = try listing(made.path)
        let reference = "refs/claudia/rescue/work/20261122T000000Z"
        _ = try Rescue.save(
            worktree: made.path, commonDirectory: "\(root)/.git", reference: reference, message: "rescue\n")
        #expect(try listing(made.path) == before)
        try scratch.git(["stash", "apply", "--quiet", reference], in: root)
        #expect(try scratch.git(["status", "--porcelain"], in: root) == applied)
        // The commit that nothing else may name stays too.
        let kept = try scratch.git(["rev-list", reference], in: root)
        #expect(kept.contains(last))
        let repository = try Repository(at: root)
        let entry = try #require(try Rescue.list(in: repository).first)
        #expect(try Rescue.size(of: entry, in: repository).files > 0)
    }

    @Test func `a branch that is gone or renamed is told apart`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        func standing() throws -> BranchStanding {
            try Branches.standing(of: "work", adminName: "work", in: Repository(at: root))
        }
        #expect(try standing() == .there)
        try scratch.git(["switch", "-q", "--orphan", "fresh"], in: made.path)
        #expect(try standing() == .there)
        try scratch.git(["switch", "-q", "work"], in: made.path)
        try scratch.git(["branch", "-m", "work", "topic"], in: root)
        #expect(try standing() == .renamed(to: "topic"))
        try scratch.git(["branch", "-m", "topic", "work"], in: root)
        let last = ObjectID(try scratch.git(["rev-parse", "HEAD"], in: made.path).filter { $0 != "\n" })
        try scratch.git(["update-ref", "-d", "refs/heads/work"], in: root)
        #expect(try standing() == .gone(last: last))
    }
}
