internal import Agents
internal import KeeperProtocol
internal import Lifecycle
internal import Logging
internal import Screen
internal import SessionModel

/// How far the looking is whether what was typed was sent.
struct Submission {
    /// How many more times the screen is looked at.
    var looksLeft = Patience.submissionLooks
    /// How often in a row something else stood where one writes, and how often nothing was seen to be such a place.
    var (misses, blanks) = (0, 0)
    /// Where the log ended when Enter was asked for, until the keeper tells whether it pressed it.
    var pressedAt: Int64?
}

/// Seeing to it that what was typed to an agent is sent.
///
/// An agent may take the Enter behind a text for part of it, as Claude Code does while it starts, on a busy machine.
/// So where no turn begins and the text still stands where one writes, Enter is pressed once more: on just the screen
/// on which it was seen.
extension Supervisor {
    /// How often in a row something else must stand where one writes: once, it may be half drawn.
    private static let missesMax = 2
    /// How often nothing must be seen to be such a place: one that is just starting may not have drawn it.
    private static let blanksMax = 5
    /// Characters that are remembered of what was typed.
    private static let rememberedMax = 2_000

    /// A text was typed to the agent, and Enter; an empty one stands for keys, which are somebody's business.
    func wasTyped(_ text: String, to session: ManagedSession) {
        stopSubmitting(session)
        session.lastTyped = text
        guard !text.isEmpty, program(of: session).inputBox != nil else { return }
        session.record.run?.unsent = String(text.suffix(Supervisor.rememberedMax))
        goOnSubmitting(session)
    }

    /// Has the screen looked at in a moment; also after a pause, and for what an earlier supervisor typed.
    func goOnSubmitting(_ session: ManagedSession) {
        guard session.record.run?.unsent != nil, session.agent == .up(frozen: false),
            !deadlines.isSet(.submission(session.name))
        else { return }
        let submission = session.submission ?? Submission()
        session.submission = submission
        if submission.looksLeft > 0 {
            deadlines.set(.submission(session.name), afterMs: Patience.submissionMs)
        }
    }

    /// The moment has come.
    func submissionIsDue(_ session: ManagedSession) {
        session.submission?.looksLeft -= 1
        goOnSubmitting(session)
        switch session.record.heard.view.reading.activity {
        case .working, .blocked: wasSubmitted(session)
        case .idle, .done, .error: readScreen(of: session)
        case .unknown: break
        }
    }

    /// The screen was read: presses Enter if the text still stands there.
    func goOnSubmitting(_ session: ManagedSession, _ screen: ShownScreen) {
        let program = program(of: session)
        guard let text = session.record.run?.unsent, var submission = session.submission,
            submission.pressedAt == nil, let fold = session.screen, session.answering == nil,
            program.dialog(on: screen) == nil, let box = program.inputBox
        else { return }
        let written = box.text(on: screen)
        guard let written, box.isSame(written, as: text) else {
            if written == nil { submission.blanks += 1 } else { submission.misses += 1 }
            session.submission = submission
            let isSeen =
                submission.misses == Supervisor.missesMax || submission.blanks == Supervisor.blanksMax
            return isSeen ? wasSubmitted(session) : ()
        }
        session.submission?.misses = 0
        guard submission.looksLeft > 0 else {
            return report(
                "What was typed stands where one writes to it and isn't sent, though Enter was pressed: see "
                    + "'claudia attach \(session.name)'.", of: session)
        }
        session.submission?.pressedAt = fold.offset
        ask(.press([0x0D], at: fold.offset), of: session)
    }

    /// The keeper tells whether it pressed Enter; if it did, the next look shows what came of it.
    func enterWasPressed(_ session: ManagedSession, at offset: Int64, _ isDone: Bool) {
        guard session.submission?.pressedAt == offset else { return }
        session.submission?.pressedAt = nil
        if isDone { log.info("Enter was pressed again", metadata: ["session": "\(session.name)"]) }
    }

    /// What was typed is sent: the next prompt may be typed in its turn.
    func wasSubmitted(_ session: ManagedSession) {
        guard session.record.run?.unsent != nil else { return }
        stopSubmitting(session)
        promptAfterTurn(session)
    }

    private func stopSubmitting(_ session: ManagedSession) {
        session.record.run?.unsent = nil
        session.submission = nil
        deadlines.cancel(.submission(session.name))
    }
}
