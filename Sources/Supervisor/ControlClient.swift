public import Linux

/// What a command can ask of a running supervisor, through its socket in the private folder.
public enum ControlRequest: Equatable, Sendable {
    /// Whether it runs.
    case ping
    /// To end; agents go on unless `all`.
    case down(all: Bool)
    /// To bring back the newest removed session of that name.
    case restore(String)
    /// To take an event of an agent's hook, which comes as passed descriptor; the session by its UUID.
    case hook(session: String)

    /// The request as the words of one message.
    public var text: String {
        switch self {
        case .ping: "ping"
        case .down(let all): all ? "down --all" : "down"
        case .restore(let name): "restore \(name)"
        case .hook(let session): "hook \(session)"
        }
    }

    /// Reads what `text` writes; nil for anything else.
    public init?(_ text: String) {
        switch text {
        case "ping": self = .ping
        case "down": self = .down(all: false)
        case "down --all": self = .down(all: true)
        default:
            let words = text.split(separator: " ", maxSplits: 1).map(String.init)
            switch (words.first, words.last) {
            case ("restore", let name?) where words.count == 2: self = .restore(name)
            case ("hook", let session?) where words.count == 2: self = .hook(session: session)
            default: return nil
            }
        }
    }
}

/// A supervisor's answer.
public enum ControlAnswer: Equatable, Sendable {
    /// It runs, as the `generation`th of this repository.
    case pong(generation: Int)
    /// It was done.
    case ok
    /// It was done, and this is what the hook says to its agent.
    case say(String)
    /// It couldn't be done; the sentence says why.
    case error(String)
    /// The supervisor has closed the connection: it is ending.
    case closed

    /// The answer as the words of one message.
    public var text: String {
        switch self {
        case .pong(let generation): "pong \(generation)"
        case .ok: "ok"
        case .say(let words): "say \(words)"
        case .error(let sentence): "error \(sentence)"
        case .closed: ""
        }
    }

    /// Reads what `text` writes.
    public init(_ text: String) {
        if text == "ok" {
            self = .ok
        } else if text.hasPrefix("pong "), let generation = Int(text.dropFirst(5)) {
            self = .pong(generation: generation)
        } else if text.hasPrefix("say ") {
            self = .say(String(text.dropFirst(4)))
        } else {
            self = .error(text.hasPrefix("error ") ? String(text.dropFirst(6)) : text)
        }
    }
}

/// The other side of a supervisor's socket.
public struct ControlClient: ~Copyable {
    /// The socket's name in the private folder.
    public static let socketName = "supervisor.sock"

    private let socket: MessageSocket

    /// Connects to the supervisor whose private folder is given; nil when none runs.
    public init?(privateFolder: borrowing Folder) {
        guard let socket = try? MessageSocket(in: privateFolder, name: ControlClient.socketName) else {
            return nil
        }
        self.socket = socket
    }

    /// Sends a request, with a copy of the descriptor `passing`, and waits for the answer; nil when none came within
    /// `timeoutMs` (itself nil: for ever).
    public borrowing func ask(
        _ request: ControlRequest, passing: CInt? = nil, timeoutMs: CInt?
    ) throws(SystemError) -> ControlAnswer? {
        do {
            guard try socket.send(Array(request.text.utf8), passing: passing) else { return nil }
        } catch {
            return .closed
        }
        let poller = try Poller()
        try poller.add(socket.descriptor, .input, token: 0)
        let end = timeoutMs.map { Clock.bootNs + Int64($0) * 1_000_000 }
        while true {
            switch try socket.receive() {
            case .message(let bytes, _): return ControlAnswer(String(decoding: bytes, as: UTF8.self))
            case .closed: return .closed
            case .nothing:
                let leftMs = end.map { ($0 - Clock.bootNs) / 1_000_000 }
                if let leftMs, leftMs <= 0 { return nil }
                _ = try poller.wait(timeoutMs: leftMs.map { CInt(clamping: $0) } ?? -1)
            }
        }
    }
}
