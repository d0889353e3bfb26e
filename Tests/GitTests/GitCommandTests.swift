import Glibc
import Linux
import Testing

@testable import Git

struct GitCommandTests {
    @Test func `what git says decides, not what it prints`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { _ in }
        #expect(
            try GitCommand.run(["rev-parse", "--is-bare-repository"], in: root, why: "x")
                == Array("false\n".utf8))
        #expect {
            try GitCommand.run(["worktree", "add", "\(root)"], in: root, why: "x")
        } throws: { error in
            (error as? GitError)?.message.contains("already exists") == true
        }
    }

    @Test func `a git that hangs is ended with all that it started, and that is said`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository { _ in }
        let hang = "alias.hang=!echo $$ > started; tail -f /dev/null; true"
        #expect(throws: GitError.command("no answer in 3 s")) {
            try GitCommand.run(["-c", hang, "hang"], in: root, why: "x", limitS: 3)
        }
        let pid = try #require(text(of: "\(root)/started").flatMap { Int32($0.dropLast()) })
        guard let process = try? ProcessHandle(pid) else { return }
        var ended = pollfd(fd: process.descriptor.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&ended, 1, 20_000) == 1)
    }

    @Test func `a folder that somebody made meanwhile stays`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        // Has the worktree made by git.
        try scratch.git(["config", "core.sharedRepository", "group"], in: root)
        let path = "\(scratch.path)/work"
        var making = try WorktreeMaking(
            WorktreeRequest(
                commonDirectory: "\(root)/.git", name: "work", path: path, branch: "work",
                base: try Repository(at: root).resolve("HEAD"), useExistingBranch: false)
        ) { _, _ in }
        try write("theirs", to: "\(path)/keep")
        var refusal: GitError?
        do { _ = try making.run() } catch { refusal = error }
        #expect(refusal != nil)
        #expect(text(of: "\(path)/keep") == "theirs")
        #expect(try !Branches.exists("work", in: Repository(at: root)))
    }
}
