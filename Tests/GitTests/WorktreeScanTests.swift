import CGit2
import Glibc
import Linux
import Testing

@testable import Git

/// Something that happens to a worktree, as commands of a shell in its root.
struct Happening: Sendable, CustomTestStringConvertible {
    let name: String
    let script: String
    var testDescription: String { name }
}

private let happenings: [Happening] = [
    ("nothing", ":"), ("an edit of the same size", "echo B > x/1"), ("a touch", "touch x/1"),
    ("a mode", "chmod +x x/1; chmod -x run"), ("missing files", "rm x/1 x-y link"),
    ("a missing folder", "rm -r deep"), ("a folder within", "rm -r deep/er; echo n > deep/n"),
    ("a file where a folder was", "rm -r x; echo file > x"),
    ("a folder where a file was", "rm x-y; mkdir x-y; echo in > x-y/in"),
    ("a link where a folder was", "mv x real; ln -s real x"),
    ("a staged link where a folder was", "git mv x real; ln -s real x; git add x"),
    ("a link where a file was", "rm run; ln -s x/1 run; ln -sfn x-y link"),
    (
        "names beside others",
        "echo n > x-; echo n > x/0; echo n > x.; mkdir 'x '; echo n > 'x /1'; echo n > x-y2"
    ),
    ("new folders", "mkdir -p new/empty new/deep/er; echo n > new/deep/er/f; mkdir void"),
    ("ignored files", "echo n > a.o; echo n > x/a.o; echo n > ignored/other; mkdir new; echo n > new/a.o"),
    ("an edit in an ignored folder", "echo edited > ignored/kept"),
    ("another .gitignore", "echo x-y > .gitignore; echo '*' > x/.gitignore; echo n > x/n; rm x/1"),
    ("a repository within", "mkdir new; cd new; git init -q; echo n > f"),
    ("a repository in a folder that is tracked", "git init -q x; echo edited > x/1; echo n > x/n"),
    (
        "a submodule",
        "git init -q module; git -C module -c user.name=a -c user.email=b commit -qm x --allow-empty; "
            + "git add module 2>/dev/null; git -C module -c user.name=a -c user.email=b commit -qm y --allow-empty"
    ),
    ("a missing submodule", "git update-index --add --cacheinfo 160000,$(git rev-parse HEAD),module"),
    ("files that were left out", "git update-index --skip-worktree x/1 x-y; rm x/1; echo edited > x-y"),
    (
        "files that are assumed unchanged",
        "git update-index --assume-unchanged x/1 x-y; rm x/1; echo edited > x-y"
    ),
    ("an intent to add", "echo n > new; git add -N new; echo n > x/0; git add -N x/0; rm x/0"),
    ("staged changes", "echo staged > x/1; echo n > n; git add x/1 n; git rm -q x-y; echo edited > n"),
    ("files out of the index, and kept", "git rm -q --cached x/1 ignored/kept x-y"),
    ("an empty index", "git rm -rq --cached ."), ("no index", "rm .git/index"),
    ("another version of the index", "git update-index --index-version 4; echo edited > x/1"),
    ("an extended index", "git update-index --skip-worktree x-y; git add -N .; echo edited > x/1; rm run"),
    (
        "a conflict",
        "git checkout -qb other; echo 1 > x/1; git commit -qam 1; git checkout -q main; echo 2 > x/1; "
            + "git commit -qam 2; git merge -q other >/dev/null; echo n > n; true"
    ),
    (
        "names that are no UTF-8",
        "mkdir \"$(printf 'f\\377')\"; echo n > \"$(printf 'f\\377/n')\"; git add .; echo n >> $(echo f*)/n"
    ),
    ("a folder that can't be read", "chmod 0 deep; echo edited > x/1"),
].map { Happening(name: $0.0, script: $0.1) }

struct WorktreeScanTests {
    /// Files whose times are past, so that nothing but their stat is needed to know them.
    static func repository(_ scratch: Scratch) throws -> String {
        let root = try scratch.repository { root in
            for file in [
                "x/1", "x-y", "x.y", "x0", "xx/1", "deep/er/est/f", "deep/f", "deep.f", "ignored/kept",
            ] {
                try write("A\n", to: "\(root)/\(file)")
            }
            try write("#!/bin/sh\n", to: "\(root)/run", mode: 0o755)
            try write("/ignored\n*.o\n", to: "\(root)/.gitignore")
            symlink("x/1", "\(root)/link")
            try scratch.git(["add", "--force", "ignored"], in: root)
        }
        try settle(root)
        return root
    }

    static func settle(_ root: String) throws {
        try Scratch.run(
            [
                "sh", "-c",
                "find . -name .git -prune -o -exec touch -h -d 2020-01-01 {} +; git update-index -q --refresh",
            ],
            in: root)
    }

    /// What libgit2 tells of each change, having looked at everything or only at what a scan found.
    static func changes(_ root: String, scanning: Bool) throws -> [String] {
        let repository = try Repository(at: root)
        let scan = scanning ? WorktreeScan(repository) : nil
        let index = try WorktreeIndex(repository)
        let diff = try WorkdirDiff.committed(
            repository.resolve("HEAD"), index, repository, scan, GIT_DIFF_INCLUDE_TYPECHANGE)
        return (0..<git_diff_num_deltas(diff.pointer)).compactMap { position in
            guard let delta = git_diff_get_delta(diff.pointer, position)?.pointee else { return nil }
            let files = [delta.old_file, delta.new_file].map { file in
                "\(file.path.map { String(cString: $0) } ?? "") \(String(file.mode, radix: 8))"
            }
            return "\(delta.status.rawValue): \(files.joined(separator: ", "))"
        }
    }

    static func scanned(_ root: String) throws -> [String]? {
        let repository = try Repository(at: root)
        let scan = WorktreeScan(repository)
        let paths = try scan?.paths(for: WorktreeIndex(repository))
        return paths?.map { String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }
            .filter { !$0.hasSuffix("/") }.sorted()
    }

    @Test("what a scan leaves out has not changed", arguments: happenings)
    func same(_ happening: Happening) throws {
        let scratch = try Scratch()
        let root = try Self.repository(scratch)
        try Scratch.run(["sh", "-c", happening.script], in: root)
        let (found, all) = (try Self.changes(root, scanning: true), try Self.changes(root, scanning: false))
        #expect(found == all)
        try Scratch.run(["chmod", "-R", "u+rwX", "."], in: root)
    }

    @Test func `nothing but what may have changed is found`() throws {
        let scratch = try Scratch()
        let root = try Self.repository(scratch)
        #expect(try Self.scanned(root) == [".git"])
        try Scratch.run(["sh", "-c", "echo n > x/n; echo B > x-y; rm -r deep/er; mkdir void"], in: root)
        #expect(try Self.scanned(root) == ["deep/er", "deep/er/est", "void", "x-y", "x/n"])
    }

    @Test func `a file that was written while the index was is read`() throws {
        let scratch = try Scratch()
        let root = try Self.repository(scratch)
        // As within one tick of the clock: the entry has the new file's stat and the old one's content.
        try write("B\n", to: "\(root)/x-y")
        let old = try scratch.git(["rev-parse", "HEAD:x-y"], in: root).dropLast()
        try scratch.git(["add", "x-y"], in: root)
        try replace(
            String(try scratch.git(["rev-parse", ":x-y"], in: root).dropLast()), by: String(old), in: root)
        var times = [timespec(), timespec()]
        var info = stat()
        #expect(lstat("\(root)/x-y", &info) == 0)
        times = [info.st_mtim, info.st_mtim]
        #expect(utimensat(AT_FDCWD, "\(root)/.git/index", times, 0) == 0)
        #expect(try Self.scanned(root) == ["x-y"])
        #expect(try Self.changes(root, scanning: true).count == 1)
    }

    /// Puts another object's name into the index, whose digest is made right.
    private func replace(_ id: String, by other: String, in root: String) throws {
        let path = "\(root)/.git/index"
        var bytes = try Folder(at: "\(root)/.git").read("index", most: 1 << 20)
        func raw(_ id: String) throws -> [UInt8] {
            withUnsafeBytes(of: try #require(ObjectID(id)).raw) { Array($0) }
        }
        let wanted = try raw(id)
        let place = try #require(bytes.indices.first { bytes[$0...].starts(with: wanted) })
        bytes.replaceSubrange(place..<place + 20, with: try raw(other))
        bytes.replaceSubrange((bytes.count - 20)..., with: SHA1.digest(Array(bytes.dropLast(20))))
        try write(bytes, to: path)
    }

    @Test func `an index that was written meanwhile is not taken for the one that was read`() throws {
        let scratch = try Scratch()
        let root = try Self.repository(scratch)
        let repository = try Repository(at: root)
        let scan = WorktreeScan(repository)
        try write("C\n", to: "\(root)/x-y")
        try scratch.git(["add", "x-y"], in: root)
        #expect(try scan?.paths(for: WorktreeIndex(repository)) == nil)
    }

    @Test func `an entry that is more than a file's name, mode and stat is never taken for unchanged`() throws
    {
        let scratch = try Scratch()
        let root = try Self.repository(scratch)
        try Scratch.run(
            [
                "sh", "-c",
                "git checkout -qb other; echo 1 > x/1; git commit -qam 1; git checkout -q main; echo 2 > x/1; "
                    + "git commit -qam 2; git merge -q other >/dev/null; echo n > n; git add -N n; "
                    + "git update-index --skip-worktree x-y",
            ], in: root)
        let layout = try #require(IndexLayout(Folder(at: "\(root)/.git").read("index", most: 1 << 20)))
        let unknown = layout.files.filter { layout.mode(of: $0) == nil }
        let names = unknown.map { String(decoding: layout.bytes[$0.path], as: UTF8.self) }
        #expect(names == ["n", "x-y", "x/1", "x/1", "x/1"])
    }

    @Test("random edits are found as libgit2 finds them", arguments: 0..<Scale.count(12, of: 200))
    func random(_ seed: Int) throws {
        var dice = Dice(seed: UInt64(seed))
        let scratch = try Scratch()
        let root = try Self.repository(scratch)
        let names = [
            "x", "x-y", "x.y", "x0", "xx", "deep", "deep/er", "deep/f", "x/1", "n", "x/n", "deep-", "ignored",
        ]
        let edits = [
            "rm -rf N", "echo $$ > N", "mkdir -p N", "mv N M", "ln -sfn M N", "touch N", "chmod +x N",
            "cp -a N M",
            "git add -A N", "git rm -rq --cached N", "git add -N N", "git init -q N", "echo M > N/.gitignore",
            "git commit -qm more", "git update-index --skip-worktree N", "git reset -q N", "git stash -q",
        ]
        for _ in 0..<6 {
            for _ in 0..<3 {
                let edit = dice.pick(edits).map { letter in
                    letter == "N" || letter == "M" ? dice.pick(names) : String(letter)
                }
                try Scratch.run(["sh", "-c", "{ \(edit.joined()); } >/dev/null 2>&1 || :"], in: root)
            }
            if Bool.random(using: &dice) { try? Self.settle(root) }
            let (found, all) = (
                try Self.changes(root, scanning: true), try Self.changes(root, scanning: false)
            )
            #expect(found == all)
        }
    }
}
