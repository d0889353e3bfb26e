/// What an owner wants of a session: the content of `sessions/<name>.json`, defaults filled in.
///
/// The keys, in this order, are those of the file (`CodingKeys`); each may be left out there.
public struct SessionSpec: Codable, Equatable, Sendable {
    /// The newest version of the file's form that is known.
    public static let versionKnown = 1

    /// The file's form; 1 today.
    public var version = SessionSpec.versionKnown
    /// Whether an agent should run.
    public var state = DesiredState.running
    /// What to type to the agent, one after another, each when its turn has ended.
    public var prompts: [String] = []
    /// The agent's argument vector, the program first; never given to a shell.
    public var agent = ["claude"]
    /// Appended to `agent`.
    public var claudeArgs: [String] = []
    /// What the agent is understood as; nil is known by the program's name.
    public var agentKind: AgentKind?
    /// The commit-ish that the branch starts from.
    public var base = "HEAD"
    /// The branch that the work goes home to; nil is the one that `base` names, or that tracks it.
    public var baseBranch: String?
    /// The branch is `<branchPrefix>/<name>` when `branch` is nil.
    public var branchPrefix = "claudia-session"
    /// Exactly this branch, new or existing.
    public var branch: String?
    /// The folder inside the worktree that the agent starts in; nil is the worktree itself.
    public var workingDirectory: String?
    /// Added to the supervisor's own environment for the agent.
    public var environmentVars: [String: String] = [:]
    /// Whether questions may be answered in the owner's place.
    public var autoYes = false
    /// How many lines `claudia output` can show.
    public var maxOutputBuffer = 10_000
    /// Whether an agent that failed is started again.
    public var restart = RestartPolicy.never

    /// Every default.
    public init() {}

    /// The file's keys, in the order in which claudia writes them.
    public enum CodingKeys: String, CodingKey, CaseIterable {
        case version, state, prompts, agent
        case claudeArgs = "claude_args"
        case agentKind = "agent_kind"
        case base
        case baseBranch = "base_branch"
        case branchPrefix = "branch_prefix"
        case branch
        case workingDirectory = "working_directory"
        case environmentVars = "environment_vars"
        case autoYes = "auto_yes"
        case maxOutputBuffer = "max_output_buffer"
        case restart
    }

    /// The full argument vector: `agent` and `claudeArgs`.
    public var argumentVector: [String] { agent + claudeArgs }

    /// The branch that this session asks for.
    public func branchName(for name: SessionName) -> String { branch ?? "\(branchPrefix)/\(name)" }
}

/// What the owner wants of the agent: the values of `state`.
public enum DesiredState: String, Codable, CaseIterable, Sendable {
    /// An agent at work.
    case running
    /// Every process of the agent frozen where it stands.
    case paused
    /// The agent ended, worktree and conversation kept.
    case parked
    /// The agent ended for good, all files kept.
    case terminated
}

/// The agents that are known: the values of `agent_kind`.
public enum AgentKind: String, Codable, CaseIterable, Sendable {
    /// Anthropic's Claude Code.
    case claude
    /// OpenAI's Codex.
    case codex
    /// Any other program.
    case generic
}

/// The values of `restart`.
public enum RestartPolicy: String, Codable, CaseIterable, Sendable {
    /// An agent that ended stays ended.
    case never
    /// An agent that ended with a code other than 0 is started again, with back-off.
    case onFailure = "on-failure"
}
