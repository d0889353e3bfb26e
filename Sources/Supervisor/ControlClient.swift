public import Linux

/// What a command can ask of a running supervisor, through its socket in the private folder.
public enum ControlRequest: Equatable, Sendable {
    /// Whether it runs.
    case ping
    /// To end; agents go on unless `all`.
    case down(all: Bool)
    /// To bring the session of that name back to its checkpoint `to` (nil: the newest), or, where it was removed, to
    /// put it back.
    case restore(String, to: Int?)
    /// To throw away what has lain in the trash for so many seconds.
    case emptyTrash(olderThanS: Int)
    /// To take an event of an agent's hook, which comes as passed descriptor; the session by its UUID.
    case hook(session: String)

    /// The request as the words of one message.
    public var text: String {
        switch self {
        case .ping: "ping"
        case .down(let all): all ? "down --all" : "down"
        case .restore(let name, nil): "restore \(name)"
        case .restore(let name, let number?): "restore-to \(number) \(name)"
        case .emptyTrash(let seconds): "empty-trash \(seconds)"
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
            guard words.count == 2 else { return nil }
            switch words[0] {
            case "restore": self = .restore(words[1], to: nil)
            case "restore-to":
                let parts = words[1].split(separator: " ", maxSplits: 1).map(String.init)
                guard parts.count == 2, let number = Int(parts[0]) else { return nil }
                self = .restore(parts[1], to: number)
            case "empty-trash":
                guard let seconds = Int(words[1]), seconds >= 0, seconds < Int.max / 1_000 else { return nil }
                self = .emptyTrash(olderThanS: seconds)
            case "hook": self = .hook(session: words[1])
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
