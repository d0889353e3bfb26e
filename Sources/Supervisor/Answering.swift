internal import Agents
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import Screen
internal import SessionModel

/// An answer that is being given by keys.
struct ScreenAnswer {
    /// In the person's words.
    let text: String
    /// The question's name.
    let id: String
    /// The dialog as the person saw it; nil when they saw no more than what the agent told.
    let dialog: Dialog?
    /// The decision that it comes from; nil when it is a person's.
    var decision: LoggedDecision?
    /// Where it leads; nil before the screen was read for it.
    var goal: Dialog.Goal?
    /// Keys that were sent and not yet confirmed: where the log ended, and whether they are the last.
    var pressed: (offset: Int64, isLast: Bool)?
    /// The screen that no more keys are pressed on: they were, and it hasn't changed yet.
    var doneAt: Int64 = -1
    /// How many more times the screen is looked at.
    var looksLeft = Patience.answerLooks
}

/// Answering a dialog with keys: each pressed on the very screen that was read for it, or not at all.
extension Supervisor {
    /// Begins to give a person's answer to what stands on the screen.
    func answerOnScreen(_ text: String, to id: String, of session: ManagedSession) {
        session.answering = ScreenAnswer(text: text, id: id, dialog: session.record.heard.view.shown)
        deadlines.set(.keyAnswer(session.name), afterMs: Patience.answerMs)
        readScreen(of: session)
    }

    /// The screen was read: presses the next key, where there is one.
    func goOnAnswering(_ session: ManagedSession, _ screen: ShownScreen) {
        guard var answer = session.answering, answer.pressed == nil, let fold = session.screen else { return }
        let view = session.record.heard.view
        guard let question = view.reading.question, question.id == answer.id else {
            return giveUpAnswer(of: session, Supervisor.goneReason)
        }
        // It may be half drawn.
        guard let dialog = view.shown else { return lookAgain(session) }
        if let seen = answer.dialog, !dialog.isSame(as: seen) {
            return giveUpAnswer(of: session, Supervisor.goneReason)
        }
        guard fold.offset > answer.doneAt else { return lookAgain(session) }
        do throws(PermissionCall.Misfit) {
            let goal: Dialog.Goal
            if let known = answer.goal { goal = known } else { goal = try dialog.goal(of: answer.text) }
            answer.goal = goal
            guard let step = dialog.step(toward: goal, applicationCursor: screen.applicationCursor) else {
                return giveUpAnswer(of: session, "its dialog doesn't take it.")
            }
            answer.pressed = (fold.offset, step.isLast)
            session.answering = answer
            ask(.press(step.bytes, at: fold.offset), of: session)
        } catch {
            giveUpAnswer(of: session, error.message)
        }
    }

    /// The keeper tells whether it pressed the keys.
    func keysWerePressed(_ session: ManagedSession, at offset: Int64, _ isDone: Bool) {
        guard let pressed = session.answering?.pressed, pressed.offset == offset else { return }
        session.answering?.pressed = nil
        // Something was printed or typed meanwhile.
        guard isDone else { return lookAgain(session) }
        session.answering?.doneAt = offset
        guard pressed.isLast, let answer = session.answering else { return lookAgain(session) }
        stopAnswering(session)
        keysAnswered(answer, of: session)
        lookAtScreenSoon(session)
    }

    /// No answer came about in time.
    func answerIsOverdue(_ session: ManagedSession) {
        giveUpAnswer(of: session, "its dialog can't be read, or goes on changing.")
    }

    /// Ends an answer that can't be given.
    func giveUpAnswer(of session: ManagedSession, _ why: String) {
        guard let answer = session.answering else { return }
        stopAnswering(session)
        if let decision = answer.decision { return promptWasNotAnswered(decision, of: session, why) }
        refuse(answer.text, to: answer.id, of: session, why)
    }

    static let goneReason = "what it was meant for is not asked any more."

    private func lookAgain(_ session: ManagedSession) {
        session.answering?.looksLeft -= 1
        guard let left = session.answering?.looksLeft, left > 0 else { return answerIsOverdue(session) }
        deadlines.set(.screen(session.name), afterMs: Patience.screenMs)
    }

    private func stopAnswering(_ session: ManagedSession) {
        session.answering = nil
        deadlines.cancel(.keyAnswer(session.name))
    }

    private func keysAnswered(_ answer: ScreenAnswer, of session: ManagedSession) {
        if let decision = answer.decision { return promptWasAnswered(decision, of: session) }
        let question = session.record.heard.view.reading.question
        personAnswered(answer.text, "screen", ["question": .string(question?.text ?? "")], of: session)
        tell(
            .decision, of: session,
            [
                "source": .string("person"), "answer_to": .string(answer.id), "tool": .string("screen"),
                "answer": .string(answer.text),
            ])
    }
}
