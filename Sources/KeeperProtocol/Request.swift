public import Linux

/// The version of the protocol that this code speaks.
public let keeperProtocolVersion: UInt16 = 1

/// What a client asks of a keeper; one message each.
///
/// The first message of a link is `hello`. A keeper ignores what it doesn't know.
public enum Request: Equatable, Sendable {
    /// Who is at the client's end.
    public enum Role: UInt8, Sendable {
        /// The repository's supervisor: a keeper serves one, the newest.
        case supervisor = 1
        /// Anybody else.
        case client = 2
    }

    /// Begins the link; answered by `Report.state`.
    case hello(version: UInt16, Role)
    /// Makes the terminal this large and sends its output over this link from now on, first `attached`.
    case attach(TerminalSize)
    /// Sends output no longer.
    case detach
    /// Makes the terminal this large.
    case resize(TerminalSize)
    /// Puts bytes, at most `keyBytesMax`, into the terminal as they are.
    case type([UInt8])
    /// Types the session's prompt `number` (1 is the first) with Enter; answered by `prompted`.
    ///
    /// A number that was typed already is answered and not typed again. An empty text with a passed
    /// descriptor means that descriptor's content (`KeeperLink.send` does so by itself for a text too long
    /// for a message).
    case prompt(number: UInt32, text: String)
    /// Says that something may have come into the mailbox `input`.
    case look
    /// Brings, as passed descriptor, the public session folder that was made anew.
    case folder
    /// Sends a signal to the agent's own process.
    case signal(Int32)
    /// Stops every process of the session where it stands; answered by `state`, as is `thaw`.
    case freeze
    /// Lets them go on.
    case thaw
    /// Ends every process of the session: TERM and CONT at once, KILL after `graceMs`; answered by `ended`.
    case stop(graceMs: UInt32)
    /// Wants one `quiet` once the terminal has printed nothing for that long, counted from now at the
    /// earliest.
    case tellWhenQuiet(ms: UInt32)
    /// Wants one `grew` when the log grows; at once when it grew since the last one.
    case tellOutput
    /// Wants a `state`.
    case ask
    /// Wants one `noticed` once the program tells something of such kinds at `from` or later in the log; at
    /// once when it has.
    case tellNotice(TerminalNotice.Kinds, from: Int64)
    /// Puts bytes into the terminal if its log still ends at `offset` and nothing was typed since it does; answered
    /// by `pressed`.
    ///
    /// So a key reaches the screen that it was meant for, or nothing at all.
    case press([UInt8], at: Int64)

    /// The most bytes of one `type`.
    public static let keyBytesMax = 32_768

    /// The message's bytes.
    public func encoded() -> [UInt8] {
        var wire = WireWriter(kind)
        switch self {
        case .hello(let version, let role):
            wire.integer(version)
            wire.integer(role.rawValue)
        case .attach(let size), .resize(let size): wire.size(size)
        case .type(let bytes): wire.rest(bytes)
        case .prompt(let number, let text):
            wire.integer(number)
            wire.rest(text.utf8)
        case .signal(let number): wire.integer(number)
        case .stop(let ms), .tellWhenQuiet(let ms): wire.integer(ms)
        case .tellNotice(let kinds, let from):
            wire.integer(kinds.rawValue)
            wire.integer(from)
        case .press(let bytes, let offset):
            wire.integer(offset)
            wire.rest(bytes)
        case .detach, .look, .folder, .freeze, .thaw, .tellOutput, .ask: break
        }
        return wire.bytes
    }

    /// Reads a message; nil for a kind that this version doesn't know, and for one that is cut short.
    public init?(decoding bytes: [UInt8]) {
        var wire = WireReader(bytes)
        guard let kind = wire.integer(UInt8.self), let request = Request(kind, &wire) else { return nil }
        self = request
    }

    private var kind: UInt8 {
        switch self {
        case .hello: 1
        case .attach: 2
        case .detach: 3
        case .resize: 4
        case .type: 5
        case .prompt: 6
        case .look: 7
        case .folder: 8
        case .signal: 9
        case .freeze: 10
        case .thaw: 11
        case .stop: 12
        case .tellWhenQuiet: 13
        case .tellOutput: 14
        case .ask: 15
        case .tellNotice: 16
        case .press: 17
        }
    }

    private init?(_ kind: UInt8, _ wire: inout WireReader) {
        switch kind {
        case 1:
            guard let version = wire.integer(UInt16.self), let role = wire.integer(UInt8.self) else {
                return nil
            }
            self = .hello(version: version, Role(rawValue: role) ?? .client)
        case 2, 4:
            guard let size = wire.size() else { return nil }
            self = kind == 2 ? .attach(size) : .resize(size)
        case 3: self = .detach
        case 5: self = .type(wire.rest())
        case 6:
            guard let number = wire.integer(UInt32.self) else { return nil }
            self = .prompt(number: number, text: String(decoding: wire.rest(), as: UTF8.self))
        case 7: self = .look
        case 8: self = .folder
        case 9:
            guard let number = wire.integer(Int32.self) else { return nil }
            self = .signal(number)
        case 10: self = .freeze
        case 11: self = .thaw
        case 12, 13:
            guard let ms = wire.integer(UInt32.self) else { return nil }
            self = kind == 12 ? .stop(graceMs: ms) : .tellWhenQuiet(ms: ms)
        case 14: self = .tellOutput
        case 15: self = .ask
        case 16:
            guard let kinds = wire.integer(UInt8.self), let from = wire.integer(Int64.self) else {
                return nil
            }
            self = .tellNotice(TerminalNotice.Kinds(rawValue: kinds), from: from)
        case 17:
            guard let offset = wire.integer(Int64.self) else { return nil }
            self = .press(wire.rest(), at: offset)
        default: return nil
        }
    }
}

extension WireWriter {
    mutating func size(_ size: TerminalSize) {
        integer(size.columns)
        integer(size.rows)
    }
}

extension WireReader {
    mutating func size() -> TerminalSize? {
        guard let columns = integer(UInt16.self), let rows = integer(UInt16.self) else { return nil }
        return TerminalSize(columns: columns, rows: rows)
    }
}
