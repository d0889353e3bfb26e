/// Where a session stands.
public enum Phase: String, Codable, CaseIterable, Sendable {
    /// Waits for a free slot of `max_concurrent_sessions`.
    case queued
    /// Its worktree is being made.
    case creating
    /// Its keeper and agent are being started.
    case starting
    /// Its agent runs.
    case running
    /// Every process of its agent is frozen.
    case paused
    /// Its agent was ended to free memory; worktree and conversation are kept.
    case parked
    /// Its agent ended by itself.
    case exited
    /// Its worktree or agent could not be started.
    case failed
    /// Its agent was ended for good.
    case terminated
    /// The machine or the keeper went down under it, or `down --all` ended it.
    case interrupted
    /// Its keeper doesn't answer.
    case unreachable
}

/// What a running agent does, in the words of the Program Status Protocol.
public enum Activity: String, Codable, CaseIterable, Sendable {
    /// Waits for its next prompt.
    case idle
    /// At work.
    case working
    /// Waits for a person's answer.
    case blocked
    /// Its turn is over.
    case done
    /// Its turn ended in an error.
    case error
    /// Not known.
    case unknown
}
