internal import Linux
internal import Logging
internal import Store
internal import Supervisor

/// Everything that the command asks of a supervisor.
enum SupervisorAccess {
    /// Milliseconds within which a supervisor answers; its loop never does anything slow.
    static let answerMs: CInt = 5_000

    /// What a supervisor says through its readiness pipe; anything else is why it can't run.
    private static let readyWord = "ready"

    /// What a supervisor says through that pipe when another one has the repository already.
    static let takenWord = "taken"

    /// Milliseconds between two looks whether a supervisor that starts at the same time answers.
    private static let lookAgainMs: CInt = 20

    /// Nanoseconds after which another one that still answers nobody is taken for one that was being killed.
    private static let otherNs: Int64 = 500_000_000

    /// Nanoseconds within which a supervisor has started and adopted its keepers.
    private static let startNs: Int64 = 30_000_000_000

    /// What became of a request.
    enum Reply: Equatable {
        /// No supervisor runs.
        case nobody
        /// One holds the socket but said nothing in time.
        case silence
        /// It answered.
        case answer(ControlAnswer)
    }

    /// The generation of the supervisor that runs; nil when none does.
    static func generation(_ workspace: borrowing Workspace) throws -> Int? {
        switch try ask(.ping, of: workspace, timeoutMs: answerMs) {
        case .nobody, .answer(.closed): nil
        case .answer(.pong(let generation)): generation
        case .silence, .answer:
            throw CommandError(
                "A supervisor holds this repository, but doesn't answer.",
                hint:
                    "Its process number is in '.claudia/supervisor.json'; agents go on whatever becomes of it."
            )
        }
    }

    /// Whether a supervisor runs.
    static func isRunning(_ workspace: borrowing Workspace) throws -> Bool {
        try generation(workspace) != nil
    }

    /// Sends one request and waits for the answer.
    static func ask(
        _ request: ControlRequest, of workspace: borrowing Workspace, timeoutMs: CInt
    ) throws -> Reply {
        // What answers at a socket that came with a copy would be the original's.
        guard workspace.refusal == nil else { return .nobody }
        return try workspace.privateFolder?.ask(request, timeoutMs: timeoutMs) ?? .nobody
    }

    /// A supervisor that an agent starts would be frozen and ended with it, and all keepers that it starts too.
    private static func refuseInsideSession() throws(CommandError) {
        guard Environment.all["CLAUDIA_SESSION_ID"] != nil else { return }
        throw CommandError(
            "No supervisor runs, and one started inside a session would end with it.",
            hint: "Run 'claudia up --detach' in a terminal of your own.")
    }

    /// Runs the supervisor in this process until it is told to end.
    ///
    /// `ready` is told once it answers; without it somebody looks on, and the log goes to standard error too.
    static func run(at place: Place, ready: consuming Descriptor?, debug: Bool) throws {
        try refuseInsideSession()
        let looksOn = ready == nil
        var ready = ready
        var root: String? = place.root
        // Where the repository is moved, the supervisor goes along.
        while let here = root {
            let supervisor = try Supervisor(
                repositoryAt: here, echoesLog: looksOn, logLevel: debug ? .debug : .info)
            if looksOn {
                Console.notice(
                    "The supervisor of \(here) runs; Ctrl-C or 'claudia down' stops it, agents go on.")
            }
            root = try supervisor.run(announcement: ready.take())
        }
    }

    /// Starts a supervisor that outlives this process and its terminal, and waits until it answers.
    static func startDetached(at place: Place, verbose: Bool = false) throws {
        try refuseInsideSession()
        let deadlineNs = Clock.bootNs + startNs
        while Clock.bootNs < deadlineNs {
            if try start(at: place, verbose: verbose) { return }
            // One that was killed a moment ago may have held the lock still, and nobody comes.
            if try awaitOther(at: place) { return }
        }
        throw CommandError(
            "Another supervisor has this repository, but doesn't answer.",
            hint: "'.claudia/supervisor.log' tells what it does.", exitCode: .timedOut)
    }

    /// Starts one: whether it answers; false where another one has the repository.
    private static func start(at place: Place, verbose: Bool) throws -> Bool {
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
        guard !said.hasPrefix(readyWord) else { return true }
        guard !said.hasPrefix(takenWord) else { return false }
        guard !said.isEmpty else {
            throw CommandError(
                "The supervisor (process \(pid)) ended before it was ready.",
                hint: "Run 'claudia up' to see why.")
        }
        let lines = said.split(separator: "\n").map(String.init)
        throw CommandError(lines.first ?? said, hint: lines.count > 1 ? lines[1] : nil)
    }

    /// Whether this tells that another supervisor has the repository.
    static func isTaken(_ error: any Error) -> Bool {
        guard case .alreadyRunning? = error as? SupervisorError else { return false }
        return true
    }

    /// Waits until the supervisor that was started at the same time as ours, and came first, answers: whether it does.
    private static func awaitOther(at place: Place) throws -> Bool {
        let poller = try Poller()
        let deadlineNs = Clock.bootNs + otherNs
        while Clock.bootNs < deadlineNs {
            if let workspace = try? Workspace(existingAt: place), try isRunning(workspace) { return true }
            _ = try poller.wait(timeoutMs: lookAgainMs)
        }
        return false
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
    /// Asks the supervisor whose socket lies here.
    fileprivate borrowing func ask(
        _ request: ControlRequest, timeoutMs: CInt
    ) throws(SystemError) -> SupervisorAccess.Reply {
        guard let client = ControlClient(privateFolder: folder) else { return .nobody }
        return try client.ask(request, timeoutMs: timeoutMs).map { .answer($0) } ?? .silence
    }
}
