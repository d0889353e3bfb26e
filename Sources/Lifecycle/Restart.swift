public import SessionModel

/// Whether an agent that failed is started again by itself, and when.
public enum Restart {
    /// What becomes of a session whose agent ended, or couldn't be started.
    public enum Decision: Equatable, Sendable {
        /// It stays ended: nobody asked for restarts, or it was no failure.
        case none
        /// It is started again after so many milliseconds, as the so-manieth time within `windowMs`.
        case after(ms: Int64, number: Int)
        /// It failed as often as is allowed.
        case givenUp
    }

    /// Restarts within `windowMs` that are not exceeded.
    public static let most = 5
    /// Milliseconds within which restarts are counted.
    public static let windowMs: Int64 = 600_000
    /// Milliseconds until the first restart, four times as many before each further one.
    ///
    /// So the five of a network that is away for a while lie within six minutes (1, 4, 16, 64 and 256 s).
    public static let firstMs: Int64 = 1_000

    /// Whether an agent that ended so, unasked, has failed.
    public static func isFailure(_ exit: ExitStatus) -> Bool { exit.signal != nil || exit.code != 0 }

    /// Decides for a failure at `nowMs`; `earlier` are the moments of the restarts before it.
    public static func decide(
        _ policy: RestartPolicy, wanted: Wanted, earlier: [Int64], nowMs: Int64
    ) -> Decision {
        // A paused session's agent would have to run before it could be frozen.
        guard policy == .onFailure, wanted == .state(.running) else { return .none }
        let count = counted(earlier, nowMs: nowMs).count
        guard count < most else { return .givenUp }
        return .after(ms: (0..<count).reduce(firstMs) { ms, _ in ms * 4 }, number: count + 1)
    }

    /// Those of the moments `earlier` that still count at `nowMs`.
    public static func counted(_ earlier: [Int64], nowMs: Int64) -> [Int64] {
        earlier.filter { nowMs - $0 < windowMs }
    }
}
