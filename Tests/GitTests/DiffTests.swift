import Git
import Glibc
import Linux
import Testing

private let untracked = Leftover(name: "a file that is ignored instead of tracked") {
    try write("a\n", to: "\($0)/.gitignore")
    try Scratch.run(["git", "rm", "--quiet", "--cached", "a"], in: $0)
}

/// What `git stash` refuses to keep.
private let moved = [
    Leftover(name: "a link in the place of a folder that was moved") {
        rename("\($0)/folder", "\($0)/moved")
        symlink("moved", "\($0)/folder")
    },
    Leftover(name: "a staged link in the place of a folder that was moved") {
        try Scratch.run(["git", "mv", "folder", "moved"], in: $0)
        symlink("moved", "\($0)/folder")
        try Scratch.run(["git", "add", "folder"], in: $0)
    },
]

struct DiffTests {
    @Test("git apply makes a worktree's files of its patch", arguments: leftovers + moved)
    func applies(_ leftover: Leftover) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try write("committed\n", to: "\(made.path)/committed")
        try scratch.git(["add", "committed"], in: made.path)
        try scratch.git(["commit", "--quiet", "-m", "more"], in: made.path)
        try leftover.make(made.path)
        try write("secret\n", to: "\(made.path)/ignored")
        let index = text(of: "\(root)/.git/worktrees/work/index")
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        let patch = try worktree.patch(since: made.commit)
        #expect(text(of: "\(root)/.git/worktrees/work/index") == index)
        let other = "\(scratch.path)/other"
        try scratch.git(["worktree", "add", "--quiet", "-b", "other", other, "HEAD"], in: root)
        try write(patch, to: "\(scratch.path)/patch")
        try scratch.git(["apply", "\(scratch.path)/patch"], in: other)
        unlink("\(made.path)/ignored")
        #expect(try listing(other) == listing(made.path))
    }

    @Test("numbers are those of git, with everything added", arguments: leftovers + moved + [untracked])
    func numbers(_ leftover: Leftover) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try leftover.make(made.path)
        let summary = try Repository(worktree: made.path, commonDirectory: "\(root)/.git").diff(
            since: made.commit)
        try scratch.git(["add", "--all"], in: made.path)
        let letters: [DiffSummary.Status: String] = [
            .added: "A", .deleted: "D", .modified: "M", .renamed: "R100", .copied: "C100", .typeChanged: "T",
        ]
        let ours = summary.changes.map { change in
            ([letters[change.status] ?? "?"] + (change.oldPath.map { [$0] } ?? []) + [change.path])
                .joined(separator: "\t")
        }
        let theirs = try scratch.git(
            [
                "-c", "core.quotePath=false", "diff", "--cached", "--name-status", "-M", "-z",
                "\(made.commit)",
            ], in: made.path)
        let fields = theirs.split(separator: "\0").map(String.init)
        #expect(
            ours.joined(separator: "\t").split(separator: "\t").sorted()
                == fields.flatMap { $0.split(separator: "\t") }.sorted())
        let short = try scratch.git(["diff", "--cached", "--numstat", "-M", "\(made.commit)"], in: made.path)
        let counts = short.split(separator: "\n").map { $0.split(separator: "\t") }
        #expect(summary.insertions == counts.reduce(0) { $0 + (Int($1[0]) ?? 0) })
        #expect(summary.deletions == counts.reduce(0) { $0 + (Int($1[1]) ?? 0) })
        #expect(summary.changes.filter(\.isBinary).count == counts.filter { $0[0] == "-" }.count)
    }

    @Test func `a repository that was added as a submodule without more is a change like any other`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let inner = try scratch.repository("work/inner") { try write("in\n", to: "\($0)/in") }
        try scratch.git(["add", "inner"], in: made.path)
        try scratch.git(["commit", "--quiet", "--allow-empty", "-m", "second"], in: inner)
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        #expect(try worktree.diff(since: made.commit).changes.map(\.path) == ["inner"])
    }

    @Test func `names that are no UTF-8 and files that hold no newline are in the patch`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let name = Array("\(made.path)/raw".utf8) + [0xFF, 0xFE, 0x22, 0]
        let number = name.withUnsafeBytes { bytes in
            bytes.baseAddress.map { creat($0.assumingMemoryBound(to: CChar.self), 0o644) } ?? -1
        }
        try Descriptor(adopting: number).writeAll(Array("no newline".utf8))
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        #expect(try worktree.diff(since: made.commit).files == 1)
        try write(try worktree.patch(since: made.commit), to: "\(scratch.path)/patch")
        try scratch.git(["apply", "\(scratch.path)/patch"], in: root)
        #expect(try listing(root) == listing(made.path))
    }

    @Test func `an agent that replaces the link to its repository is found out`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let other = try RescueTests.add(root, "\(scratch.path)/other", "other")
        let evil = try scratch.repository("evil", fill: RescueTests.fill)
        try scratch.git(["config", "core.worktree", root], in: evil)
        let common = "\(root)/.git"
        func refused(_ make: () throws -> Void) throws {
            try Scratch.run(["rm", "-rf", "\(made.path)/.git"], in: "/")
            try make()
            #expect { _ = try Repository(worktree: made.path, commonDirectory: common) } throws: { error in
                guard case .notTheWorktree = error as? GitError else { return false }
                return true
            }
        }
        try refused { try write("gitdir: \(evil)/.git\n", to: "\(made.path)/.git") }
        try refused { try write("gitdir: \(root)/.git\n", to: "\(made.path)/.git") }
        try refused {
            try write("gitdir: \(root)/.git/worktrees/\(other.adminName)\n", to: "\(made.path)/.git")
        }
        try refused { symlink("\(other.path)/.git", "\(made.path)/.git") }
        try refused { try Scratch.run(["cp", "-r", "\(evil)/.git", "\(made.path)/.git"], in: "/") }
        try refused { mkfifo("\(made.path)/.git", 0o600) }
        try refused {}
    }
}
