import Glibc
import Linux
import SessionModel
import Testing

/// Who runs what is tested.
enum User {
    /// Whoever runs the tests.
    case own
    /// Somebody without rights; the same as `own` when that isn't root.
    case ordinary
}

/// A folder of its own with a home and a real repository, in which the real programs run.
///
/// Every process in it carries `HOME=<folder>`, by which `close` finds what was left behind.
final class Sandbox {
    let home: String
    /// The repository.
    let root: String
    let user: User
    var environment: [String: String]

    /// Runs `body` in a new sandbox, then ends everything, checks that nothing is left, and removes it.
    static func with(
        user: User = .own, repository: String = "repo", environment: [String: String] = [:],
        _ body: (Sandbox) throws -> Void
    ) throws {
        let box = try Sandbox(user: user, repository: repository, environment: environment)
        do {
            try box.fill()
            try body(box)
        } catch {
            Issue.record("\(error)\n\(box.story())")
        }
        try box.close()
    }

    private init(user: User, repository: String, environment extra: [String: String]) throws {
        var template = Array("/tmp/claudia-e2e-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        guard let made else { throw SystemError.last("mkdtemp") }
        home = made
        root = "\(made)/\(repository)"
        self.user = user
        environment = [
            "HOME": made, "PATH": "\(made)/bin:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
            "LC_ALL": "C.UTF-8",
            "USER": "tester", "NO_COLOR": "1",
        ]
        .merging(extra) { $1 }
        if isOtherUser { try check(chown(made, Sandbox.ordinary, Sandbox.ordinary), "chown") }
    }

    private func fill() throws {
        try write(
            "[user]\n\tname = Tester\n\temail = tester@example.com\n[init]\n\tdefaultBranch = main\n",
            to: "\(home)/.gitconfig")
        // Stands in for the agent that session files name when they name none.
        try write(Agents.echoing, to: "\(home)/bin/claude", mode: 0o755)
        try sh("git init --quiet '\(root)'", in: home)
        try write("one\ntwo\n", to: "\(root)/file.txt")
        try write("*.ignored\n", to: "\(root)/.gitignore")
        try write("inner\n", to: "\(root)/folder/inner.txt")
        try sh("git add --all && git commit --quiet -m first")
    }

    /// The user and group of nobody.
    private static let ordinary: UInt32 = 65_534
    private var isOtherUser: Bool { user == .ordinary && geteuid() == 0 }

    /// Where the programs that are tested lie: beside the test bundle.
    static func program(_ name: String = "claudia") throws -> String {
        let own = try Executable.own()
        return own[..<(own.lastIndex(of: "/") ?? own.endIndex)] + "/\(name)"
    }

    // MARK: Running programs

    func start(_ arguments: [String], in folder: String? = nil, input: String = "") throws -> RunningProgram {
        let switching = [
            "setpriv", "--reuid=\(Sandbox.ordinary)", "--regid=\(Sandbox.ordinary)", "--clear-groups",
        ]
        var spawn = Spawn((isOtherUser ? switching : []) + arguments, environment: environment)
        spawn.folder = folder ?? root
        return try RunningProgram(spawn, input: input)
    }

    /// Runs `claudia` and returns what it did.
    func claudia(_ arguments: String..., in folder: String? = nil, input: String = "", deadlineS: Int = 40)
        throws
        -> Outcome
    { try start([try Sandbox.program()] + arguments, in: folder, input: input).ending(deadlineS: deadlineS) }

    /// Runs `claudia`, which must do what it was asked; its standard output.
    @discardableResult
    func ok(
        _ arguments: String..., in folder: String? = nil, input: String = "",
        at location: SourceLocation = #_sourceLocation
    ) throws -> String {
        let outcome = try start([try Sandbox.program()] + arguments, in: folder, input: input).ending(
            deadlineS: 40)
        guard outcome.code == 0 else {
            throw Failure("line \(location.line): claudia \(arguments):\n\(outcome.told)")
        }
        return outcome.out
    }

    /// Runs a shell script, which must succeed; its standard output.
    @discardableResult
    func sh(_ script: String, in folder: String? = nil) throws -> String {
        let outcome = try start(["/bin/sh", "-euc", script], in: folder).ending()
        guard outcome.code == 0 else { throw Failure("\(script):\n\(outcome.told)") }
        return outcome.out
    }

    // MARK: The end

    /// Ends all that runs here; what `down --all` leaves is a failure.
    private func close() throws {
        if exists("\(root)/.claudia/supervisor.json") || Sandbox.isBare(root) || !processes().isEmpty {
            // Where no supervisor runs, one is started, so that it can end the agents of the one before.
            _ = try? claudia("up", "--detach")
            _ = try? claudia("down", "--all")
        }
        let end = Clock.bootNs + 5_000_000_000
        while !processes().isEmpty, Clock.bootNs < end { try pause() }
        for pid in processes() {
            Issue.record("left behind: \(commandLine(pid))")
            try? ProcessHandle(pid).send(SIGKILL)
        }
        _ = try Sandbox.removal(of: home)
    }

    private static func isBare(_ path: String) -> Bool { exists("\(path)/.claudia") }

    private static func removal(of path: String) throws -> Outcome {
        try RunningProgram(Spawn(["rm", "-rf", path], environment: ["PATH": "/usr/bin:/bin"])).ending()
    }

    /// What the supervisor wrote of itself, for the report of a test that failed.
    private func story() -> String {
        let log = text(of: "\(root)/.claudia/supervisor.log") ?? "(no supervisor.log)"
        return log.split(separator: "\n").suffix(40).joined(separator: "\n")
    }
}

/// Fails for a system call that returned -1.
func check(_ result: CInt, _ call: String) throws {
    if result < 0 { throw SystemError.last(call) }
}
