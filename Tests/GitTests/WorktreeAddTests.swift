import Git
import Glibc
import Linux
import Testing

/// A kind of repository, and what is peculiar about it.
struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let fill: @Sendable (String) throws -> Void
    var testDescription: String { name }
}

let kinds: [Kind] = [
    Kind(name: "a few files") { root in
        try write("a\n", to: "\(root)/a")
        try write("b\n", to: "\(root)/folder/b")
        try write("b\n", to: "\(root)/folder-a/b")
        try write("c\n", to: "\(root)/folder.x")
        try write("", to: "\(root)/empty")
    },
    Kind(name: "no file") { _ in },
    Kind(name: "links, modes, long and unusual names") { root in
        try write("#!/bin/sh\n", to: "\(root)/run", mode: 0o755)
        symlink("folder/target", "\(root)/link")
        symlink("/nowhere/at/all", "\(root)/dangling")
        try write("x", to: "\(root)/folder/ blank and\ttab\nand newline")
        try write("x", to: "\(root)/quote\"s'")
        try write("x", to: "\(root)/\u{1F600}/\u{202E}bidi")
        try write("x", to: "\(root)/.github/-rf")
        try write("x", to: "\(root)/.gitkeep")
        try write("x", to: "\(root)/" + String(repeating: "long-", count: 50))
        try write(
            "x",
            to: "\(root)/"
                + Array(repeating: String(repeating: "d", count: 200), count: 12).joined(separator: "/"))
        for number in 0..<40 {
            try write("\(number)", to: "\(root)/deep/" + String(repeating: "d/", count: number) + "f")
        }
        let raw: [UInt8] = [0x72, 0x61, 0x77, 0xFF, 0xFE]
        let number = (Array("\(root)/".utf8) + raw + [0]).withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { name in
                name.baseAddress.map { creat($0, 0o644) } ?? -1
            }
        }
        close(number)
    },
    Kind(name: "attributes that change nothing") { root in
        try write("* text=auto\n*.png binary\n*.js linguist-vendored\n", to: "\(root)/.gitattributes")
        try write("one\ntwo\n", to: "\(root)/text")
        try write([0, 1, 2, 13, 10], to: "\(root)/x.png")
    },
    Kind(name: "CR LF by attributes") { root in
        try write("*.txt text eol=crlf\n*.c ident\n", to: "\(root)/sub/.gitattributes")
        try write("one\ntwo\n", to: "\(root)/sub/a.txt")
        try write("one\ntwo\n", to: "\(root)/a.txt")
        try write("$Id$\n", to: "\(root)/sub/a.c")
    },
    Kind(name: "a filter") { root in
        try write("*.up filter=upper\n", to: "\(root)/.gitattributes")
        try Scratch.run(["git", "config", "filter.upper.smudge", "tr a-z A-Z"], in: root)
        try Scratch.run(["git", "config", "filter.upper.clean", "tr A-Z a-z"], in: root)
        try write("SHOUT\n", to: "\(root)/a.up")
    },
    Kind(name: "core.autocrlf") { root in
        try Scratch.run(["git", "config", "core.autocrlf", "true"], in: root)
        try write("one\r\ntwo\r\n", to: "\(root)/a.txt")
    },
    Kind(name: "a submodule entry") { root in
        try write("x", to: "\(root)/x")
        try Scratch.run(["git", "init", "-q", "\(root)/module"], in: root)
        let commit = "1234567890123456789012345678901234567890"
        try Scratch.run(["rm", "-rf", "\(root)/module"], in: root)
        try Scratch.run(["git", "update-index", "--add", "--cacheinfo", "160000,\(commit),module"], in: root)
        try write("x", to: "\(root)/module/.git/HEAD")
        try Scratch.run(["rm", "-rf", "\(root)/module"], in: root)
        mkdir("\(root)/module", 0o755)
    },
    Kind(name: "2,000 files") { root in
        for number in 0..<2000 {
            try write("file \(number)\n", to: "\(root)/d\(number % 37)/e\(number % 5)/f\(number)")
        }
    },
]

struct WorktreeAddTests {
    @Test("a worktree is what git worktree add makes", arguments: kinds)
    func sameAsGit(_ kind: Kind) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: kind.fill)
        try scratch.git(
            ["worktree", "add", "--quiet", "-b", "theirs", "\(scratch.path)/wt/theirs"], in: root)
        let base = try Repository(at: root).resolve("HEAD")
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: "\(root)/.git", name: "ours", path: "\(scratch.path)/wt/ours",
                branch: "ours",
                base: base, useExistingBranch: false))
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
