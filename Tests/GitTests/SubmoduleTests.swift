import Git
import Glibc
import Linux
import Testing

struct SubmoduleTests {
    @Test
    func `submodules that the main worktree has are filled from there, when nothing else can be reached`()
        throws
    {
        let scratch = try Scratch()
        let module = try scratch.repository("module") { try write("inside\n", to: "\($0)/inside") }
        let root = try scratch.repository(fill: RescueTests.fill)
        let allow = ["-c", "protocol.file.allow=always"]
        for path in ["one = 1", "folder/two", "three"] {
            try scratch.git(allow + ["submodule", "--quiet", "add", module, path], in: root)
        }
        try scratch.git(["commit", "--quiet", "-am", "modules"], in: root)
        try scratch.git(["submodule", "--quiet", "deinit", "--force", "three"], in: root)
        rename(module, "\(scratch.path)/gone")

        let made = try RescueTests.add(root, "\(scratch.path)/work")
        #expect(made.notes == [])
        for path in ["one = 1", "folder/two"] {
            #expect(text(of: "\(made.path)/\(path)/inside") == "inside\n")
            #expect(
                try scratch.git(["config", "remote.origin.url"], in: "\(made.path)/\(path)") == "\(module)\n")
        }
        #expect(try Folder(at: "\(made.path)/three").names() == [])
        let marks = try scratch.git(["submodule", "status"], in: made.path).split(separator: "\n").map(
            \.first)
        #expect(marks == [" ", " ", "-"])
        #expect(try scratch.git(["status", "--porcelain"], in: made.path) == "")
        #expect(try scratch.git(["config", "submodule.folder/two.url"], in: root) == "\(module)\n")
    }

    @Test func `a submodule that can't be filled is told, and the worktree is there`() throws {
        let scratch = try Scratch()
        let module = try scratch.repository("module") { try write("inside\n", to: "\($0)/inside") }
        let root = try scratch.repository(fill: RescueTests.fill)
        try scratch.git(
            ["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module, "one"], in: root)
        let nowhere = String(repeating: "1", count: 40)
        try scratch.git(["update-index", "--cacheinfo", "160000,\(nowhere),one"], in: root)
        try scratch.git(["commit", "--quiet", "-m", "modules"], in: root)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        #expect(made.notes.count == 1 && made.notes[0].hasPrefix("The submodule one was left empty: "))
        #expect(text(of: "\(made.path)/a") != nil)
        #expect(!exists("\(root)/.git/worktrees/work/locked"))
    }

    @Test func `post-checkout runs only where it is trusted, as git worktree add runs it`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let hook = "#!/bin/sh\necho \"$@\" > hooked; pwd >> hooked; exit $(cat ../code)\n"
        try write("0\n", to: "\(scratch.path)/code")
        try write(hook, to: "\(root)/.git/hooks/post-checkout", mode: 0o755)
        try scratch.git(["worktree", "add", "--quiet", "-b", "theirs", "\(scratch.path)/theirs"], in: root)
        let theirs = try #require(text(of: "\(scratch.path)/theirs/hooked"))
        let made = try RescueTests.add(root, "\(scratch.path)/trusted")
        #expect(!exists("\(made.path)/hooked"))
        let found = try CheckoutHook(inWorktree: made.path, commonDirectory: "\(root)/.git")
        #expect(found?.path == "\(root)/.git/hooks/post-checkout" && found?.content == Array(hook.utf8))
        #expect(CheckoutHook.run(in: made) == nil)
        let ours = theirs.split(separator: "/").dropLast().joined(separator: "/")
        #expect(text(of: "\(scratch.path)/trusted/hooked") == "\(ours)/trusted\n")
        try write("3\n", to: "\(scratch.path)/code")
        #expect(CheckoutHook.run(in: made)?.hasPrefix("The hook 'post-checkout' failed: ") == true)
    }

    @Test func `a hook in a folder that is tracked is each worktree's own`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { root in
            try RescueTests.fill(root)
            try write("#!/bin/sh\n", to: "\(root)/tools/post-checkout", mode: 0o755)
            try scratch.git(["config", "core.hooksPath", "tools"], in: root)
        }
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        try write("#!/bin/sh\nelse\n", to: "\(root)/tools/post-checkout", mode: 0o755)
        let found = try CheckoutHook(inWorktree: made.path, commonDirectory: "\(root)/.git")
        #expect(
            found?.path == "\(made.path)/tools/post-checkout" && found?.content == Array("#!/bin/sh\n".utf8))
        chmod("\(made.path)/tools/post-checkout", 0o644)
        #expect(try CheckoutHook(inWorktree: made.path, commonDirectory: "\(root)/.git") == nil)
    }
}
