import Git
import Glibc
import Linux
import Testing

/// Worktrees that were somebody's, brought back into the pool.
struct WorktreeRecyclingTests {
    /// A worktree as a session has it, with what `change` did to it, then in the trash without its entry.
    private func used(
        _ root: String, _ scratch: Scratch, _ change: (String) throws -> Void
    ) throws -> String {
        let common = "\(root)/.git"
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: common, name: "old", path: "\(scratch.path)/old", branch: "old",
                base: try Repository(at: root).resolve("HEAD"), useExistingBranch: false))
        try change(made.path)
        mkdir("\(scratch.path)/trash", 0o700)
        try Worktrees.detach(
            worktree: made.path, adminName: made.adminName, commonDirectory: common,
            to: TrashedWorktree(
                worktree: "\(scratch.path)/trash/worktree", admin: "\(scratch.path)/trash/admin"))
        return "\(scratch.path)/trash/worktree"
    }

    private static func fill(_ root: String) throws {
        try write("*.ignored\nnode_modules/\n", to: "\(root)/.gitignore")
        try write("*.txt text eol=crlf\n*.md text=auto\n", to: "\(root)/.gitattributes")
        for name in ["a", "b", "folder/c", "folder/sub/d", "e.md", "f.txt"] {
            try write("\(name)\ntwo\n", to: "\(root)/\(name)")
        }
        try write("#!/bin/sh\n", to: "\(root)/run", mode: 0o755)
        symlink("folder/c", "\(root)/link")
    }

    struct Use: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let script: String
    }

    static let uses = [
        Use(testDescription: "nothing", script: "true"),
        Use(
            testDescription: "edits, staged and not",
            script: "echo x >> a; echo y >> b; git add b; git rm -q folder/c; rm folder/sub/d"),
        Use(testDescription: "commits", script: "echo x >> a; git add a; git commit -qm x; git mv b moved"),
        Use(
            testDescription: "untracked and ignored files, empty folders",
            script:
                "echo x > new; mkdir -p node_modules/x folder/empty/er; echo x > node_modules/x/y; echo x > key.ignored"
        ),
        Use(
            testDescription: "folders that may not be written",
            script: "mkdir -p ro/x/y; touch ro/x/f; chmod -R a-w ro"),
        Use(
            testDescription: "more folders in each other than a process may have open",
            script: """
                python3 - <<'END'
                import os
                os.mkdir("node_modules"); os.chdir("node_modules")
                for level in range(30_000):
                    os.mkdir("d"); os.chdir("d")
                END
                """),
        Use(
            testDescription: "a nested repository",
            script:
                "git init -q folder/nested; touch folder/nested/x; git init -q --separate-git-dir gitdir other"
        ),
        Use(
            testDescription: "flags of the index that hide edits",
            script:
                "git update-index --assume-unchanged a; git update-index --skip-worktree b; echo x > a; echo x > b"
        ),
        Use(
            testDescription: "edits with the size and time of what was there",
            script:
                "for f in a b; do touch -r $f stamp; printf 'X\\ntwo\\n' > $f; touch -r stamp $f; done; rm stamp"
        ),
        Use(
            testDescription: "line ends that Git takes for the same",
            script: "printf 'e.md\\r\\ntwo\\r\\n' > e.md; printf 'f.txt\\ntwo\\n' > f.txt; git add ."),
        Use(
            testDescription: "other rights",
            script: "chmod 600 a; chmod 755 b; chmod 700 folder; chmod g+s folder/sub"),
        Use(testDescription: "another time", script: "touch -d 2100-01-01 a"),
        Use(testDescription: "further names of a file", script: "ln a \"$OUT/a\"; ln b folder/b"),
        Use(
            testDescription: "links in the place of files",
            script: "mv folder \"$OUT/folder\"; ln -s \"$OUT/folder\" folder; ln -sf b a"),
        Use(
            testDescription: "folders in the place of files",
            script: "rm a link; mkdir a link; echo x > a/x; rm -r folder; echo x > folder"),
        Use(
            testDescription: "settings, locks and references of its own",
            script: """
                git config extensions.worktreeConfig true; git config --worktree user.name Evil
                git update-ref refs/worktree/mine HEAD; git bisect start -q; touch $(git rev-parse --git-dir)/index.lock
                git config --unset extensions.worktreeConfig
                """),
        Use(
            testDescription: "unusual names",
            script: "touch -- '-rf' $'a\\nb' $'\\xff\\xfe' ' '; mkdir $'\\xff'"),
        Use(
            testDescription: "extended attributes",
            script: "python3 -c 'import os; os.setxattr(\"a\", \"user.x\", b\"1\")' || true"),
    ]

    @Test("it is as git worktree add makes it, whatever was done in it", arguments: uses)
    func exact(_ use: Use) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        mkdir("\(scratch.path)/out", 0o755)
        var (inode, isSame): (UInt64, Bool) = (0, false)
        let worktree = try used(root, scratch) { path in
            inode = try Folder(at: path).descriptor.status().inode
            let script = "export OUT='\(scratch.path)/out'\n\(use.script)"
            try scratch.git(["config", "user.name", "x"], in: root)
            try Scratch.run(["bash", "-euc", script], in: path)
        }
        let pool = "\(scratch.path)/pool"
        let entry = try WorktreePool.recycle(worktree, into: pool, commonDirectory: "\(root)/.git")
        isSame = try Folder(at: entry.path).descriptor.status().inode == inode
        #expect(isSame && !exists(worktree))
        let fresh = try WorktreePool.fill(pool, with: entry.commit, commonDirectory: "\(root)/.git")
        let list = "\(root)/.git/worktrees"
        #expect(try names("\(list)/\(entry.adminName)") == names("\(list)/\(fresh.adminName)"))
        #expect(
            try WorktreePool.ready(in: pool, commonDirectory: "\(root)/.git").map(\.path).sorted() == [
                entry.path, fresh.path,
            ])
        #expect(try WorktreePool.discard(fresh, commonDirectory: "\(root)/.git"))
        let made = try WorktreePoolTests().take(root, pool, to: "\(scratch.path)/ours")
        #expect(try Folder(at: made.path).descriptor.status().inode == inode)
        try WorktreePoolTests().compare(made, root, scratch)
        #expect(try scratch.git(["config", "user.name"], in: made.path) == "x\n")
        // What neither Git nor a listing tells.
        let odd =
            "find . -newermt 2090-01-01; find . -type f -links +1; python3 -c 'import os; print(*os.listxattr(\"a\"), end=\"\")'"
        #expect(try Scratch.run(["sh", "-c", odd], in: made.path) == "")
        #expect(try scratch.git(["for-each-ref", "refs/worktree", "refs/bisect"], in: made.path) == "")
    }

    /// Takes the worktree into a pool and from there, and compares what came of it: false where it isn't recycled.
    private func isRecycled(_ worktree: String, _ root: String, _ scratch: Scratch) throws -> Bool {
        let (pool, list) = ("\(scratch.path)/pool", "\(root)/.git/worktrees")
        do {
            let entry = try WorktreePool.recycle(worktree, into: pool, commonDirectory: "\(root)/.git")
            let made = try WorktreePoolTests().take(root, pool, to: "\(scratch.path)/ours")
            #expect(!exists(entry.path) && !exists(worktree))
            try WorktreePoolTests().compare(made, root, scratch)
            return true
        } catch GitError.unsupported {
            #expect(try !exists(list) || names(list) == [])
            #expect(!exists(pool) && exists(worktree))
            return false
        }
    }

    /// Kinds of repositories whose files are written in another way than claudia's own.
    static let written: Set = [
        "a filter", "shared permissions", "core.autocrlf", "a submodule entry", "a quoted pattern",
        "an encoding",
        "a sparse checkout", "a sparse index", "configuration per worktree", "submodules and a hook",
        "a partial clone",
    ]

    @Test("every kind of repository is recycled exactly, or not at all", arguments: kinds)
    func kind(_ kind: Kind) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: kind.fill)
        let worktree = try used(root, scratch) { try write("x", to: "\($0)/untracked") }
        try kind.after(root)
        #expect(try isRecycled(worktree, root, scratch) != Self.written.contains(kind.name))
    }

    @Test("nor is one of what Git can be set up to be", arguments: oddRepositories)
    func odd(_ kind: OddRepository) throws {
        let scratch = try Scratch()
        let root = try scratch.repository { root in
            try RescueTests.fill(root)
            try write("far\n", to: "\(root)/far/away/x")
        }
        let worktree = try used(root, scratch) { _ in }
        try kind.change(root)
        #expect(try isRecycled(worktree, root, scratch) != Self.written.contains(kind.name))
    }

    @Test func `what can't be removed, or would get other rights, isn't recycled`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let worktree = try used(root, scratch) { _ in }
        let pool = "\(scratch.path)/pool"
        func isRecycled() -> Bool {
            (try? WorktreePool.recycle(worktree, into: pool, commonDirectory: "\(root)/.git")) != nil
        }
        mkdir(pool, 0o755)
        chmod(pool, 0o2755)
        #expect(!isRecycled() && exists(worktree))
        chmod(pool, 0o755)
        chmod(worktree, 0o700)
        #expect(!isRecycled() && exists(worktree))
        chmod(worktree, 0o755)
        #expect(isRecycled())
    }

    @Test("one that is cut off is taken back whole", arguments: [false, true])
    func cutOff(_ isMoved: Bool) throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: Self.fill)
        let common = "\(root)/.git"
        let worktree = try used(root, scratch) { _ in }
        let pool = "\(scratch.path)/pool"
        let entry = try WorktreePool.recycle(worktree, into: pool, commonDirectory: common)
        try write("claudia is making this worktree\n", to: "\(common)/worktrees/\(entry.adminName)/locked")
        if !isMoved { rename(entry.path, worktree) }
        try Worktrees.clearUnfinished(commonDirectory: common, startNs: Clock.realMs * 1_000_000)
        #expect(!exists(entry.path) && !exists("\(common)/worktrees/\(entry.adminName)"))
        #expect(exists(worktree) != isMoved)
    }
}
