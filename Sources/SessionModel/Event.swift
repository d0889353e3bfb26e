/// One line of `events.jsonl`: something that happened.
public struct Event: Codable, Equatable, Sendable {
    /// Counts the events of a repository, from 1, without gaps.
    public var seq: Int
    /// When it happened.
    public var at: Timestamp
    /// The session it happened to; nil when it concerns the repository.
    public var session: SessionName?
    /// What happened.
    public var type: EventType
    /// More about it; its keys depend on `type`.
    public var data: [String: JSONValue]

    /// An event, part by part.
    public init(
        seq: Int, at: Timestamp, session: SessionName?, type: EventType, data: [String: JSONValue]
    ) {
        self.seq = seq
        self.at = at
        self.session = session
        self.type = type
        self.data = data
    }
}

/// The kinds of events; the raw value is also the name of the hook that is run.
public enum EventType: String, Codable, CaseIterable, Sendable {
    /// A session came to be.
    case sessionCreated = "session_created"
    /// A session's phase changed: `{from, phase, reason}`.
    case statusChanged = "status_changed"
    /// The terminal printed: `{from, to}`, offsets in bytes since the log began.
    case outputAppended = "output_appended"
    /// The session's diff changed: `{files, insertions, deletions}`.
    case diffUpdated = "diff_updated"
    /// A session was removed.
    case sessionTerminated = "session_terminated"
    /// Something is wrong: `{message}`.
    case error
    /// A session's activity changed: `{from, activity, source}`.
    case activityChanged = "activity_changed"
    /// An agent waits for a person.
    case blocked
    /// An agent's turn is over.
    case turnDone = "turn_done"
    /// A prompt was typed: `{number, digest}`.
    case promptSent = "prompt_sent"
    /// Lines of `input` were typed: `{lines}`.
    case inputSent = "input_sent"
    /// A question was decided in the owner's place.
    case decision
    /// A worktree's state was kept: `{ref, commit, number, cause, files, insertions, deletions}`.
    case checkpoint
    /// Two sessions, or one and its base, would be in conflict, or are no more: `{with, base, state, files}`.
    case conflict
    /// Work was kept on a rescue ref: `{ref}`.
    case rescue
    /// `config.json` was read anew.
    case configChanged = "config_changed"
}
