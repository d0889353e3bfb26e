import Linux
import SessionModel
import Store
import Testing

/// The files of Sessions.example.
enum Examples {
    static let folder =
        #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Sessions.example"
    /// What isn't a session.
    static let others = ["README.md", "config.json", "hooks"]

    static func names() throws -> [String] {
        try Folder(at: folder).names().filter { !others.contains($0) }.map { String($0.dropLast(5)) }.sorted()
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        try Folder(at: folder).read(file, most: SessionFile.sizeMax)
    }

    static func spec(_ name: String) throws -> SessionFile.Content {
        try SessionFile.parse(try bytes(name + ".json"), defaults: SessionSpec())
    }
}

@Suite struct ExampleFileTests {
    @Test func `every example is a session file in which every key is known`() throws {
        let names = try Examples.names()
        #expect(names.count >= 7)
        for name in names {
            #expect(SessionName(name) != nil)
            #expect(try Examples.spec(name).notice == nil, "\(name)")
        }
    }

    @Test func `the example with every key has every key, in the order that claudia writes`() throws {
        let text = String(decoding: try Examples.bytes("every-key.json"), as: UTF8.self)
        let keys = text.split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("  \""), let end = line.dropFirst(3).firstIndex(of: "\"") else { return nil }
            return String(line[line.index(line.startIndex, offsetBy: 3)..<end])
        }
        #expect(keys == SessionSpec.CodingKeys.allCases.map(\.rawValue))
    }

    @Test func `the example of settings says the defaults, but for the number of sessions and a rule`() throws
    {
        let content = try ConfigFile.parse(try Examples.bytes("config.json"))
        var expected = RepositoryConfig()
        expected.multiSession.maxConcurrentSessions = 4
        #expect(content.config.autoYesRules.count == 1)
        expected.autoYesRules = content.config.autoYesRules
        #expect(content.config == expected)
        #expect(content.notice == nil)
    }

    @Test func `the README names every example`() throws {
        let text = String(decoding: try Examples.bytes("README.md"), as: UTF8.self)
        for name in try Examples.names() { #expect(text.contains("(\(name).json)"), "\(name)") }
    }
}

@Suite(.timeLimit(.minutes(3))) struct ExampleSessionTests {
    /// What the terminal shows of each example, in order.
    private static func lines(_ name: String) throws -> [String] {
        let spec = try Examples.spec(name).spec
        return switch name {
        case "every-key":
            [
                "Heard: First this. (cheerful, --for the agent)",
                "Heard: in two lines. (cheerful, --for the agent)",
            ]
        case "shell": ["Hello. I am a shell on branch claudia-session/shell.", "Noted in NOTES.md."]
        case "tidy": ["Removing spaces at the ends of lines.", "tidied untidy.txt"]
        default:
            spec.claudeArgs.map { "argument: " + $0 } + spec.prompts.map { "asked: " + $0 }
        }
    }

    @Test func `every example runs, and is asked what its file says, one after another`() throws {
        let sample = try SampleRepository()
        let names = try Examples.names()
        for name in names { try sample.start(name) }
        for name in names where name != "tidy" { try sample.awaitLines(Self.lines(name), of: name) }
        #expect(
            try sample.run("git -C .claudia/worktrees/bugfix branch --show-current") == "fix-login-redirect\n"
        )
        // One commit apart.
        let branches = "faster-start/two-agents-b..faster-start/two-agents-a"
        #expect(try sample.run("git rev-list --count \(branches)") == "1\n")
    }

    @Test func `the shell agent notes, commits and leaves when it is told to`() throws {
        let sample = try SampleRepository()
        try sample.start("shell")
        try sample.awaitLines(["Noted in NOTES.md."], of: "shell")
        try sample.run("claudia send shell 'commit A note'")
        try sample.run("claudia send shell quit")
        try sample.run("claudia wait shell exited --timeout 60")
        #expect(
            try sample.run("git show claudia-session/shell:NOTES.md") == "Shell agents are cheap.\n")
        #expect(try sample.run("claudia diff shell --name-only") == "NOTES.md\n")
    }

    @Test func `the tidying agent commits and ends, and the hook tells of it`() throws {
        let sample = try SampleRepository()
        try sample.run("cp '\(Examples.folder)/hooks/status_changed' .claudia/hooks/")
        try sample.start("tidy")
        #expect(
            try sample.notification()
                == "claudia tidy has ended; its branch is claudia-session/tidy.\n")
        try sample.run("claudia wait tidy exited --timeout 60")
        #expect(try sample.run("git show claudia-session/tidy:untidy.txt") == "untidy\n")
        #expect(try sample.run("claudia output tidy").contains("tidied untidy.txt"))
    }
}
