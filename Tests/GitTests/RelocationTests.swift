import Git
import Glibc
import Linux
import Testing

struct RelocationTests {
    /// A repository with the worktree `wt/work` inside, and `copy`, a copy of all of it.
    private func copied(_ scratch: Scratch) throws -> (root: String, copy: String) {
        let root = try scratch.repository(fill: RescueTests.fill)
        _ = try RescueTests.add(root, "\(root)/wt/work")
        let copy = "\(scratch.path)/copy"
        try Scratch.run(["cp", "-a", root, copy], in: "/")
        return (root, copy)
    }

    private func relocate(_ root: String, to copy: String) throws {
        try Worktrees.relocate(
            RootChange(from: root, to: copy, isCopy: true), commonDirectory: "\(copy)/.git")
    }

    @Test func `worktree and entry of a copy name each other, those of the original stay`() throws {
        let scratch = try Scratch()
        let (root, copy) = try copied(scratch)
        try relocate(root, to: copy)
        #expect(text(of: "\(copy)/wt/work/.git") == "gitdir: \(copy)/.git/worktrees/work\n")
        #expect(text(of: "\(copy)/.git/worktrees/work/gitdir") == "\(copy)/wt/work/.git\n")
        #expect(text(of: "\(root)/wt/work/.git") == "gitdir: \(root)/.git/worktrees/work\n")
        #expect(text(of: "\(root)/.git/worktrees/work/gitdir") == "\(root)/wt/work/.git\n")
    }

    @Test func `a worktree whose link names another entry is not joined`() throws {
        let scratch = try Scratch()
        let (root, copy) = try copied(scratch)
        try write("gitdir: /elsewhere\n", to: "\(copy)/wt/work/.git")
        try relocate(root, to: copy)
        #expect(text(of: "\(copy)/wt/work/.git") == "gitdir: /elsewhere\n")
    }

    @Test func `a link in the place of a copy's worktree is not followed`() throws {
        let scratch = try Scratch()
        let (root, copy) = try copied(scratch)
        try Scratch.run(["sh", "-c", "rm -r copy/wt && ln -s ../main/wt copy/wt"], in: scratch.path)
        try relocate(root, to: copy)
        #expect(text(of: "\(root)/wt/work/.git") == "gitdir: \(root)/.git/worktrees/work\n")
    }
}
