internal import Agents
internal import SessionModel

/// What a supervisor must remember of a session: the content of the private `record.json`.
///
/// `status.json` is made from it and from what the keeper tells; nothing else is kept.
struct SessionRecord: Codable, Equatable {
    /// A worktree that was made, or is about to be.
    struct Worktree: Codable, Equatable {
        var path: String
        /// Its name in Git's worktree list; nil until it is made.
        var adminName: String?
        var branch: String
        /// The local branch that `base` named when it was made, or that tracks it.
        var baseBranch: String?
        var baseCommit: String
        /// Whether the branch was made for this session.
        var createdBranch: Bool
        /// The folder's number on its file system, by which it is known after a move; nil when it wasn't noted.
        var inode: UInt64?
    }

    /// A run of the agent that isn't known to have ended.
    struct Run: Codable, Equatable {
        var startedAt: Timestamp
        /// Milliseconds of `Clock.bootNs`, comparable as long as `bootID` is the same.
        var startedBootMs: Int64?
        var bootID: String
        /// What the agent was started with.
        var spec: SessionSpec
        var keeperPID: Int32?
        var agentPID: Int32?
        /// What runs in the agent's place; nil when the agent does.
        var command: Command?
        /// The end of what was typed last, while it isn't known to have been sent.
        var unsent: String?
        /// Set before the agent is asked to end.
        var stopAsked: StopCause?
    }

    /// A command of `worktrees.setup` or `worktrees.teardown`.
    struct Command: Codable, Equatable {
        enum Purpose: String, Codable {
            case setUp, tearDown
        }
        var purpose: Purpose
        var words: [String]
    }

    /// Why an agent was asked to end.
    enum StopCause: String, Codable {
        /// Its file wants it ended, parked or removed.
        case file
        /// `down --all`.
        case down
    }

    /// What is known of restarts after failures, in milliseconds of `Clock.bootNs`.
    struct Restarts: Codable, Equatable {
        var bootID: String
        /// When agents were started again.
        var startedMs: [Int64] = []
        /// When one is due.
        var dueMs: Int64?
        /// The same moment, for people.
        var dueAt: Timestamp?
    }

    /// Why a worktree's state is to be kept.
    struct Keeping: Codable, Equatable {
        var cause: KeepingCause
        /// What the turn was asked for.
        var prompt: String?
    }

    /// How the last run, or the try to start one, came to its end.
    struct Ended: Codable, Equatable {
        enum Kind: String, Codable {
            case exited, stopped, failed, interrupted
        }
        var kind: Kind
        var reason: String
        var exit: ExitStatus?
    }

    /// What was heard of the agent, and how far the log was read for that.
    struct Heard: Codable, Equatable {
        var offset: Int64
        var view = AgentView()
        /// Since when its activity is what it is.
        var since: Timestamp?

        init(offset: Int64) { self.offset = offset }
    }

    /// Answers in the person's place.
    struct AutoYes: Codable, Equatable {
        /// `auto_yes_rules` as they were when the agent started, or a person last touched the session's file.
        var rules: [JSONValue]
        /// Why no more answers are given; nil when they are.
        var stopped: String?
        /// The question on the screen that was answered last: each is once.
        var answered: String?
    }

    /// The agent's own conversation.
    struct Conversation: Codable, Equatable {
        var id: String
        /// The file that keeps it, where the agent told.
        var path: String?
        /// Whose it is; nil in records of versions that knew Claude Code's only.
        var kind: AgentKind?
    }

    var version = 1
    var name: SessionName
    /// A UUID in lower case.
    var id: String
    /// Counts sessions in the order in which they were created.
    var order: Int
    var createdAt: Timestamp
    /// What is wanted, as last understood; nil when no version of the file could be read yet.
    var spec: SessionSpec?
    /// The file that was last answered, understood or not.
    var specDigest: String?
    var specMtime: Int64?
    /// What is wrong with that file.
    var problem: FileProblem?
    var worktree: Worktree?
    /// Set before a worktree is begun, cleared when it is whole or rolled back.
    var making: Worktree?
    /// The commands of the set-up that are done; nil when it is whole.
    var setUpDone: [[String]]?
    /// The commands of the tear-down that are over; nil when it wasn't begun.
    var tearDownDone: [[String]]?
    var promptsSent: [String] = []
    /// The digest of the prompt that the keeper was asked to type and hasn't yet.
    var promptAsked: String?
    var run: Run?
    var ended: Ended?
    var headCommit: String?
    var diff: DiffNumbers?
    /// The newest checkpoint that events have told of.
    var checkpoint: String?
    /// The checkpoint of another session, from elsewhere, with which its own go on.
    var adopted: String?
    /// What is being kept, or is to be.
    var keeping: Keeping?
    /// What the present turn was asked for, as far as anybody knows.
    var turnPrompt: String?
    /// What would be in conflict with other sessions, and with its base; nil before it was looked for.
    var conflicts: [SessionStatus.Conflict]?
    var restarts = 0
    var conversation: Conversation?
    /// When its agent was started last.
    var agentStartedAt: Timestamp?
    /// nil in records of versions that didn't listen.
    var heardSoFar: Heard?
    var restarting: Restarts?
    /// When its removal began; nil once the session goes on after all.
    var removingSince: Timestamp?
    var autoYes: AutoYes?
    var phase: Phase
    var phaseSince: Timestamp

    /// The branch that its work goes home to; nil where none is known.
    var baseBranch: String? { spec?.baseBranch ?? worktree?.baseBranch }

    var heard: Heard {
        get { heardSoFar ?? Heard(offset: 0) }
        set { heardSoFar = newValue }
    }
}
