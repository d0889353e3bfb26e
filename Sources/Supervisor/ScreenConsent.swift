internal import Agents
internal import Consent
internal import Lifecycle
internal import Linux
internal import SessionModel

/// A prompt on a screen that may be answered in the person's place.
struct SeenPrompt {
    /// The question's name.
    let id: String
    /// The prompt as it was seen first.
    let dialog: Dialog
    /// When that was (`Clock.bootNs`).
    let atNs: Int64
    /// Whether it was left to the person.
    var isLeft = false
}

/// Answering prompts of programs that have no hooks, where nothing on the screen speaks of harm.
///
/// Only what stands there whole, last, and unchanged over two looks, while nothing is printed; each prompt once, and
/// never two within a second.
extension Supervisor {
    /// Nanoseconds from one answer to the next.
    private static let betweenNs: Int64 = 1_000_000_000

    /// The screen was read: looks again, or decides.
    func considerPrompt(_ session: ManagedSession, _ screen: ShownScreen) {
        let view = session.record.heard.view
        guard session.answering == nil, mayAnswer(session), view.reading.source == .screen,
            let question = view.reading.question, let dialog = view.shown,
            // A prompt that is typed to; a dialog with a mark belongs to a program that is known.
            dialog.choices.first?.keys != nil, session.record.autoYes?.answered != question.id
        else { return }
        let now = Clock.bootNs
        if session.prompt?.id != question.id || session.prompt?.dialog.isSame(as: dialog) != true {
            session.prompt = SeenPrompt(id: question.id, dialog: dialog, atNs: now)
        }
        guard session.prompt?.isLeft != true else { return }
        let everyNs = Int64(config.multiSession.autoYesPollIntervalSeconds) * 1_000_000_000
        let firstNs = session.prompt?.atNs ?? now
        let dueNs = max(firstNs + everyNs, session.promptAnsweredNs + Supervisor.betweenNs)
        guard now >= dueNs else {
            return deadlines.set(.screen(session.name), afterMs: (dueNs - now) / 1_000_000 + 1)
        }
        decide(on: question, dialog, screen, of: session)
    }

    private func decide(
        on question: Question, _ dialog: Dialog, _ screen: ShownScreen, of session: ManagedSession
    ) {
        guard let worktree = session.record.worktree?.path else { return }
        let prompt = ShownPrompt(
            text: dialog.text, rows: screen.above + screen.rows, isWhole: dialog.isWhole)
        let decision = judge(in: room(of: session, worktree, folder: worktree), session) { $0.judge(prompt) }
        let isYes = decision.verdict == .allow
        var line = LoggedDecision(
            at: Timestamp(ms: Clock.realMs), source: "screen", tool: ShownPrompt.tool)
        line.input = ["prompt": .string(dialog.text)]
        (line.verdict, line.rule, line.reason) = (decision.verdict.rawValue, decision.rule, decision.reason)
        line.sent = isYes ? dialog.choices[0].label : nil
        // In the log before it is said, like every decision; and that it was made, in the record.
        if session.record.autoYes == nil { pinRules(of: session) }
        if isYes { session.record.autoYes?.answered = question.id }
        session.prompt?.isLeft = true
        guard save(session), keep(line, of: session), isYes else {
            session.limit.personDecided()
            return tellWhatIsAsked(session)
        }
        session.answering = ScreenAnswer(
            text: dialog.choices[0].label, id: question.id, dialog: dialog, decision: line)
        deadlines.set(.keyAnswer(session.name), afterMs: Patience.answerMs)
        goOnAnswering(session, screen)
    }

    /// The keys of an answer in the person's place were pressed.
    func promptWasAnswered(_ line: LoggedDecision, of session: ManagedSession) {
        session.promptAnsweredNs = Clock.bootNs
        count(line, of: session)
    }

    /// They weren't: what is asked now is another thing, or nothing.
    func promptWasNotAnswered(_ line: LoggedDecision, of session: ManagedSession, _ why: String) {
        var line = line
        line.at = Timestamp(ms: Clock.realMs)
        (line.verdict, line.rule, line.sent) = ("ask", nil, nil)
        line.reason = "Nothing was typed: \(why)"
        _ = keep(line, of: session)
    }
}
