public import SessionModel

/// What is wanted of a session.
public enum Wanted: Equatable, Sendable {
    /// Its file is there and asks for this state.
    case state(DesiredState)
    /// Its file was removed.
    case removed
}

/// What is true of a session, as far as its next step depends on it.
public struct Seen: Equatable, Sendable {
    /// The worktree.
    public enum Worktree: Equatable, Sendable {
        /// There is none.
        case absent
        /// It is being made.
        case beingMade
        /// It is there.
        case present
        /// It is being moved to the trash.
        case beingRemoved
    }

    /// The keeper and its agent.
    public enum Agent: Equatable, Sendable {
        /// There is no keeper.
        case none
        /// The keeper was started and hasn't told of its agent yet.
        case starting
        /// The agent runs, or stands frozen.
        case up(frozen: Bool)
        /// The agent is being ended.
        case stopping
        /// The agent has ended; its keeper still clears up.
        case leaving
        /// The keeper doesn't answer.
        case unreachable
    }

    /// How the last run, or the try to start one, came to its end; nil when nothing hinders another.
    public enum Ended: Equatable, Sendable {
        /// The agent ended by itself.
        case exited
        /// The agent was ended as `terminated` or `parked` asked.
        case stopped
        /// The worktree or the agent couldn't be started.
        case failed
        /// The machine or the keeper went down under it, or `down --all` ended it.
        case interrupted
    }

    /// What the keeper runs.
    public enum Task: Equatable, Sendable {
        /// The agent.
        case agent
        /// A command that sets the worktree up, before the agent.
        case setUp
        /// A command that tears down what was set up, before the worktree goes.
        case tearDown
    }

    /// The worktree.
    public var worktree: Worktree
    /// The keeper and its agent.
    public var agent: Agent
    /// What the last run came to.
    public var ended: Ended?
    /// Whether the session holds a slot of `max_concurrent_sessions`.
    public var hasSlot: Bool
    /// What the keeper runs; without a keeper it says nothing.
    public var task: Task
    /// Whether commands are still to be run in the worktree before it goes.
    public var needsTearDown: Bool

    /// What is true, part by part.
    public init(
        worktree: Worktree, agent: Agent, ended: Ended?, hasSlot: Bool, task: Task = .agent,
        needsTearDown: Bool = false
    ) {
        self.worktree = worktree
        self.agent = agent
        self.ended = ended
        self.hasSlot = hasSlot
        self.task = task
        self.needsTearDown = needsTearDown
    }
}
