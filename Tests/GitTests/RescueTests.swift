import Git
import Glibc
import Linux
import Testing

/// Work left in a worktree, in one of the ways that work is left.
struct Leftover: Sendable, CustomTestStringConvertible {
    let name: String
    let make: @Sendable (String) throws -> Void
    var testDescription: String { name }
}

private func git(_ arguments: String..., in folder: String) throws {
    try Scratch.run(["git"] + arguments, in: folder)
}

let leftovers: [Leftover] = [
    Leftover(name: "nothing") { _ in },
    Leftover(name: "an edit") { try write("changed\n", to: "\($0)/a") },
    Leftover(name: "a staged edit, edited again") {
        try write("staged\n", to: "\($0)/a")
        try git("add", "a", in: $0)
        try write("edited\n", to: "\($0)/a")
    },
    Leftover(name: "new files in new folders") {
        try write("new\n", to: "\($0)/new/deep/er/file")
        try write([0, 255, 10, 0], to: "\($0)/new/binary")
        try write("#!/bin/sh\n", to: "\($0)/new/run", mode: 0o755)
        symlink("deep/er/file", "\($0)/new/link")
        try write("blank", to: "\($0)/a name\twith blanks")
    },
    Leftover(name: "empty files") {
        try write("", to: "\($0)/empty")
        try write("", to: "\($0)/a")
    },
    Leftover(name: "a staged new file") {
        try write("new\n", to: "\($0)/new")
        try git("add", "new", in: $0)
    },
    Leftover(name: "a file only meant to be added") {
        try write("new\n", to: "\($0)/new")
        try git("add", "--intent-to-add", "new", in: $0)
    },
    Leftover(name: "a staged deletion") { try git("rm", "--quiet", "a", in: $0) },
    Leftover(name: "a deletion") { unlink("\($0)/a") },
    Leftover(name: "a file taken out of the index and kept") {
        try git("rm", "--quiet", "--cached", "a", in: $0)
    },
    Leftover(name: "a rename") { try git("mv", "folder/b", "folder/c", in: $0) },
    Leftover(name: "modes and kinds") {
        chmod("\($0)/a", 0o755)
        unlink("\($0)/folder/b")
        symlink("../a", "\($0)/folder/b")
    },
    Leftover(name: "a folder where a file was") {
        unlink("\($0)/a")
        try write("inside\n", to: "\($0)/a/inside")
    },
    Leftover(name: "binary changes") { try write([1, 0, 2, 0, 3], to: "\($0)/binary") },
    Leftover(name: "an empty index") { try git("rm", "--quiet", "-r", "--cached", ".", in: $0) },
    Leftover(name: "carriage returns") { try write("one\r\ntwo\r\n", to: "\($0)/a") },
]

struct RescueTests {
    static func fill(_ root: String) throws {
        try write("a\n", to: "\(root)/a")
        try write("b\n", to: "\(root)/folder/b")
        try write([0, 1, 2, 3], to: "\(root)/binary")
        try write("ignored\n*.log\n", to: "\(root)/.gitignore")
    }

    static func add(_ root: String, _ path: String, _ branch: String = "work") throws -> NewWorktree {
        try Worktrees.add(
            WorktreeRequest(
                commonDirectory: "\(root)/.git", name: branch, path: path, branch: branch,
                base: try Repository(at: root).resolve("HEAD"), useExistingBranch: false))
    }

    @Test("git stash apply brings a rescue back into another checkout", arguments: leftovers)
    func applies(_ leftover: Leftover) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let made = try Self.add(root, "\(scratch.path)/work")
        try leftover.make(made.path)
        try write("secret\n", to: "\(made.path)/ignored")
        let admin = "\(root)/.git/worktrees/work"
        let before = (try listing(made.path), text(of: "\(admin)/index"), text(of: "\(admin)/HEAD"))
        let reference = Rescue.reference(name: "work", time: "20261122T181544Z")
        let commit = try Rescue.save(
            worktree: made.path, commonDirectory: "\(root)/.git", reference: reference,
            message: "kept\n\n{}\n")
        #expect(try listing(made.path) == before.0)
        #expect(text(of: "\(admin)/index") == before.1)
        #expect(text(of: "\(admin)/HEAD") == before.2)
        #expect(!exists("\(admin)/index.lock"))

        let other = "\(scratch.path)/other"
        try scratch.git(["worktree", "add", "--quiet", "-b", "other", other, "HEAD"], in: root)
        if leftover.name != "nothing" { try scratch.git(["stash", "apply", reference], in: other) }
        unlink("\(made.path)/ignored")
        #expect(try listing(other) == listing(made.path))
        let entries = try Rescue.list(name: "work", in: Repository(at: root))
        #expect(entries == [Rescue.Entry(reference: reference, commit: commit, message: "kept\n\n{}\n")])
        #expect(try scratch.git(["fsck", "--strict"], in: root).contains("error") == false)
    }

    @Test("a rescue has the commits that git stash -u makes", arguments: leftovers)
    func sameAsStash(_ leftover: Leftover) throws {
        // With these Git itself keeps less, or refuses.
        let exceptions = [
            "nothing", "a file only meant to be added", "a file taken out of the index and kept",
            "an empty index", "a folder where a file was",
        ]
        if exceptions.contains(leftover.name) { return }
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let made = try Self.add(root, "\(scratch.path)/work")
        try leftover.make(made.path)
        let commit = try Rescue.save(
            worktree: made.path, commonDirectory: "\(root)/.git",
            reference: Rescue.reference(name: "work", time: "1"), message: "x\n")
        try scratch.git(["stash", "--include-untracked"], in: made.path)
        let trees = { (name: String) in
            try scratch.git(
                ["log", "--no-walk=unsorted", "--format=%T %s", "\(name)^1", "\(name)^2"]
                    + ((try? scratch.git(["rev-parse", "--verify", "\(name)^3"], in: root)) == nil
                        ? [] : ["\(name)^3"]),
                in: root)
        }
        #expect(try trees("\(commit)") == trees("stash@{0}"))
        #expect(
            try scratch.git(["rev-parse", "\(commit)^{tree}"], in: root)
                == scratch.git(["rev-parse", "stash@{0}^{tree}"], in: root))
    }

    @Test func `a rescue in the middle of a conflict keeps the files as they are`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let made = try Self.add(root, "\(scratch.path)/work")
        try write("theirs\n", to: "\(root)/a")
        try scratch.git(["commit", "--quiet", "-am", "theirs"], in: root)
        try write("ours\n", to: "\(made.path)/a")
        try scratch.git(["commit", "--quiet", "-am", "ours"], in: made.path)
        #expect(throws: Scratch.Failure.self) { try scratch.git(["merge", "main"], in: made.path) }
        let reference = Rescue.reference(name: "work", time: "1")
        try _ = Rescue.save(
            worktree: made.path, commonDirectory: "\(root)/.git", reference: reference, message: "x\n")
        let other = "\(scratch.path)/other"
        try scratch.git(["worktree", "add", "--quiet", "-b", "other", other, "work"], in: root)
        try scratch.git(["stash", "apply", reference], in: other)
        #expect(text(of: "\(other)/a")?.contains("<<<<<<<") == true)
        #expect(text(of: "\(other)/a") == text(of: "\(made.path)/a"))
    }

    @Test func `nested repositories, FIFOs and unreadable links don't disturb a rescue`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let made = try Self.add(root, "\(scratch.path)/work")
        try scratch.git(["init", "--quiet", "\(made.path)/nested"], in: root)
        try write("x", to: "\(made.path)/nested/file")
        mkfifo("\(made.path)/fifo", 0o600)
        symlink("/nowhere", "\(made.path)/dangling")
        let commit = try Rescue.save(
            worktree: made.path, commonDirectory: "\(root)/.git",
            reference: Rescue.reference(name: "work", time: "1"), message: "x\n")
        let names = try scratch.git(["ls-tree", "-r", "--name-only", "\(commit)^3"], in: root)
        #expect(names == "dangling\n")
        let diff = try Repository(worktree: made.path, commonDirectory: "\(root)/.git").diff(
            since: made.commit)
        #expect(diff.changes.map(\.path) == ["dangling"])
    }

    @Test func `what else stands among the rescues is passed over`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let prefix = "refs/claudia/rescue/fix"
        try scratch.git(["tag", "-m", "x", "note"], in: root)
        try scratch.git(["update-ref", "\(prefix)/1", "HEAD"], in: root)
        try scratch.git(["update-ref", "\(prefix)/2", "refs/tags/note"], in: root)
        try scratch.git(["update-ref", "\(prefix)/3", "HEAD^{tree}"], in: root)
        let list = try Rescue.list(in: try Repository(at: root))
        #expect(list.map(\.reference) == ["\(prefix)/1"])
    }

    @Test func `a rescue reference is never moved, and can be dropped`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let made = try Self.add(root, "\(scratch.path)/work")
        let reference = Rescue.reference(name: "work", time: "1")
        let save = { () throws(GitError) in
            try Rescue.save(
                worktree: made.path, commonDirectory: "\(root)/.git", reference: reference, message: "x\n")
        }
        _ = try save()
        #expect(throws: GitError.exists("reference '\(reference)'")) { try save() }
        let repository = try Repository(at: root)
        #expect(throws: GitError.self) { try Rescue.delete("refs/heads/main", in: Repository(at: root)) }
        try Rescue.delete(reference, in: repository)
        try Rescue.delete(reference, in: repository)
        #expect(try Rescue.list(in: repository).isEmpty)
    }

    @Test(
        "an index that libgit2 can't read is read by git",
        arguments: [
            ["update-index", "--split-index"], ["sparse-checkout", "set", "--sparse-index", "folder"],
        ])
    func oddIndex(_ command: [String]) throws {
        let scratch = try Scratch()
        let root = try scratch.repository { root in
            try Self.fill(root)
            try write("x\n", to: "\(root)/far/away/x")
        }
        let made = try Self.add(root, "\(scratch.path)/work")
        try scratch.git(command, in: made.path)
        try write("changed\n", to: "\(made.path)/a")
        try write("new\n", to: "\(made.path)/folder/new")
        let diff = try Repository(worktree: made.path, commonDirectory: "\(root)/.git").diff(
            since: made.commit)
        #expect(diff.changes.map(\.path) == ["a", "folder/new"])
        let commit = try Rescue.save(
            worktree: made.path, commonDirectory: "\(root)/.git",
            reference: Rescue.reference(name: "work", time: "1"), message: "x\n")
        #expect(try scratch.git(["diff", "--name-status", "\(commit)^1", "\(commit)"], in: root) == "M\ta\n")
    }
}
