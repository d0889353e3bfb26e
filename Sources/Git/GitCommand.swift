import Glibc
import Linux

/// `git` itself, for what libgit2 can't do right; never through a shell, and without the repository's hooks
/// unless asked for.
enum GitCommand {
    /// The most bytes of its errors that are looked at.
    static let wordsMax = 4096
    /// Seconds after which it counts as hanging.
    static let limitS = 300
    /// The same where it fills a worktree, for which filters may fetch much.
    static let checkoutLimitS = 3600

    /// Runs `git ARGUMENTS` with `variables` added to the environment; what it wrote to standard output.
    ///
    /// Throws `.command` with its words when it fails or hasn't ended after `limitS` seconds, `.unsupported` when
    /// there is no `git`; `why` says what it is needed for.
    @discardableResult
    static func run(
        _ arguments: [String], in folder: String, why: String, variables: [String: String] = [:],
        runsHooks: Bool = false, limitS: Int = limitS
    ) throws(GitError) -> [UInt8] {
        let hooks = runsHooks ? [] : ["core.hooksPath=/dev/null"]
        let settings = (hooks + ["core.fsmonitor=false"]).flatMap { ["-c", $0] }
        var spawn = Spawn(
            ["git"] + settings + arguments, environment: Environment.forGit().merging(variables) { $1 })
        spawn.folder = folder
        // No terminal that ssh could ask on, and one group with all that it starts.
        spawn.newSession = true
        let ended: Result?
        do {
            ended = try finish(spawn, limitS: limitS)
        } catch {
            guard error.number == ENOENT, error.call == "posix_spawn" else { throw .system(error) }
            throw .unsupported("it uses \(why), for which the program 'git' is needed; that isn't in PATH")
        }
        guard let result = ended else { throw .command("no answer in \(limitS) s") }
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
    ///
    /// Nil when it hadn't ended after `limitS` seconds, and was killed.
    private static func finish(_ spawn: Spawn, limitS: Int) throws(SystemError) -> Result? {
        let output = try Descriptor.memory("git-output", [])
        let words = try Descriptor.memory("git-words", [])
        let pid = try spawn.start(descriptors: [-1, output.number, words.number])
        let isInTime = hasEnded(pid, withinS: limitS)
        if !isInTime { kill(-pid, SIGKILL) }
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        guard isInTime else { return nil }
        return Result(
            output: try output.read(at: 0, most: Int(try output.status().size)),
            words: String(decoding: try words.read(at: 0, most: wordsMax), as: UTF8.self),
            code: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil)
    }

    private static func hasEnded(_ pid: Int32, withinS limitS: Int) -> Bool {
        guard let process = try? ProcessHandle(pid) else { return false }
        let endNs = Clock.bootNs + Int64(limitS) * 1_000_000_000
        while true {
            let leftMs = max(0, (endNs - Clock.bootNs) / 1_000_000)
            var waiting = pollfd(fd: process.descriptor.number, events: Int16(POLLIN), revents: 0)
            let count = poll(&waiting, 1, CInt(clamping: leftMs))
            if count > 0 { return true }
            if leftMs == 0 { return false }
        }
    }
}
