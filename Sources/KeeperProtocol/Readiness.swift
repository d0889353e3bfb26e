/// What a keeper says once, through the readiness pipe, of its start.
public enum Readiness: Equatable, Sendable {
    /// The agent runs and the socket answers.
    case ready(agentPID: Int32)
    /// The agent could not be started, and why, in a sentence; no keeper stays.
    case failed(String)

    /// The pipe's bytes.
    public func encoded() -> [UInt8] {
        switch self {
        case .ready(let pid):
            var wire = WireWriter(1)
            wire.integer(pid)
            return wire.bytes
        case .failed(let sentence):
            var wire = WireWriter(2)
            wire.rest(sentence.utf8)
            return wire.bytes
        }
    }

    /// Reads what came through the pipe up to its end; nil when the keeper died before it said anything
    /// whole.
    public init?(decoding bytes: [UInt8]) {
        var wire = WireReader(bytes)
        switch wire.integer(UInt8.self) {
        case 1:
            guard let pid = wire.integer(Int32.self) else { return nil }
            self = .ready(agentPID: pid)
        case 2: self = .failed(String(decoding: wire.rest(), as: UTF8.self))
        default: return nil
        }
    }
}
