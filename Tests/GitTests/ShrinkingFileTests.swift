import Git
import Glibc
import Linux
import Testing

/// Files that an agent makes shorter while they are looked at.
struct ShrinkingFileTests {
    @Test func `a file that is made shorter while it is read ends nobody`() throws {
        let scratch = try Scratch()
        let root = try scratch.repository(fill: RescueTests.fill)
        let made = try RescueTests.add(root, "\(scratch.path)/work")
        let script = "while :; do seq 300000 > big; : > big; seq 300000 > tracked; echo > tracked; done"
        var spawn = Spawn(["sh", "-c", script], environment: ["PATH": "/usr/bin:/bin"])
        spawn.folder = made.path
        let agent = try spawn.start(descriptors: [-1, -1, -1])
        defer {
            kill(agent, SIGKILL)
            waitpid(agent, nil, 0)
        }
        let worktree = try Repository(worktree: made.path, commonDirectory: "\(root)/.git")
        // A bus error (SIGBUS, mmap(2)) would end the process that runs the tests.
        var told = 0
        for _ in 0..<100 where (try? worktree.diff(since: made.commit)) != nil { told += 1 }
        #expect(told > 0)
    }
}
