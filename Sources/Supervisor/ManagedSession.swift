internal import Agents
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Screen
internal import SessionModel

/// All that the supervisor knows of one session.
///
/// A class, since a dictionary's values can't own descriptors by themselves.
final class ManagedSession {
    let name: SessionName
    /// What must survive the supervisor; written by `save`.
    var record: SessionRecord
    /// The record as it lies on the disk.
    var saved: SessionRecord?
    /// The session file as it was last understood, until it is kept a second time by `save`.
    var lastGood: [UInt8]?
    /// The status as it lies on the disk.
    var published: SessionStatus?

    /// Whether a new session's first phase was told.
    var isPhaseTold = false
    /// Whether the session file is gone for good.
    var isRemoved = false
    /// Whether commands are still to be run before the worktree goes.
    var needsTearDown = false
    /// How far the making of the worktree is, once that takes a while.
    var progress: CheckoutCount?
    /// Whether a removed session's worktree couldn't be moved away; it is left alone until the file comes
    /// back.
    var removalFailed: String?
    var worktree: Seen.Worktree
    var agent = Seen.Agent.none
    var hasSlot = false
    /// A request was sent that changes `agent`; until it is answered no further one is.
    var awaitsAnswer = false
    /// The record couldn't be written: until another try no step is taken that must not be unrecorded.
    var waitsForDisk = false
    /// The status couldn't be written; it waits for the next try.
    var statusWaits = false
    /// Processes of a dead keeper are being ended; until none is left nothing is started or moved.
    var endsOrphans = false
    /// Whether the keeper said anything since it was connected to, and how often it closed the link without.
    var closedUnheard = 0
    /// What keeps the keeper from its work.
    var trouble: String?
    /// What the person should know beside the phase.
    var note: String?
    /// Whether its file was read anew in this turn of the loop.
    var isEdited = false
    /// Whether it then wanted what it had wanted before.
    var isTouched = false
    /// How the worktree differs from what was recorded, and what mends it.
    var worktreeDrift: String?
    /// The same of the branch.
    var branchDrift: String?

    var link: KeeperLink?
    var start: KeeperStart?
    var keeperProcess: ProcessHandle?
    var keeperPID: Int32?
    var agentPID: Int32?
    /// Bytes of the log that events have told of.
    var outputTold: Int64 = 0
    /// The end of the log, as the keeper told it last.
    var outputEnd: Int64 = 0
    /// The watch on the session's public folder.
    var watch: Int32?
    /// Whether a prompt was sent to the keeper and isn't acknowledged yet.
    var promptInFlight = false
    /// Whether the terminal was asked to tell of its next quiet.
    var awaitsQuiet = false
    /// Whether a prompt was typed whose turn hasn't begun yet.
    var awaitsTurn = false
    /// The reading that events told of last; nil when they have told of the present one.
    var untold: AgentView.Reading?
    /// What told that the agent worked, since its last turn's end.
    var workedBy: AgentView.Source?
    /// Before when, in nanoseconds of `Clock.bootNs`, no change of the reading is told.
    var readingsDueNs: Int64 = 0
    /// How far the log was listened to.
    ///
    /// The record is left behind by titles that told nothing new, which change ten times a second while they turn: who
    /// reads them again finds the same.
    var heardTo: Int64 = 0
    /// The screen as it was read last, while somebody needs it.
    var screen: ScreenFold?
    /// Whether it is being read, and has to be read again then.
    var (screenInFlight, screenAgain) = (false, false)
    /// The answer that is being given by keys.
    var answering: ScreenAnswer?
    /// How far the looking is whether what was typed was sent.
    var submission: Submission?
    /// What was typed last; nil when an earlier supervisor typed it.
    var lastTyped: String?
    /// Whether a prompt waits for somebody's words to be sent or taken out.
    var isInputTaken = false
    /// The look at what stands where one writes, before a prompt is typed there.
    var inputLook: InputLook?
    /// The prompt on its screen that may be answered in the person's place.
    var prompt: SeenPrompt?
    /// When one was last (`Clock.bootNs`); long ago when none was.
    var promptAnsweredNs: Int64 = -1_000_000_000
    /// How many answers were given in the person's place.
    var limit = AutoYesLimit()
    /// Whether what the worktree holds is being kept.
    var isBeingKept = false
    /// Whether that was asked for once more meanwhile.
    var keepsAgain = false
    /// Why it wasn't kept the last time.
    var keepingFailed: String?
    /// Whether a prompt is to be typed once what the turn before has left is kept.
    var promptWaits = false
    /// Whether the worktree's files are being brought back to an earlier state.
    var isRestoring = false

    init(record: SessionRecord) {
        name = record.name
        self.record = record
        heardTo = record.heard.offset
        let reading = record.heard.view.reading
        workedBy = reading.activity == .working ? reading.source : nil
        // One that was being made again, after it had been removed from outside, may not be whole.
        worktree = record.worktree == nil || record.making != nil ? .absent : .present
    }

    /// What is wanted of the session.
    var wanted: Wanted {
        if isRemoved { return .removed }
        guard let spec = record.spec else { return .state(.terminated) }
        return .state(spec.state)
    }

    /// What is true of the session.
    var seen: Seen {
        let ended: Seen.Ended? =
            switch record.ended?.kind {
            case .exited: .exited
            case .stopped: .stopped
            case .failed: .failed
            case .interrupted: .interrupted
            case nil: nil
            }
        let task: Seen.Task =
            switch record.run?.command?.purpose {
            case .setUp: .setUp
            case .tearDown: .tearDown
            case nil: .agent
            }
        return Seen(
            worktree: worktree, agent: agent, ended: ended, hasSlot: hasSlot, task: task,
            needsTearDown: needsTearDown)
    }

    /// Whether a keeper has an agent that hasn't ended.
    var agentRuns: Bool {
        switch agent {
        case .up, .starting, .stopping, .unreachable: true
        case .none, .leaving: false
        }
    }

    /// Whether its keeper was asked to freeze or thaw it and answers within the millisecond.
    ///
    /// What is true is written then, once: the file is settled no sooner.
    var isFreezing: Bool {
        guard awaitsAnswer, case .up = agent else { return false }
        return true
    }

    /// The UUID by which processes of this session's agent are recognised in their environment.
    var marker: String { "CLAUDIA_SESSION_ID=\(record.id)" }
}
