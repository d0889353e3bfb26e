import FoundationEssentials
import Glibc
import Linux
import Testing

@testable import Commands

/// What a person sees of one run of the real program.
struct Run: Equatable {
    var code: Int32
    var out: String
    var error: String
}

/// A folder of its own with a repository in it, gone at the end.
struct Scratch: ~Copyable {
    let path: String

    init(repository: Bool = true, commits: Bool = true) throws {
        path = FileManager.default.temporaryDirectory.path + "/claudia-commands-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        guard repository else { return }
        try git("init", "-q", "-b", "main")
        guard commits else { return }
        try git("-c", "user.name=T", "-c", "user.email=t@t", "commit", "-q", "--allow-empty", "-m", "start")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        try? FileManager.default.removeItem(atPath: Program.state(of: path))
    }

    borrowing func git(_ arguments: String...) throws {
        let run = try Program.execute(["git"] + arguments, in: path)
        try #require(run.code == 0, "\(run.error)")
    }

    /// Runs `claudia` in this folder, or in one beneath.
    borrowing func claudia(_ arguments: String..., in folder: String = "") throws -> Run {
        try Program.execute(
            [Scratch.program()] + arguments, in: folder.isEmpty ? path : "\(path)/\(folder)")
    }

    /// The path of `claudia`, which lies beside this program.
    static func program() throws -> String {
        let own = try Executable.own()
        return own[..<(own.lastIndex(of: "/") ?? own.endIndex)] + "/claudia"
    }

    borrowing func write(_ text: String, to file: String) throws {
        let full = "\(path)/\(file)"
        let folder = String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(filePath: full))
        // No claudia has made the folder, so it has to be told whose it is.
        if file.hasPrefix(".claudia/") { _ = try claudia("trust", "--yes") }
    }

    borrowing func text(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: "\(path)/\(file)")), as: UTF8.self)
    }
}

extension Program {
    /// Where claudia notes that a scratch folder is its owner's: beside it.
    static func state(of folder: String) -> String {
        let names = folder.split(separator: "/")
        let scratch = names.firstIndex { $0.hasPrefix("claudia-commands-") } ?? names.endIndex - 1
        return "/" + names[...scratch].joined(separator: "/") + "-state"
    }

    /// Runs a program to its end, with nothing on standard input.
    static func execute(_ arguments: [String], in folder: String) throws -> Run {
        var environment = ProcessInfo.processInfo.environment
        for name in ["CLAUDIA_LOG", "multi_session", "GIT_DIR"] { environment[name] = nil }
        environment["XDG_STATE_HOME"] = state(of: folder)
        var spawn = Spawn(arguments, environment: environment)
        spawn.folder = folder
        let out = try Descriptor.memory("out", [])
        let error = try Descriptor.memory("error", [])
        let pid = try spawn.start(descriptors: [-1, out.number, error.number])
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        return Run(
            code: status & 0x7F == 0 ? (status >> 8) & 0xFF : -(status & 0x7F),
            out: String(decoding: try out.read(at: 0, most: 1 << 20), as: UTF8.self),
            error: String(decoding: try error.read(at: 0, most: 1 << 20), as: UTF8.self))
    }
}

@Suite(.serialized) struct BinaryTests {
    @Test func `outside a repository every verb says so`() throws {
        let scratch = try Scratch(repository: false)
        let expected = Run(
            code: 1, out: "",
            error: "claudia: This folder is in no Git repository.\n"
                + "hint: Go to a repository, or make one here with 'git init'.\n")
        #expect(try scratch.claudia("ls") == expected)
        #expect(try scratch.claudia("new", "x") == expected)
        #expect(try scratch.claudia("up", "--detach") == expected)
        #expect(try scratch.claudia("pause", "x") == expected)
    }

    @Test func `an unknown verb is wrong usage, and the nearest is suggested`() throws {
        let scratch = try Scratch(repository: false)
        #expect(
            try scratch.claudia("statsu")
                == Run(
                    code: 64, out: "",
                    error: "claudia: There is no verb 'statsu'.\n"
                        + "hint: Did you mean 'claudia status'? 'claudia --help' lists all.\n"))
        #expect(
            try scratch.claudia("\u{1B}[2J").error
                == "claudia: There is no verb '\\u{1B}[2J'.\nhint: 'claudia --help' lists all.\n")
    }

    @Test func `an unknown flag is wrong usage`() throws {
        let scratch = try Scratch(repository: false)
        let run = try scratch.claudia("ls", "--jsn")
        #expect(run.code == 64)
        #expect(run.out == "")
        #expect(run.error.hasPrefix("claudia: Unknown option '--jsn'. Did you mean '--json'?\n"))
    }

    @Test func `a name that can't be one is wrong usage and makes nothing`() throws {
        let scratch = try Scratch()
        #expect(
            try scratch.claudia("new", "Fix Login")
                == Run(
                    code: 64, out: "",
                    error: "claudia: 'Fix Login' can't be a session's name: it must start with a-z or 0-9.\n"
                        + "hint: Names are of a-z, 0-9, '.', '_' and '-', such as 'fix-login'.\n"))
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/.claudia"))
    }

    @Test func `without any session ls is empty and other verbs say what to do`() throws {
        let scratch = try Scratch()
        #expect(
            try scratch.claudia("ls")
                == Run(
                    code: 0, out: "",
                    error: "No session was made in this repository yet; 'claudia new' makes the first.\n"))
        #expect(try scratch.claudia("ls", "--json").out == "[]\n")
        #expect(
            try scratch.claudia("attach", "x")
                == Run(
                    code: 1, out: "",
                    error: "claudia: No session was made in this repository yet.\n"
                        + "hint: 'claudia new' makes the first.\n"))
    }

    @Test func `an unknown session is named, with the nearest one`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/fix-login.json")
        let expected = Run(
            code: 1, out: "",
            error: "claudia: There is no session 'fix-logn'.\nhint: Did you mean 'fix-login'?\n")
        for verb in ["status", "pause", "resume", "kill", "rm", "output", "diff", "attach"] {
            #expect(try scratch.claudia(verb, "fix-logn") == expected, "\(verb)")
        }
        #expect(try scratch.claudia("wait", "fix-logn", "idle") == expected)
        #expect(try scratch.claudia("send", "fix-logn", "text") == expected)
        #expect(try scratch.claudia("keys", "fix-logn", "Enter") == expected)
        #expect(try scratch.claudia("set", "fix-logn", "state=paused") == expected)
    }

    @Test func `a key or a word that doesn't exist is refused before anything is sent`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/a.json")
        #expect(
            try scratch.claudia("keys", "a", "Entr")
                == Run(
                    code: 64, out: "",
                    error: "claudia: There is no key 'Entr'; nothing was sent.\n"
                        + "hint: Keys have tmux's names: Enter, Escape, C-c, M-x, Up, F5; 'claudia keys --help' lists them.\n"
                ))
        let wait = try scratch.claudia("wait", "a", "runing")
        #expect(wait.code == 64)
        #expect(
            wait.error.hasPrefix(
                "claudia: Nothing called 'runing' can be waited for.\nhint: Did you mean 'running'? It is one of queued, "
            ))
    }

    @Test func `a wait without a supervisor ends with 124 when its time is over`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/a.json")
        #expect(
            try scratch.claudia("wait", "a", "running", "--timeout", "0")
                == Run(
                    code: 124, out: "",
                    error: "No supervisor runs, so little will change; 'claudia up' starts one.\n"
                        + "claudia: The session 'a' is not running yet; it is not started.\n"))
    }

    @Test func `without a supervisor a verb edits only the bytes of its value, says so, and succeeds`() throws
    {
        let scratch = try Scratch()
        let text = "{\n  // mine\n  \"state\": \"running\", 'prompts': ['a'],\n}\n"
        try scratch.write(text, to: ".claudia/sessions/a.json")
        #expect(
            try scratch.claudia("pause", "a")
                == Run(
                    code: 0, out: "",
                    error: "No supervisor runs; 'claudia up' starts one, which then brings this about.\n"))
        #expect(
            try scratch.text(".claudia/sessions/a.json")
                == "{\n  // mine\n  \"state\": \"paused\", 'prompts': ['a'],\n}\n")
        #expect(try scratch.claudia("rm", "a").code == 0)
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/.claudia/sessions/a.json"))
    }

    @Test func `a file that doesn't parse is not edited, and where it is wrong is told`() throws {
        let scratch = try Scratch()
        try scratch.write("{\"state\": }", to: ".claudia/sessions/a.json")
        let run = try scratch.claudia("pause", "a")
        #expect(run.code == 1)
        #expect(run.error.contains("claudia: sessions/a.json: line 1, column 11"))
        #expect(try scratch.text(".claudia/sessions/a.json") == "{\"state\": }")
        let list = try scratch.claudia("ls")
        #expect(list.code == 0)
        #expect(list.out.contains("line 1, column 11"))
    }

    @Test func `a name is known by the folder, in subfolders and in .claudia too`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/a.json")
        try scratch.write("", to: "deep/er/file")
        for folder in ["", "deep/er", ".claudia", ".claudia/sessions", ".git"] {
            #expect(try scratch.claudia("status", "a", in: folder).code == 0, "\(folder)")
        }
        #expect(
            try scratch.claudia("status")
                == Run(
                    code: 64, out: "",
                    error:
                        "claudia: Which session? This folder is in no session's worktree, so NAME can't be left out.\n"
                        + "hint: 'claudia ls' lists the sessions.\n"))
    }

    @Test func `a line for a session without an agent is not put anywhere`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/a.json")
        let run = try scratch.claudia("send", "a", "hello")
        #expect(run.code == 1)
        #expect(run.error.hasPrefix("claudia: Nothing was sent to 'a': it was not started yet.\n"))
        #expect(!FileManager.default.fileExists(atPath: "\(scratch.path)/.claudia/sessions/a"))
    }

    @Test func `attach without a terminal says what works without one`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/a.json")
        #expect(
            try scratch.claudia("attach", "a")
                == Run(
                    code: 1, out: "",
                    error: "claudia: 'claudia attach' needs a terminal as standard input and output.\n"
                        + "hint: 'claudia output a' and 'claudia send a TEXT' work without one.\n"))
    }

    @Test func `what strangers named their files is shown and does nothing`() throws {
        let scratch = try Scratch()
        try scratch.write("{}", to: ".claudia/sessions/a.json")
        try scratch.write("{}", to: ".claudia/sessions/\u{1B}]0;x\u{7}.json")
        let run = try scratch.claudia("ls")
        #expect(!run.error.contains("\u{1B}"))
        #expect(!run.out.contains("\u{1B}"))
        #expect(run.error.contains("\\u{1B}]0;x\\u{7}.json"))
    }

    @Test func `every verb has a help text`() throws {
        let scratch = try Scratch(repository: false)
        for verb in Claudia.verbs {
            let run = try scratch.claudia(verb, "--help")
            #expect(run.code == 0)
            #expect(run.out.contains("USAGE: claudia \(verb)"), "\(verb)")
            #expect(run.error == "")
        }
        #expect(Claudia.verbs.count == 39)
    }

    @Test func `prune asks nobody where nobody can answer`() throws {
        let scratch = try Scratch()
        try scratch.git("update-ref", "refs/claudia/rescue/a/20200101T000000Z", "HEAD")
        #expect(try scratch.claudia("rescues").out.contains("refs/claudia/rescue/a/20200101T000000Z"))
        #expect(try scratch.claudia("prune").code == 1)
        #expect(try scratch.claudia("prune", "--older-than", "soon").code == 64)
        #expect(try scratch.claudia("prune", "--yes").code == 0)
        #expect(try scratch.claudia("rescues", "--json").out == "[]\n")
    }
}
