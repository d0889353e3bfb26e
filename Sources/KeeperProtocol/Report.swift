/// What a keeper tells a client; one message each.
///
/// A client ignores what it doesn't know.
public enum Report: Equatable, Sendable {
    /// Everything: the answer to `hello`, `ask`, `freeze` and `thaw`.
    case state(KeeperState)
    /// The answer to `attach`: `output` begins with the byte of the log at `offset`.
    case attached(offset: Int64)
    /// What the terminal printed, less queries to it; `end` is where in the log the next byte will lie.
    case output(end: Int64, [UInt8])
    /// The prompt of that number is typed.
    case prompted(UInt32)
    /// So many lines of the mailbox were typed, and the end of the last one's text, at most `lastBytesMax`; empty
    /// when that was of keys. To the supervisor only.
    case inputTyped(lines: UInt32, last: [UInt8])
    /// A line of the mailbox was not typed, and why, in a sentence; to the supervisor only.
    case inputProblem(String)
    /// The terminal has printed nothing for as long as `tellWhenQuiet` asked.
    case quiet
    /// The log ends here now; the answer to `tellOutput`.
    case grew(offset: Int64)
    /// The agent ended, the log is complete and `exit.json` is written; to everybody.
    case ended(KeeperEnding)
    /// What keeps the keeper from its work now, in a sentence; nil when that is over. To everybody.
    case trouble(String?)
    /// The program told something of itself: not before `from`, and the log ends at `end` now.
    case noticed(from: Int64, end: Int64)
    /// The mailbox held an answer to the question of that name; to the supervisor only.
    case answered(String, to: String)
    /// Whether the keys that were to be pressed at that end of the log were.
    case pressed(at: Int64, Bool)

    /// The most bytes of one `output`: what is read at once, and what was held back before.
    public static let outputBytesMax = 32_768 + TerminalQueries.heldBytesMax

    /// The most bytes of the text in one `inputTyped`.
    public static let lastBytesMax = 4_096

    /// The message's bytes.
    public func encoded() -> [UInt8] {
        var wire = WireWriter(kind)
        switch self {
        case .state(let state): wire.state(state)
        case .attached(let offset), .grew(let offset): wire.integer(offset)
        case .output(let end, let bytes):
            wire.integer(end)
            wire.rest(bytes)
        case .prompted(let number): wire.integer(number)
        case .inputTyped(let lines, let last):
            wire.integer(lines)
            wire.rest(last)
        case .inputProblem(let text): wire.text(text)
        case .quiet: break
        case .ended(let ending): wire.ending(ending)
        case .trouble(let text): wire.optional(text) { $0.text($1) }
        case .noticed(let from, let end):
            wire.integer(from)
            wire.integer(end)
        case .answered(let text, let id):
            wire.text(text)
            wire.text(id)
        case .pressed(let offset, let isDone):
            wire.integer(offset)
            wire.flag(isDone)
        }
        return wire.bytes
    }

    /// Reads a message; nil for a kind that this version doesn't know, and for one that is cut short.
    public init?(decoding bytes: [UInt8]) {
        var wire = WireReader(bytes)
        guard let kind = wire.integer(UInt8.self), let report = Report(kind, &wire) else { return nil }
        self = report
    }

    private var kind: UInt8 {
        switch self {
        case .state: 65
        case .attached: 66
        case .output: 67
        case .prompted: 68
        case .inputTyped: 69
        case .inputProblem: 70
        case .quiet: 71
        case .grew: 72
        case .ended: 73
        case .trouble: 74
        case .noticed: 75
        case .answered: 76
        case .pressed: 77
        }
    }

    private init?(_ kind: UInt8, _ wire: inout WireReader) {
        func some<Value>(_ value: Value?, _ make: (Value) -> Report) -> Report? { value.map(make) }
        let report: Report? =
            switch kind {
            case 65: some(wire.state()) { .state($0) }
            case 66: some(wire.integer()) { .attached(offset: $0) }
            case 67:
                if let end = wire.integer(Int64.self) { .output(end: end, wire.rest()) } else { nil }
            case 68: some(wire.integer()) { .prompted($0) }
            case 69:
                if let lines = wire.integer(UInt32.self) {
                    .inputTyped(lines: lines, last: wire.rest())
                } else {
                    nil
                }
            case 70: some(wire.text()) { .inputProblem($0) }
            case 71: .quiet
            case 72: some(wire.integer()) { .grew(offset: $0) }
            case 73: some(wire.ending()) { .ended($0) }
            case 74: some(wire.optional { $0.text() }) { .trouble($0) }
            case 75:
                if let from = wire.integer(Int64.self), let end = wire.integer(Int64.self) {
                    .noticed(from: from, end: end)
                } else {
                    nil
                }
            case 76:
                if let text = wire.text(), let id = wire.text() { .answered(text, to: id) } else { nil }
            case 77:
                if let offset = wire.integer(Int64.self), let isDone = wire.flag() {
                    .pressed(at: offset, isDone)
                } else {
                    nil
                }
            default: nil
            }
        guard let report else { return nil }
        self = report
    }
}
