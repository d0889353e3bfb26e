import SessionModel
import Testing

@testable import Commands

struct GlobRow: Sendable {
    let pattern: String
    let name: String
    let fits: Bool
    init(_ pattern: String, _ name: String, _ fits: Bool) {
        (self.pattern, self.name, self.fits) = (pattern, name, fits)
    }
}

@Test(
    "a pattern fits the names that a shell's would",
    arguments: [
        GlobRow("*", "", true), GlobRow("*", "abc", true), GlobRow("fix-*", "fix-a", true),
        GlobRow("fix-*", "fix-", true), GlobRow("fix-*", "fi", false), GlobRow("*-a", "x-b-a", true),
        GlobRow("*a*b*", "xaxbx", true), GlobRow("*a*b*", "xbxax", false), GlobRow("?", "a", true),
        GlobRow("?", "", false), GlobRow("??", "a", false), GlobRow("[ab]x", "bx", true),
        GlobRow("[ab]x", "cx", false),
        GlobRow("[a-c]1", "b1", true), GlobRow("[a-c]1", "d1", false), GlobRow("[!a-c]1", "d1", true),
        GlobRow("[!a-c]1", "a1", false), GlobRow("[a", "[a", false), GlobRow("[]]", "]", true),
        GlobRow("a*", "ba", false),
        GlobRow("a**b", "ab", true), GlobRow("*****************a", "bbbbbbbbbbbbbbbbbbbbbbbbb", false),
    ])
func glob(_ row: GlobRow) { #expect(Glob(row.pattern).matches(row.name) == row.fits) }

struct SelectionTests {
    private let selection = SessionSelection(existing: names("docs", "fix-a", "fix-b"), here: name("docs"))
    private let elsewhere = SessionSelection(existing: names("docs", "fix-a", "fix-b"), here: nil)

    @Test func `words stand for sessions once each, in their order`() throws {
        #expect(
            try selection.sessions(["fix-b", "fix-*", "docs"], all: false) == names("fix-b", "fix-a", "docs"))
        #expect(try selection.sessions([], all: true) == names("docs", "fix-a", "fix-b"))
    }

    @Test func `no word is the session whose worktree we are in`() throws {
        #expect(try selection.sessions([], all: false) == names("docs"))
        #expect(try selection.session(nil) == name("docs"))
        #expect(exitCode { try elsewhere.sessions([], all: false) } == .usage)
    }

    @Test func `a verb that takes one session takes a pattern that fits one`() throws {
        #expect(try selection.session("d*") == name("docs"))
        #expect(exitCode { try selection.session("fix-*") } == .usage)
    }

    @Test func `an unknown name fails and the nearest one is suggested`() {
        #expect(
            throws: CommandError("There is no session 'fix-c'.", hint: "Did you mean 'fix-a'?")
        ) { try selection.sessions(["fix-c"], all: false) }
        #expect(
            throws: CommandError("There is no session 'zebra'.", hint: "'claudia ls' lists the sessions.")
        ) { try selection.sessions(["zebra"], all: false) }
    }

    @Test func `a pattern that fits nothing fails`() {
        #expect(
            throws: CommandError("No session fits 'x*'.", hint: "'claudia ls' lists the sessions.")
        ) { try selection.sessions(["x*"], all: false) }
    }

    @Test func `what can't be a name is wrong usage, and so are names beside --all`() {
        #expect(exitCode { try selection.sessions(["Fix-A"], all: false) } == .usage)
        #expect(exitCode { try selection.sessions(["docs"], all: true) } == .usage)
    }
}

/// How the process would end; `.done` when nothing is thrown.
func exitCode(_ body: () throws -> some Any) -> ExitCodes {
    do {
        _ = try body()
        return .done
    } catch {
        return CommandError(describing: error).exitCode
    }
}

func name(_ text: String) -> SessionName {
    guard let name = SessionName(text) else { preconditionFailure("'\(text)' is no name") }
    return name
}

func names(_ texts: String...) -> [SessionName] { texts.map(name) }

struct MadeUpNameTests {
    @Test func `made-up names are valid, and never run out at once`() {
        var random = SystemRandomNumberGenerator()
        let candidates = MadeUpName.candidates(using: &random)
        #expect(candidates.count > 10_000)
        #expect(candidates.contains(name("session-1")))
    }
}
