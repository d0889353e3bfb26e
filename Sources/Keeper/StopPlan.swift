/// How a session ends: who is told to end, when they are ended, when its record is written.
///
/// Two things go on beside each other: the tree of processes goes, and the log is drained and `exit.json`
/// written. Asked for, the record waits for the tree; when the agent ended by itself, what it left behind
/// goes after.
struct StopPlan: Equatable {
    /// What to do.
    enum Action: Equatable {
        /// TERM and CONT to every process.
        case terminate
        /// KILL to every process.
        case kill
        /// Read the terminal to its end.
        case drain
        /// Write `exit.json`, and say when it is written.
        case record
        /// Tell the clients.
        case announce
        /// End the keeper.
        case leave
    }

    /// Where the processes stand.
    enum Tree: Equatable {
        case running
        case terminating(killAtNs: Int64)
        case killing(againAtNs: Int64, everyNs: Int64)
        case gone
    }

    /// Where the record stands.
    enum Record: Equatable {
        case open
        case draining
        case drained
        case written
    }

    /// What leftovers get between TERM and KILL, in nanoseconds: as long as s6 gives a finish script.
    static let leftoversGraceNs: Int64 = 5_000_000_000
    /// When KILL is repeated the first time, in nanoseconds, for those that were forked meanwhile; doubles up
    /// to `killEveryNsMax`.
    static let killEveryNs: Int64 = 20_000_000
    static let killEveryNsMax: Int64 = 1_000_000_000

    private(set) var tree = Tree.running
    private(set) var record = Record.open
    private(set) var isAsked = false
    private var agentEnded = false

    /// When `time` wants to be called.
    var nextNs: Int64? {
        switch tree {
        case .terminating(let at), .killing(let at, _): at
        case .running, .gone: nil
        }
    }

    /// A client wants the session ended.
    mutating func stop(graceMs: UInt32, atNs now: Int64) -> [Action] {
        let killAt = now + Int64(graceMs) * 1_000_000
        isAsked = true
        switch tree {
        case .running:
            tree = .terminating(killAtNs: killAt)
            return [.terminate]
        case .terminating(let at):
            // A second wish may shorten the time, never lengthen it.
            tree = .terminating(killAtNs: min(at, killAt))
            return []
        case .killing, .gone: return []
        }
    }

    /// The agent's own process has ended.
    mutating func agentDidEnd() -> [Action] {
        agentEnded = true
        return drainIfDue()
    }

    /// No process is left.
    mutating func treeDidEnd() -> [Action] {
        guard tree != .gone else { return [] }
        tree = .gone
        return drainIfDue() + (record == .written ? [.leave] : [])
    }

    /// The terminal has been read to its end.
    mutating func logDidEnd() -> [Action] {
        guard record == .draining else { return [] }
        record = .drained
        return [.record]
    }

    /// `exit.json` is written.
    mutating func recordDidEnd(atNs now: Int64) -> [Action] {
        guard record == .drained else { return [] }
        record = .written
        switch tree {
        case .gone: return [.announce, .leave]
        case .running:
            tree = .terminating(killAtNs: now + StopPlan.leftoversGraceNs)
            return [.announce, .terminate]
        case .terminating, .killing: return [.announce]
        }
    }

    /// The clock has gone on.
    mutating func time(atNs now: Int64) -> [Action] {
        switch tree {
        case .terminating(let at) where now >= at:
            tree = .killing(againAtNs: now + StopPlan.killEveryNs, everyNs: StopPlan.killEveryNs)
            return [.kill]
        case .killing(let at, let every) where now >= at:
            let next = min(every * 2, StopPlan.killEveryNsMax)
            tree = .killing(againAtNs: now + next, everyNs: next)
            return [.kill]
        case .running, .terminating, .killing, .gone: return []
        }
    }

    private mutating func drainIfDue() -> [Action] {
        guard agentEnded, record == .open, !isAsked || tree == .gone else { return [] }
        record = .draining
        return [.drain]
    }
}
