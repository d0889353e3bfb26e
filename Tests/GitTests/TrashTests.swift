import Git
import Glibc
import Linux
import Testing

struct TrashTests {
    @Test func `a worktree comes back from the trash as it was`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/wt/work")
        try write("changed\n", to: "\(made.path)/a")
        try write("staged\n", to: "\(made.path)/staged")
        try scratch.git(["add", "staged"], in: made.path)
        try write("secret\n", to: "\(made.path)/ignored")
        try scratch.git(["init", "--quiet", "\(made.path)/nested"], in: root)
        let state = {
            (
                try listing(made.path), text(of: "\(root)/.git/worktrees/work/index"),
                try scratch.git(["status", "--porcelain", "--ignored", "--branch"], in: made.path)
            )
        }
        let before = try state()
        let trash = TrashedWorktree(worktree: "\(scratch.path)/trash/w", admin: "\(scratch.path)/trash/a")
        mkdir("\(scratch.path)/trash", 0o700)
        try Worktrees.detach(
            worktree: made.path, adminName: "work", commonDirectory: "\(root)/.git", to: trash)
        #expect(!exists(made.path))
        #expect(!exists("\(root)/.git/worktrees/work"))
        #expect(exists("\(trash.worktree)/ignored"))
        #expect(try Repository(at: root).worktrees().count == 1)
        #expect(try Branches.whereCheckedOut("work", in: Repository(at: root)) == nil)
        try Scratch.run(["rmdir", "\(scratch.path)/wt"], in: "/")
        try Worktrees.reattach(
            trash, worktree: made.path, adminName: "work", head: nil, commonDirectory: "\(root)/.git")
        let after = try state()
        #expect(after.0 == before.0)
        #expect(after.1 == before.1)
        #expect(after.2 == before.2)
        #expect(!exists(trash.worktree) && !exists(trash.admin))
        #expect(try Worktrees.drift(commonDirectory: "\(root)/.git") == [])
    }

    @Test func `a worktree comes back to another place, of a repository that was moved`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let trash = TrashedWorktree(worktree: "\(scratch.path)/w", admin: "\(scratch.path)/a")
        try Worktrees.detach(
            worktree: made.path, adminName: "work", commonDirectory: "\(root)/.git", to: trash)
        let moved = "\(scratch.path)/moved"
        try Scratch.run(["mv", root, moved], in: "/")
        try Worktrees.reattach(
            trash, worktree: "\(scratch.path)/new/place", adminName: "other", head: nil,
            commonDirectory: "\(moved)/.git"
        )
        #expect(try scratch.git(["status", "--porcelain"], in: "\(scratch.path)/new/place") == "")
        #expect(try scratch.git(["worktree", "list"], in: moved).contains("/new/place"))
    }

    @Test func `a worktree of another entry is not moved`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try scratch.git(["worktree", "add", "--quiet", "-b", "other", "\(scratch.path)/other"], in: root)
        let before = try scratch.git(["worktree", "list"], in: root)
        #expect(throws: GitError.self) {
            try Worktrees.detach(
                worktree: made.path, adminName: "other", commonDirectory: "\(root)/.git",
                to: TrashedWorktree(worktree: "\(scratch.path)/w", admin: "\(scratch.path)/a"))
        }
        #expect(try scratch.git(["worktree", "list"], in: root) == before)
        #expect(!exists("\(scratch.path)/w") && !exists("\(scratch.path)/a"))
    }

    @Test(.enabled(if: geteuid() == 0, "only root may mount"))
    func `a worktree stays whole when its entry can't follow it`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let admin = "\(root)/.git/worktrees/work"
        // What is mounted can't be renamed: EBUSY.
        try Scratch.run(["mount", "--bind", admin, admin], in: "/")
        defer { umount2(admin, CInt(MNT_DETACH)) }
        #expect(throws: GitError.self) {
            try Worktrees.detach(
                worktree: made.path, adminName: "work", commonDirectory: "\(root)/.git",
                to: TrashedWorktree(worktree: "\(scratch.path)/w", admin: "\(scratch.path)/a"))
        }
        #expect(!exists("\(scratch.path)/w") && !exists("\(scratch.path)/a"))
        #expect(try scratch.git(["status", "--porcelain"], in: made.path) == "")
    }

    @Test func `nothing is moved when path, entry or branch are taken`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let common = "\(root)/.git"
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let trash = TrashedWorktree(worktree: "\(scratch.path)/w", admin: "\(scratch.path)/a")
        try Worktrees.detach(worktree: made.path, adminName: "work", commonDirectory: common, to: trash)
        func reattach(_ error: GitError) {
            #expect(throws: error) {
                try Worktrees.reattach(
                    trash, worktree: made.path, adminName: "work", head: nil, commonDirectory: common)
            }
            #expect(exists(trash.worktree) && exists(trash.admin))
        }
        mkdir(made.path, 0o755)
        reattach(.exists("file or folder at \(made.path)"))
        rmdir(made.path)
        try write("x", to: "\(common)/worktrees/work")
        reattach(.exists("file or folder at \(common)/worktrees/work"))
        unlink("\(common)/worktrees/work")
        try scratch.git(["worktree", "add", "--quiet", "\(scratch.path)/else", "work"], in: root)
        reattach(.branchCheckedOut(branch: "work", path: "\(scratch.path)/else"))
        try scratch.git(["worktree", "remove", "\(scratch.path)/else"], in: root)
        // A branch that was deleted meanwhile is made again where HEAD was.
        let head = try #require(try Repository(at: root).headCommit(ofBranch: "work"))
        try scratch.git(["branch", "-D", "work"], in: root)
        try Worktrees.reattach(
            trash, worktree: made.path, adminName: "work", head: head, commonDirectory: common)
        #expect(try Repository(at: root).headCommit(ofBranch: "work") == head)
        #expect(try scratch.git(["status", "--porcelain"], in: made.path) == "")
    }

    @Test func `a trash on another file system is refused before anything moves`() throws {
        let scratch = try Scratch()
        let far = try Scratch(in: "/tmp")
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        for trash in [
            TrashedWorktree(worktree: "\(far.path)/w", admin: "\(scratch.path)/a"),
            TrashedWorktree(worktree: "\(scratch.path)/w", admin: "\(far.path)/a"),
        ] {
            #expect {
                try Worktrees.detach(
                    worktree: made.path, adminName: "work", commonDirectory: "\(root)/.git", to: trash)
            } throws: { error in
                guard case .crossesFileSystems = error as? GitError else { return false }
                return true
            }
            #expect(try scratch.git(["status", "--porcelain"], in: made.path) == "")
        }
    }

    @Test func `entries that lead nowhere or elsewhere are told apart`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let common = "\(root)/.git"
        let gone = try RescueTests.add(root, "\(scratch.path)/gone", "gone")
        let hijacked = try RescueTests.add(root, "\(scratch.path)/hijacked", "hijacked")
        _ = try RescueTests.add(root, "\(scratch.path)/well", "well")
        try Scratch.run(["rm", "-rf", gone.path], in: "/")
        try write("gitdir: /elsewhere\n", to: "\(hijacked.path)/.git")
        mkdir("\(common)/worktrees/odd", 0o755)
        let drift = try Worktrees.drift(commonDirectory: common)
        #expect(
            drift == [
                WorktreeDrift(adminName: "gone", path: gone.path, problem: .missing),
                WorktreeDrift(
                    adminName: "hijacked", path: hijacked.path, problem: .pointsElsewhere(to: "/elsewhere")),
                WorktreeDrift(
                    adminName: "odd", path: "", problem: .unreadable("its 'gitdir' can't be read")),
            ])
    }
}
