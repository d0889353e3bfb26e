import Git
import Glibc
import Linux
import Synchronization
import Testing

struct WorktreeAddTests {
    @Test("a worktree is what git worktree add makes", arguments: kinds)
    func sameAsGit(_ kind: Kind) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: kind.fill)
        try kind.after(root)
        try scratch.git(
            ["worktree", "add", "--quiet", "-b", "theirs", "\(scratch.path)/wt/theirs"], in: root)
        let base = try Repository(at: root).resolve("HEAD")
        let reports = Mutex<[[Int]]>([])
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: "\(root)/.git", name: "ours", path: "\(scratch.path)/wt/ours",
                branch: "ours", base: base, useExistingBranch: false)
        ) { done, total in reports.withLock { $0.append([done, total]) } }
        let files = try scratch.git(["ls-tree", "-r", "--name-only", "-z", "HEAD"], in: root).split(
            separator: "\0")
        #expect(reports.withLock { $0.contains([files.count, files.count]) })
        #expect(made.adminName == "ours")
        #expect(made.commit == base)
        #expect(made.createdBranch)
        #expect(try listing("\(scratch.path)/wt/ours") == listing("\(scratch.path)/wt/theirs"))
        #expect(try scratch.git(["status", "--porcelain", "--ignored"], in: made.path) == "")
        #expect(try scratch.git(["fsck"], in: root).contains("error") == false)
        let list = try scratch.git(["worktree", "list", "--porcelain"], in: root)
        #expect(list.contains("worktree \(made.path)\nHEAD \(base)\nbranch refs/heads/ours\n"))
        #expect(!list.contains("locked"))
        let entries = ["ours", "theirs"].map { "\(root)/.git/worktrees/\($0)" }
        #expect(try names(entries[0]) == names(entries[1]))
        #expect(
            try scratch.git(["ls-files", "--stage", "-z"], in: made.path)
                == scratch.git(["ls-files", "--stage", "-z"], in: "\(scratch.path)/wt/theirs"))
        #expect(try scratch.git(["log", "-g", "--format=%H", "ours"], in: root) == "\(base)\n")
        #expect(try scratch.git(["log", "-g", "--format=%H"], in: made.path).hasPrefix("\(base)\n"))
        #expect(
            try scratch.git(["write-tree"], in: made.path)
                == scratch.git(["rev-parse", "HEAD^{tree}"], in: root))
    }

    @Test func `a fresh index is trusted, and a change of the same size in the same moment is seen`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try write("b\n", to: "\(made.path)/a")
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        #expect(try worktree.diff(since: made.commit).changes.map(\.path) == ["a"])
        #expect(try scratch.git(["status", "--porcelain"], in: made.path) == " M a\n")
        // Git distrusts what isn't older than the index by whole seconds.
        let index = "\(root)/.git/worktrees/work/index"
        let times = try Scratch.run(["stat", "--format=%Y", index, "\(made.path)/folder/b"], in: "/")
        let seconds = times.split(separator: "\n").compactMap { Int($0) }
        #expect(seconds.count == 2 && seconds[1] < seconds[0])
    }
}

/// Every file with kind, mode, link's target and content's hash.
func listing(_ folder: String) throws -> String {
    let script = """
        find . -path ./.git -prune -o -printf '%p|%y|%m|%l\\n' | sort; \
        find . -path ./.git -prune -o -type f -print0 | sort -z | xargs -0 -r sha1sum
        """
    return try Scratch.run(["/bin/sh", "-c", script], in: folder)
}

func names(_ folder: String) throws -> [String] { try Folder(at: folder).names().sorted() }
