import Glibc
import Linux

/// `git` itself, for what libgit2 can't do right; never through a shell, and without the repository's hooks
/// unless asked for.
enum GitCommand {
    /// The most bytes of its errors and of its trace that are looked at.
    static let wordsMax = 4096
    static let traceMax = 64 << 20

    /// Runs `git ARGUMENTS` with `variables` added to the environment; what it wrote to standard output.
    ///
    /// Throws `.command` with its words when it fails, `.unsupported` when there is no `git`; `why` says
    /// what it is needed for.
    @discardableResult
    static func run(
        _ arguments: [String], in folder: String, why: String, variables: [String: String] = [:],
        runsHooks: Bool = false
    ) throws(GitError) -> [UInt8] {
        let hooks = runsHooks ? [] : ["core.hooksPath=/dev/null"]
        let settings = (hooks + ["core.fsmonitor=false"]).flatMap { ["-c", $0] }
        // Descriptor 3 is where its trace goes.
        let environment = Environment.forGit().merging(variables) { $1 }.merging(["GIT_TRACE2_EVENT": "3"]) {
            $1
        }
        var spawn = Spawn(["git"] + settings + arguments, environment: environment)
        spawn.folder = folder
        let result: Result
        do {
            result = try finish(spawn)
        } catch {
            guard error.number == ENOENT, error.call == "posix_spawn" else { throw .system(error) }
            throw .unsupported("it uses \(why), for which the program 'git' is needed; that isn't in PATH")
        }
        guard result.code == 0 else {
            let lines = result.words.split(whereSeparator: \.isNewline).joined(separator: "; ")
            throw .command(lines.isEmpty ? "exit code \(result.code.map(String.init) ?? "unknown")" : lines)
        }
        return result.output
    }

    private struct Result {
        var output: [UInt8]
        var words: String
        /// Nil when a signal ended it.
        var code: Int32?
    }

    /// Lets everything that it says go to memory, so that nothing has to be read while it runs.
    private static func finish(_ spawn: Spawn) throws(SystemError) -> Result {
        let output = try Descriptor.memory("git-output", [])
        let words = try Descriptor.memory("git-words", [])
        let trace = try Descriptor.memory("git-trace", [])
        let pid = try spawn.start(descriptors: [-1, output.number, words.number, trace.number])
        var status: CInt = 0
        var reaped = waitpid(pid, &status, 0)
        while reaped < 0, errno == EINTR { reaped = waitpid(pid, &status, 0) }
        var code: Int32?
        if reaped == pid {
            code = status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
        } else {
            code = exitCode(inTrace: try trace.read(at: 0, most: traceMax))
        }
        return Result(
            output: try output.read(at: 0, most: Int(try output.status().size)),
            words: String(decoding: try words.read(at: 0, most: wordsMax), as: UTF8.self), code: code)
    }

    /// The exit code that `git` notes last in its trace; nil when it didn't come to that.
    ///
    /// Needed where somebody else in the process reaped it, as a loop does that reaps every child. Only `git`
    /// itself counts: what it starts has a session with a slash (api-trace2).
    static func exitCode(inTrace trace: [UInt8]) -> Int32? {
        for line in trace.split(separator: 0x0A).reversed() {
            let text = String(decoding: line, as: UTF8.self)
            guard text.hasPrefix("{\"event\":\"atexit\",\"sid\":\""), text.hasSuffix("}") else { continue }
            let parts = text.split(separator: "\"", maxSplits: 8)
            guard parts.count > 7, !parts[7].contains("/") else { continue }
            return text.split(separator: "\"code\":").last.flatMap { Int32($0.dropLast()) }
        }
        return nil
    }
}
