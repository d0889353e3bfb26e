/// What is true of a session: the content of `sessions/<name>/status.json`.
public struct SessionStatus: Codable, Equatable, Sendable {
    /// The session's name.
    public var name: SessionName
    /// The session's UUID, in lower case; stays the same over restarts of supervisor and agent.
    public var id: String
    /// Where the session stands.
    public var phase: Phase
    /// When `phase` was entered.
    public var phaseSince: Timestamp
    /// What the agent does; `unknown` unless the phase is `running`.
    public var activity = Activity.unknown
    /// When `activity` was entered.
    public var activitySince: Timestamp
    /// How `activity` is known: "protocol", "hooks", "title", "screen", "output"; nil when it isn't.
    public var activitySource: String?
    /// Why the session is where it is, in a sentence for a person.
    public var reason: String?
    /// What the agent asks, while it is `blocked`.
    public var question: Question?
    /// What is wrong with the session file; the session goes on as it was.
    public var error: FileProblem?
    /// The agent's process.
    public var agentPID: Int32?
    /// The keeper's process.
    public var keeperPID: Int32?
    /// How the agent ended.
    public var exit: ExitStatus?
    /// The branch that the worktree is on.
    public var branch: String?
    /// The branch that `base` named, when it named one.
    public var baseBranch: String?
    /// The commit that the branch started from, in hexadecimal.
    public var baseCommit: String?
    /// The commit that the branch is at, as last seen, in hexadecimal.
    public var headCommit: String?
    /// The worktree's absolute path.
    public var worktree: String?
    /// Digests of the prompts that were typed, in the order of `prompts`.
    public var promptsSent: [String] = []
    /// What the session changed since its base, as of the last turn.
    public var diff: DiffNumbers?
    /// With whom it would be in conflict, as of the last turns; nil before that was looked for.
    public var conflicts: [Conflict]?
    /// How often the agent was started again by `restart`.
    public var restarts = 0
    /// When it is started again by itself; nil when it isn't.
    public var restartAt: Timestamp?
    /// The session file as it was understood.
    public var spec: SessionSpec?
    /// The digest of the file that this status answers (`ContentDigest`).
    public var specDigest: String?
    /// The modification time of the file that this status answers, in nanoseconds since 1970.
    public var specMtime: Int64?
    /// Counts the supervisors of this repository; that of the one that wrote this.
    public var generation: Int

    /// A session of which nothing but its name is known yet.
    public init(name: SessionName, id: String, phase: Phase, at now: Timestamp, generation: Int) {
        self.name = name
        self.id = id
        self.phase = phase
        self.phaseSince = now
        self.activitySince = now
        self.generation = generation
    }

    /// Keys as they stand in the file.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case name, id, phase
        case phaseSince = "phase_since"
        case activity
        case activitySince = "activity_since"
        case activitySource = "activity_source"
        case reason, question, error
        case agentPID = "agent_pid"
        case keeperPID = "keeper_pid"
        case exit, branch
        case baseBranch = "base_branch"
        case baseCommit = "base_commit"
        case headCommit = "head_commit"
        case worktree
        case promptsSent = "prompts_sent"
        case diff, conflicts, restarts
        case restartAt = "restart_at"
        case spec
        case specDigest = "spec_digest"
        case specMtime = "spec_mtime"
        case generation
    }
}

/// What an agent asks of a person.
public struct Question: Codable, Equatable, Sendable {
    /// Changes with every question.
    public var id: String
    /// "permission", "question" or "auth".
    public var kind: String
    /// What is asked.
    public var text: String
    /// The answers to choose from; empty for a free answer.
    public var choices: [String]

    /// A question, part by part.
    public init(id: String, kind: String, text: String, choices: [String]) {
        self.id = id
        self.kind = kind
        self.text = text
        self.choices = choices
    }
}

extension SessionStatus {
    /// Somebody whose work would be in conflict with the session's.
    public struct Conflict: Codable, Equatable, Sendable {
        /// The other session's name, or the branch that this one started from.
        public var with: String
        /// Whether it is that branch.
        public var base: Bool
        /// The files, at most `filesMax` of them.
        public var files: [String]

        /// How many files are named.
        public static let filesMax = 50

        /// A conflict, part by part.
        public init(with: String, base: Bool, files: [String]) {
            (self.with, self.base, self.files) = (with, base, files)
        }
    }
}

/// How much a session changed since its base.
public struct DiffNumbers: Codable, Equatable, Sendable {
    /// Files changed.
    public var files: Int
    /// Lines added.
    public var insertions: Int
    /// Lines removed.
    public var deletions: Int

    /// Numbers as counted.
    public init(files: Int, insertions: Int, deletions: Int) {
        self.files = files
        self.insertions = insertions
        self.deletions = deletions
    }
}

/// What is wrong with a file that a person wrote, and where.
public struct FileProblem: Codable, Equatable, Sendable {
    /// A sentence for a person.
    public var message: String
    /// The line, from 1.
    public var line: Int?
    /// The column in characters, from 1.
    public var column: Int?
    /// The key, as a path such as `multi_session.max_concurrent_sessions` or `prompts[2]`.
    public var key: String?

    /// A problem, and where it is when it has a place.
    public init(message: String, line: Int? = nil, column: Int? = nil, key: String? = nil) {
        self.message = message
        self.line = line
        self.column = column
        self.key = key
    }
}
