/// The settings of a repository: the content of `.claudia/config.json`, defaults filled in.
public struct RepositoryConfig: Codable, Equatable, Sendable {
    /// The file's form; 1 today.
    public var version = 1
    /// Claudia's own block.
    public var multiSession = MultiSession()
    /// The agent of a session file that claudia writes.
    public var agent = ["claude"]
    /// Where worktrees are made and how they are set up.
    public var worktrees = Worktrees()
    /// What may be answered in the owner's place; kept as it was read.
    public var autoYesRules: [JSONValue] = []
    /// How much of the terminal's output is kept.
    public var output = Output()
    /// Days after which a removed session's worktree leaves the trash.
    public var trashDays = 14

    /// Every default.
    public init() {}

    /// Keys as they stand in the file.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case version
        case multiSession = "multi_session"
        case agent, worktrees
        case autoYesRules = "auto_yes_rules"
        case output
        case trashDays = "trash_days"
    }

    /// Settings that concern many sessions at once.
    public struct MultiSession: Codable, Equatable, Sendable {
        /// How many sessions may run or be paused at the same time.
        public var maxConcurrentSessions = 10
        /// The master switch: without it no session's `auto_yes` acts.
        public var autoYesEnabled = false
        /// `branch_prefix` of a session file that claudia writes.
        public var defaultBranchPrefix = "claudia-session"
        /// Seconds until an unanswered screen is looked at again.
        public var autoYesPollIntervalSeconds = 2

        /// Every default.
        public init() {}

        /// Keys as they stand in the file.
        public enum CodingKeys: String, CodingKey, CaseIterable {
            case maxConcurrentSessions = "max_concurrent_sessions"
            case autoYesEnabled = "auto_yes_enabled"
            case defaultBranchPrefix = "default_branch_prefix"
            case autoYesPollIntervalSeconds = "auto_yes_poll_interval_seconds"
        }
    }

    /// Settings of worktrees.
    public struct Worktrees: Codable, Equatable, Sendable {
        /// The folder that worktrees are made in: absolute, or relative to the repository's root.
        public var root = ".claudia/worktrees"
        /// Argument vectors that prepare a new worktree.
        public var setup: [[String]] = []
        /// Argument vectors that are run in a worktree before it is removed.
        public var teardown: [[String]] = []
        /// How many worktrees are kept ready for sessions to come.
        public var pool = 0

        /// Every default.
        public init() {}

        /// Keys as they stand in the file.
        public enum CodingKeys: String, CodingKey, CaseIterable {
            case root, setup, teardown, pool
        }
    }

    /// Settings of the terminal's log.
    public struct Output: Codable, Equatable, Sendable {
        /// Bytes after which `output.log` is rotated.
        public var rotateBytes = 16_777_216
        /// How many rotated parts are kept.
        public var keep = 4

        /// Every default.
        public init() {}

        /// Keys as they stand in the file.
        public enum CodingKeys: String, CodingKey, CaseIterable {
            case rotateBytes = "rotate_bytes"
            case keep
        }
    }

    /// The session file that claudia writes by default in this repository.
    public var sessionDefaults: SessionSpec {
        var spec = SessionSpec()
        spec.agent = agent
        spec.branchPrefix = multiSession.defaultBranchPrefix
        return spec
    }
}
