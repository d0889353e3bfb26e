import CGit2
import Glibc
import Linux

/// `git` itself, for what libgit2 can't do right; never through a shell, and without the repository's hooks.
enum GitCommand {
    /// The most bytes of output that are taken.
    static let outputMax = 256 << 20

    /// Runs `git ARGUMENTS` with `variables` added to the environment; what it wrote to standard output.
    ///
    /// Throws `.command` with its words when it fails, `.unsupported` when there is no `git`; `why` says what it
    /// is needed for. A caller that reaps children must do so by number, or the exit code is lost.
    @discardableResult
    static func run(
        _ arguments: [String], in folder: String, why: String, variables: [String: String] = [:]
    ) throws(GitError) -> [UInt8] {
        let settings = ["core.hooksPath=/dev/null", "core.fsmonitor=false"].flatMap { ["-c", $0] }
        let environment = Environment.forGit().merging(variables) { $1 }
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
        /// Nil when a signal ended it, or somebody else reaped it.
        var code: Int32?
    }

    private static func finish(_ spawn: Spawn) throws(SystemError) -> Result {
        // What it says of errors goes to memory, so that only one pipe has to be read.
        let words = claudia_memory_file()
        guard words >= 0 else { throw .last("memfd_create") }
        let errors = Descriptor(adopting: words)
        var ends: [CInt] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last("pipe") }
        let reading = Descriptor(adopting: ends[0])
        let pid = try start(spawn, Descriptor(adopting: ends[1]), errors.number)
        let output = try reading.readToEnd(most: outputMax)
        var status: CInt = 0
        var reaped = waitpid(pid, &status, 0)
        while reaped < 0, errno == EINTR { reaped = waitpid(pid, &status, 0) }
        let code = reaped == pid && status & 0x7F == 0 ? (status >> 8) & 0xFF : nil
        let text = try errors.read(at: 0, most: 4096)
        return Result(output: output, words: String(decoding: text, as: UTF8.self), code: code)
    }

    /// Starts it; the pipe's end is closed here afterwards, so that the reader sees the end.
    private static func start(
        _ spawn: Spawn, _ output: consuming Descriptor, _ errors: CInt
    ) throws(SystemError) -> Int32 {
        try spawn.start(descriptors: [-1, output.number, errors])
    }
}
