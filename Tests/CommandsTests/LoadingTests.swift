import Testing

@testable import Commands

@Suite struct LoadingTests {
    @Test func `verbs that only read files load no libgit2, and those that need it tell when it can't be`()
        throws
    {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/fix.json")
        // Whichever version it was built with, the loader finds this one first.
        for version in 5...9 { try scratch.write("no library", to: "libraries/libgit2.so.1.\(version)") }
        let (folder, claudia) = (scratch.path, try Scratch.program())
        func run(_ arguments: String...) throws -> Run {
            try Program.execute(
                ["env", "LD_LIBRARY_PATH=\(folder)/libraries", claudia] + arguments, in: folder)
        }
        #expect(try run("prompt-info") == Run(code: 0, out: "", error: ""))
        #expect(try run("hook", "\(folder)/.git/claudia", "id") == Run(code: 0, out: "", error: ""))
        #expect(try run("status", "fix").code == 0)
        let rescues = try run("rescues")
        #expect(rescues.code == 1)
        #expect(rescues.error.hasPrefix("claudia: libgit2 can't be loaded: \(folder)/"), "\(rescues.error)")
        #expect(
            rescues.error.hasSuffix(
                "hint: Run 'scripts/setup' again: it installs libgit2 and builds claudia for it.\n"))
    }
}
