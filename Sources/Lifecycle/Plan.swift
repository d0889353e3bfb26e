public import SessionModel

/// One thing to do for a session.
public enum Step: Equatable, Sendable {
    /// Make the worktree.
    case createWorktree
    /// Start a keeper, which runs the next command of the set-up or, when all are done, the agent.
    case startKeeper
    /// Freeze every process of the agent.
    case freeze
    /// Let the frozen agent go on.
    case thaw
    /// End the agent and all its processes.
    case stop
    /// Start a keeper, which runs the next command of the tear-down.
    case tearDown
    /// Keep the work on a rescue ref and move the worktree to the trash.
    case removeWorktree
    /// Drop what is known of the session.
    case forget
}

/// Where a session stands, and what is to be done next to bring it where it is wanted.
public struct Plan: Equatable, Sendable {
    /// Where the session stands.
    public let phase: Phase
    /// What to do now; nil when it is where it should be, or something under way must end first.
    public let step: Step?

    /// A phase with a step.
    public init(_ phase: Phase, _ step: Step? = nil) {
        self.phase = phase
        self.step = step
    }

    /// The way from what is seen to what is wanted; a step is planned again until what it does is seen.
    public static func plan(_ wanted: Wanted, _ seen: Seen) -> Plan {
        switch wanted {
        case .removed: removing(seen)
        case .state(.terminated): ending(seen, as: .terminated)
        case .state(.parked): ending(seen, as: .parked)
        case .state(.paused): keeping(seen, frozen: true)
        case .state(.running): keeping(seen, frozen: false)
        }
    }

    /// Whether a session that is wanted so and seen so needs a slot of `max_concurrent_sessions`.
    public static func needsSlot(_ wanted: Wanted, _ seen: Seen) -> Bool {
        switch (wanted, seen.agent) {
        case (_, .starting), (_, .up), (_, .stopping), (_, .unreachable): true
        case (.state(.running), .none), (.state(.paused), .none),
            (.state(.running), .leaving), (.state(.paused), .leaving):
            seen.ended == nil
        case (.state(.parked), _), (.state(.terminated), _), (.removed, _): false
        }
    }

    private static func removing(_ seen: Seen) -> Plan {
        switch seen.agent {
        case .up where seen.task == .tearDown: return Plan(.terminated)
        case .up: return Plan(.terminated, .stop)
        case .starting, .stopping, .leaving: return Plan(.terminated)
        case .unreachable: return Plan(.unreachable)
        case .none: break
        }
        switch seen.worktree {
        case .present: return Plan(.terminated, seen.needsTearDown ? .tearDown : .removeWorktree)
        case .beingMade, .beingRemoved: return Plan(.terminated)
        case .absent: return Plan(.terminated, .forget)
        }
    }

    private static func ending(_ seen: Seen, as phase: Phase) -> Plan {
        switch seen.agent {
        case .up: Plan(up(seen), .stop)
        case .starting: Plan(.starting)
        case .stopping: Plan(up(seen))
        case .unreachable: Plan(.unreachable)
        case .leaving, .none: Plan(phase)
        }
    }

    private static func keeping(_ seen: Seen, frozen: Bool) -> Plan {
        switch seen.agent {
        // The file came back: what was torn down is set up again.
        case .up where seen.task == .tearDown: return Plan(.starting, .stop)
        case .up(let isFrozen) where isFrozen == frozen: return Plan(frozen ? .paused : up(seen))
        case .up(let isFrozen): return Plan(isFrozen ? .paused : up(seen), frozen ? .freeze : .thaw)
        case .starting: return Plan(.starting)
        case .stopping: return Plan(up(seen))
        case .unreachable: return Plan(.unreachable)
        case .leaving: return Plan(seen.ended.map(phase(of:)) ?? .starting)
        case .none: break
        }
        if let ended = seen.ended { return Plan(phase(of: ended)) }
        guard seen.hasSlot else { return Plan(.queued) }
        switch seen.worktree {
        case .absent: return Plan(.creating, .createWorktree)
        case .beingMade: return Plan(.creating)
        case .beingRemoved: return Plan(.queued)
        case .present: return frozen ? Plan(.paused) : Plan(.starting, .startKeeper)
        }
    }

    /// Where a session stands whose keeper runs something.
    private static func up(_ seen: Seen) -> Phase { seen.task == .agent ? .running : .starting }

    private static func phase(of ended: Seen.Ended) -> Phase {
        switch ended {
        case .exited: .exited
        case .stopped: .terminated
        case .failed: .failed
        case .interrupted: .interrupted
        }
    }
}
