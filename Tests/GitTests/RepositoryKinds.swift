import Git
import Glibc
import Linux
import Testing

/// A kind of repository, and what is peculiar about it.
struct Kind: Sendable, CustomTestStringConvertible {
    let name: String
    let fill: @Sendable (String) throws -> Void
    /// What happens in the main worktree after its first commit.
    var after: @Sendable (String) throws -> Void = { _ in }
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
    Kind(name: "shared permissions") { root in
        try write("a\n", to: "\(root)/folder/a")
        try Scratch.run(["git", "config", "core.sharedRepository", "group"], in: root)
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
    Kind(name: "patterns, macros and the repository's own attributes") { root in
        let attributes = """
            *.bat text eol=crlf
            *.bat -text
            name text eol=crlf
            sub/*.x eol=crlf
            [ab].y eol=crlf
            *.lf eol=lf
            [attr]windows text eol=crlf
            deep/w windows
            *.png -filter !eol
            *.id ident
            """
        try write(attributes, to: "\(root)/.gitattributes")
        try write("* text=auto\n*.sub eol=crlf\na.bat eol=crlf text\n", to: "\(root)/deep/.gitattributes")
        let names = [
            "a.bat", "name", "sub/a.x", "a.y", "a.lf", "w", "b.png", "c.id", "d.sub", "e.info",
        ]
        for name in names + names.map({ "deep/\($0)" }) {
            try write("one\ntwo $Id$\n", to: "\(root)/\(name)")
        }
        try write([0x61, 0x0A, 0, 0x0A], to: "\(root)/deep/binary.sub")
        try write("*.info eol=crlf\n", to: "\(root)/.git/info/attributes")
    },
    Kind(name: "attributes changed in the main worktree, not in the commit") { root in
        try write("*.txt eol=crlf\n", to: "\(root)/.gitattributes")
        for name in ["a.txt", "b.md"] { try write("one\ntwo\n", to: "\(root)/\(name)") }
    } after: { root in
        try write("*.md eol=crlf\n*.txt -text\n", to: "\(root)/.gitattributes")
        try Scratch.run(["git", "add", ".gitattributes"], in: root)
    },
    Kind(name: "a quoted pattern") { root in
        try write("\"a name\" eol=crlf\n", to: "\(root)/.gitattributes")
        try write("one\ntwo\n", to: "\(root)/a name")
    },
    Kind(name: "an encoding") { root in
        try write("*.rc working-tree-encoding=UTF-16LE eol=crlf\n", to: "\(root)/.gitattributes")
        try write([0x61, 0, 0x0D, 0, 0x0A, 0], to: "\(root)/a.rc")
    },
    Kind(name: "files that aren't what was committed") { root in
        try write("* text=auto\n", to: "\(root)/.gitattributes")
        for number in 0..<100 { try write("file \(number)\n", to: "\(root)/d/\(number)") }
        try write("one\r\ntwo\r\n", to: "\(root)/ends")
        for name in ["assumed", "mode", "link", "gone", "touched", "staged", "replaced"] {
            try write("1\n", to: "\(root)/\(name)")
        }
        try age(root)
    } after: { root in
        // Git refreshes its index, so that files written long before it are known to be unchanged.
        try Scratch.run(["git", "status"], in: root)
        try Scratch.run(["git", "update-index", "--assume-unchanged", "assumed"], in: root)
        for name in ["assumed", "d/5", "replaced"] { try write("2\n", to: "\(root)/\(name)") }
        chmod("\(root)/mode", 0o755)
        unlink("\(root)/gone")
        unlink("\(root)/link")
        symlink("d/6", "\(root)/link")
        try Scratch.run(["touch", "touched"], in: root)
        try write("3\n", to: "\(root)/staged")
        try Scratch.run(["git", "add", "staged"], in: root)
        try Scratch.run(
            ["touch", "-d", "2026-01-01", "assumed", "d/5", "replaced", "touched", "staged"], in: root)
    },
]

/// Dates every file back by a day, so that size and mtime don't tell a change.
func age(_ root: String) throws {
    let words = ". -path ./.git -prune -o -type f -exec touch -d 2026-01-01 {} +"
    try Scratch.run(["find"] + words.split(separator: " ").map(String.init), in: root)
}
