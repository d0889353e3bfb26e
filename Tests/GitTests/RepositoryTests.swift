import Glibc
import Testing

@testable import Git

struct RepositoryTests {
    @Test func `a repository is the same from wherever it is found`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { try write("x", to: "\($0)/deep/er/x") }
        let linked = try RescueTests.add(root, "\(scratch.path)/linked")
        for path in [root, "\(root)/deep/er", linked.path, "\(linked.path)/deep"] {
            let repository = try Repository(discovering: path)
            let found = [repository.commonDirectory, repository.mainWorktree, "\(repository.isBare)"]
            #expect(found == ["\(root)/.git", root, "false"])
            #expect(try repository.branchName(of: "HEAD") == "main")
        }
    }

    @Test func `a repository is found without libgit2 where that is plain, and as libgit2 finds it`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { try write("x", to: "\($0)/deep/er/x") }
        let linked = try RescueTests.add(root, "\(scratch.path)/linked")
        let place = RepositoryPlace.plain(from: root)
        for path in [root, "\(root)/deep/er", linked.path, "\(linked.path)/deep"] {
            let repository = try Repository(discovering: path)
            let plain = try #require(RepositoryPlace.plain(from: path))
            #expect(plain.commonDirectory == repository.commonDirectory)
            #expect(plain.mainWorktree == repository.mainWorktree)
            #expect(plain.isBare == repository.isBare && plain == place)
        }
        try scratch.git(["clone", "--quiet", "--bare", root, "\(scratch.path)/bare"], in: scratch.path)
        // Wherever more has to be known, it is libgit2's to tell.
        for path in [
            scratch.path, "\(root)/.git", "\(root)/.git/refs", "\(scratch.path)/bare", "\(scratch.path)/no",
        ] { #expect(RepositoryPlace.plain(from: path) == nil) }
        for (path, isPossible) in [
            (root, true), ("\(linked.path)/deep", true), ("\(root)/.git/refs", true),
            ("\(scratch.path)/bare/refs", true), (scratch.path, false), ("\(scratch.path)/no", false),
        ] { #expect(RepositoryPlace.isPossible(around: path) == isPossible, "\(path)") }
        for (key, value) in [
            ("core.worktree", "/tmp"), ("core.bare", "true"), ("extensions.worktreeConfig", "true"),
            ("include.path", "x"), ("core.repositoryFormatVersion", "1"),
        ] {
            try scratch.git(["config", key, value], in: root)
            #expect(RepositoryPlace.plain(from: root) == nil, "\(key)")
            try scratch.git(["config", "--file", "\(root)/.git/config", "--unset", key], in: root)
            try scratch.git(["config", "--file", "\(root)/.git/config", "core.bare", "false"], in: root)
            try scratch.git(
                ["config", "--file", "\(root)/.git/config", "core.repositoryFormatVersion", "0"], in: root)
            #expect(RepositoryPlace.plain(from: root) != nil, "\(key)")
        }
        try scratch.git(
            ["init", "--quiet", "--separate-git-dir", "\(scratch.path)/elsewhere", root], in: root)
        #expect(RepositoryPlace.plain(from: root) == nil)
    }

    @Test func `revisions are resolved, and those that aren't there are named`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { try write("x", to: "\($0)/x") }
        try scratch.git(["tag", "-a", "-m", "t", "v1"], in: root)
        try scratch.git(["branch", "topic"], in: root)
        let repository = try Repository(at: root)
        let head = try repository.resolve("HEAD")
        #expect("\(head)\n" == (try scratch.git(["rev-parse", "HEAD"], in: root)))
        #expect(ObjectID("\(head)") == head)
        for name in ["main", "v1", "topic", head.short, "main@{0}", "HEAD^{commit}", "refs/heads/main"] {
            #expect(try repository.resolve(name) == head)
        }
        for name in ["nowhere", "HEAD~9", "", "a b", "..", "-x", "HEAD:x"] {
            #expect { try repository.resolve(name) } throws: { error in
                (error as? GitError)?.message.contains("'\(name)'") == true
            }
        }
        #expect(try repository.branchName(of: "topic") == "topic")
        #expect(try repository.branchName(of: "refs/heads/topic") == "topic")
        #expect(try repository.branchName(of: "v1") == nil)
        #expect(try repository.branchName(of: "\(head)") == nil)
        #expect(try repository.headCommit(ofBranch: "topic") == head)
        #expect(try repository.headCommit(ofBranch: "nowhere") == nil)
        try scratch.git(["checkout", "--quiet", "--detach"], in: root)
        #expect(try repository.branchName(of: "HEAD") == nil)
    }

    @Test func `a successor is the first number that is free`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { _ in }
        try scratch.git(["branch", "x"], in: root)
        try scratch.git(["branch", "x-2"], in: root)
        #expect(try Branches.successor(of: "x", in: Repository(at: root)) == "x-3")
        #expect(Branches.isValid("a/b.c") && !Branches.isValid("a..b") && !Branches.isValid("-a"))
        #expect(!Branches.isValid("a.lock") && !Branches.isValid("") && !Branches.isValid("a b"))
    }

    @Test func `what Git tracks is told apart from what it doesn't`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { try write("x", to: "\($0)/.claudia/hooks/x") }
        try write("y", to: "\(root)/y")
        func tracked(_ folder: String = ".claudia") throws -> TrackedFiles {
            try TrackedFiles.read(in: folder, root: root, commonDirectory: "\(root)/.git")
        }
        #expect(try tracked() == .names(["hooks/x"]))
        #expect(try tracked("y") == .names([]))
        #expect(try tracked(".claudia/hooks/x") == .names([""]))
        // What a Git command is about to make the index counts too, once it is whole.
        try scratch.git(["add", "y"], in: root)
        try scratch.git(["mv", ".claudia/hooks/x", ".claudia/hooks/z"], in: root)
        try write("", to: "\(root)/.git/index.lock")
        #expect(try tracked() == .beingChanged)
        try write("DIRC\u{0}\u{0}\u{0}\u{2}\u{0}\u{0}\u{0}\u{1}", to: "\(root)/.git/index.lock")
        #expect(try tracked() == .beingChanged)
        unlink("\(root)/.git/index.lock")
        #expect(try tracked() == .names(["hooks/z"]))
        link("\(root)/.git/index", "\(root)/.git/index.lock")
        #expect(try tracked("y") == .names([""]))
    }

    @Test(arguments: ["split", "sparse"]) func `an index that libgit2 can't read is read by git`(
        _ kind: String
    ) throws {
        let scratch = try Scratch()
        let root = try scratch.repository {
            try write("x", to: "\($0)/.claudia/hooks/x")
            try write("y", to: "\($0)/deep/er/y")
        }
        try scratch.git(
            kind == "split"
                ? ["update-index", "--split-index"]
                : ["sparse-checkout", "set", "--sparse-index", ".claudia"],
            in: root)
        #expect(
            try TrackedFiles.read(in: ".claudia", root: root, commonDirectory: "\(root)/.git")
                == .names(["hooks/x"]))
    }

    @Test func `no repository, and none with a commit, are told apart`() throws {
        let scratch = try Scratch()
        #expect(throws: GitError.notARepository(path: scratch.path)) {
            _ = try Repository(discovering: scratch.path)
        }
        #expect(throws: GitError.self) { _ = try Repository(discovering: "\(scratch.path)/nowhere") }
        let empty = "\(scratch.path)/empty"
        try scratch.git(["init", "--quiet", empty], in: scratch.path)
        #expect(throws: GitError.noCommitYet(path: empty)) { try Repository(at: empty).resolve("HEAD") }
        #expect(try Repository(at: empty).branchName(of: "HEAD") == nil)
    }

    @Test(
        "an extension that libgit2 can't read is named",
        arguments: [
            ("worktreeConfig", true), ("preciousObjects", true), ("partialClone", true),
            ("relativeWorktrees", false),
            ("refStorage", false),
        ])
    func extensions(_ name: String, _ opens: Bool) throws {
        let scratch = try Scratch()
        let root = try scratch.repository { _ in }
        try scratch.git(["config", "core.repositoryFormatVersion", "1"], in: root)
        try write(
            (text(of: "\(root)/.git/config") ?? "") + "[extensions]\n\(name) = true\n",
            to: "\(root)/.git/config")
        if opens {
            #expect(try Repository(at: root).worktrees().count == 1)
        } else {
            #expect { _ = try Repository(at: root) } throws: { error in
                guard case .unsupported(let text) = error as? GitError else { return false }
                return text.lowercased().contains(name.lowercased())
            }
        }
    }

    @Test func `SHA-256 repositories are refused in words`() throws {
        let scratch = try Scratch()
        try scratch.git(["init", "--quiet", "--object-format=sha256", "sha256"], in: scratch.path)
        #expect { _ = try Repository(at: "\(scratch.path)/sha256") } throws: { error in
            guard case .unsupported = error as? GitError else { return false }
            return true
        }
    }

    @Test func `a worktree's entry that leads to another repository or root is found out`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let evil = try scratch.repository("evil", fill: RescueTests.fill)
        let admin = "\(root)/.git/worktrees/work"
        for (file, wrong) in [("commondir", "\(evil)/.git\n"), ("gitdir", "\(evil)/.git\n")] {
            let right = try #require(text(of: "\(admin)/\(file)"))
            try write(wrong, to: "\(admin)/\(file)")
            #expect(throws: GitError.self, "\(file)") {
                _ = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
            }
            try write(right, to: "\(admin)/\(file)")
            _ = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        }
    }
}
