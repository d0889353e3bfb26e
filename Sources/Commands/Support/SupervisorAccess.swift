internal import Glibc
internal import Linux
internal import Store

/// Everything that the command asks of a supervisor.
enum SupervisorAccess {
    /// Nanoseconds within which a supervisor answers; its loop never does anything slow.
    private static let answerNs: Int64 = 5_000_000_000

    /// What a supervisor says through its readiness pipe; anything else is why it can't run.
    static let readyWord = "ready"

    /// Nanoseconds within which a supervisor has started and adopted its keepers.
    private static let startNs: Int64 = 30_000_000_000

    /// The generation of the supervisor that runs; nil when none does.
    static func generation(_ workspace: borrowing Workspace) throws -> Int? {
        guard let answers = try ask("ping", of: workspace, withinNs: answerNs) else { return nil }
        guard let words = answers.first?.split(separator: " "), words.count == 2, words[0] == "pong" else {
            throw CommandError(
                "A supervisor holds this repository, but doesn't answer.",
                hint: "'claudia doctor' tells more; agents go on running whatever becomes of it.")
        }
        return Int(words[1])
    }

    /// Whether a supervisor runs.
    static func isRunning(_ workspace: borrowing Workspace) throws -> Bool {
        try generation(workspace) != nil
    }

    /// Sends one request and collects the answers until the supervisor closes; nil when none runs.
    static func ask(
        _ request: String, of workspace: borrowing Workspace, withinNs: Int64
    ) throws -> [String]? {
        do {
            guard let socket = try workspace.privateFolder?.supervisorSocket() else { return nil }
            _ = try socket.send(Array(request.utf8))
            return try answers(on: socket, until: Clock.bootNs + withinNs)
        } catch let error as SystemError {
            switch error.number {
            case ENOENT, ECONNREFUSED: return nil
            case EPIPE, ECONNRESET: return []
            default: throw CommandError(error, doing: "The supervisor can't be reached")
            }
        }
    }

    private static func answers(
        on socket: borrowing MessageSocket, until deadlineNs: Int64
    ) throws -> [String] {
        let poller = try Poller()
        try poller.add(socket.descriptor, .input, token: 0)
        var answers: [String] = []
        while true {
            switch try socket.receive() {
            case .closed: return answers
            case .message(let bytes, let passed):
                if let passed { _ = Descriptor(adopting: passed) }
                answers.append(String(decoding: bytes, as: UTF8.self))
            case .nothing:
                let restMs = (deadlineNs - Clock.bootNs) / 1_000_000
                guard restMs > 0 else { return answers }
                _ = try poller.wait(timeoutMs: CInt(min(restMs, 60_000)))
            }
        }
    }

    /// Runs the supervisor in this process until it is told to end.
    static func run(at place: Place, ready: consuming Descriptor?) throws {
        throw CommandError("This build of claudia has no supervisor.")
    }

    /// Starts a supervisor that outlives this process and its terminal, and waits until it answers.
    static func startDetached(at place: Place, verbose: Bool = false) throws {
        let pipe = try Pipe()
        var spawn = Spawn([try Executable.own(), "up", "--ready-fd", "3"], environment: Environment.all)
        if verbose { spawn.environment["CLAUDIA_LOG"] = "debug" }
        spawn.folder = place.root
        spawn.newSession = true
        let pid = try spawn.start(descriptors: [-1, -1, -1, pipe.writing.number])
        guard let said = try firstWords(through: pipe.takeReading()) else {
            throw CommandError(
                "The supervisor isn't ready after \(startNs / 1_000_000_000) s (process \(pid)).",
                hint: "'.claudia/supervisor.log' tells what it does.", exitCode: .timedOut)
        }
        guard !said.hasPrefix(readyWord) else { return }
        guard !said.isEmpty else {
            throw CommandError(
                "The supervisor (process \(pid)) ended before it was ready.",
                hint: "Run 'claudia up' to see why.")
        }
        let lines = said.split(separator: "\n").map(String.init)
        throw CommandError(lines.first ?? said, hint: lines.count > 1 ? lines[1] : nil)
    }

    /// What came through the readiness pipe: whole when it ends in a newline or was closed; nil when late.
    private static func firstWords(through pipe: consuming Descriptor) throws -> String? {
        let poller = try Poller()
        try poller.add(pipe, .input, token: 0)
        let deadlineNs = Clock.bootNs + startNs
        var said: [UInt8] = []
        while true {
            let restMs = (deadlineNs - Clock.bootNs) / 1_000_000
            guard restMs > 0 else { return nil }
            guard try !poller.wait(timeoutMs: CInt(restMs)).isEmpty else { continue }
            guard let bytes = try pipe.read(most: 4096) else { continue }
            said += bytes
            if bytes.isEmpty || said.starts(with: readyWord.utf8) {
                return String(decoding: said, as: UTF8.self)
            }
        }
    }
}

extension PrivateFolder {
    /// A connection to the supervisor.
    fileprivate borrowing func supervisorSocket() throws(SystemError) -> MessageSocket {
        try MessageSocket(in: folder, name: FileNames.supervisorSocket)
    }
}
