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

    @Test(
        "an exit code that somebody else reaped is read in the trace",
        arguments: [
            ("", nil),
            (#"{"event":"atexit","sid":"A","thread":"main","code":0}"#, 0),
            (#"{"event":"atexit","sid":"A","thread":"main","code":128}"# + "\n", 128),
            (#"{"event":"atexit","sid":"A/B","thread":"main","code":0}"#, nil),
            (
                #"{"event":"atexit","sid":"A","thread":"main","code":1}"# + "\n"
                    + #"{"event":"atexit","sid":"A/B","thread":"main","code":0}"#, 1
            ),
            (#"{"event":"exit","sid":"A","code":0}"#, nil),
            (#"{"event":"atexit","sid":"A","thread":"ma"#, nil),
        ] as [(String, Int32?)])
    func trace(_ text: String, _ code: Int32?) {
        #expect(GitCommand.exitCode(inTrace: Array(text.utf8)) == code)
    }
}
