public import Linux

/// How the agent ended.
public struct KeeperEnding: Equatable, Sendable {
    /// The exit code; nil when a signal ended it.
    public var code: Int32?
    /// The signal's number; nil when it exited by itself.
    public var signal: Int32?
    /// When, in milliseconds since 1970.
    public var atMs: Int64

    /// An ending, as waitpid(2) told it.
    public init(code: Int32?, signal: Int32?, atMs: Int64) {
        self.code = code
        self.signal = signal
        self.atMs = atMs
    }
}

/// All that a keeper tells of its session.
public struct KeeperState: Equatable, Sendable {
    /// The protocol's version that the keeper speaks.
    public var version = keeperProtocolVersion
    /// The keeper's process.
    public var keeperPID: Int32
    /// The agent's process.
    public var agentPID: Int32
    /// When the agent's process started, in clock ticks since boot (`ProcessTable.Entry.startTicks`).
    public var agentStartTicks: UInt64
    /// Whether the session's processes are frozen.
    public var isFrozen = false
    /// Whether they are being ended on a client's request.
    public var isStopping = false
    /// The end of the log: bytes that the terminal produced since the log's beginning, rotated parts
    /// included.
    public var logOffset: Int64 = 0
    /// The number of the last prompt that was typed.
    public var promptsTyped: UInt32 = 0
    /// How the agent ended; nil while it runs.
    public var ended: KeeperEnding?
    /// What keeps the keeper from its work now, in a sentence.
    public var trouble: String?
    /// The terminal's size.
    public var size = TerminalSize.unattached

    /// The state of a session that has just begun.
    public init(keeperPID: Int32, agentPID: Int32, agentStartTicks: UInt64) {
        self.keeperPID = keeperPID
        self.agentPID = agentPID
        self.agentStartTicks = agentStartTicks
    }
}

extension WireWriter {
    mutating func ending(_ ending: KeeperEnding) {
        optional(ending.code) { $0.integer($1) }
        optional(ending.signal) { $0.integer($1) }
        integer(ending.atMs)
    }

    mutating func state(_ state: KeeperState) {
        integer(state.version)
        integer(state.keeperPID)
        integer(state.agentPID)
        integer(state.agentStartTicks)
        flag(state.isFrozen)
        flag(state.isStopping)
        integer(state.logOffset)
        integer(state.promptsTyped)
        optional(state.ended) { $0.ending($1) }
        optional(state.trouble) { $0.text($1) }
        size(state.size)
    }
}

extension WireReader {
    mutating func ending() -> KeeperEnding? {
        guard let code = optional({ $0.integer(Int32.self) }),
            let signal = optional({ $0.integer(Int32.self) }),
            let atMs = integer(Int64.self)
        else { return nil }
        return KeeperEnding(code: code, signal: signal, atMs: atMs)
    }

    mutating func state() -> KeeperState? {
        guard let version = integer(UInt16.self), let keeper = integer(Int32.self),
            let agent = integer(Int32.self), let ticks = integer(UInt64.self), let frozen = flag(),
            let stopping = flag(), let offset = integer(Int64.self), let prompts = integer(UInt32.self),
            let ended = optional({ $0.ending() }), let trouble = optional({ $0.text() }), let size = size()
        else { return nil }
        var state = KeeperState(keeperPID: keeper, agentPID: agent, agentStartTicks: ticks)
        state.version = version
        state.isFrozen = frozen
        state.isStopping = stopping
        state.logOffset = offset
        state.promptsTyped = prompts
        state.ended = ended
        state.trouble = trouble
        state.size = size
        return state
    }
}
