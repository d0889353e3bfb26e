import SessionModel
import Testing

@testable import Commands

private let now = Timestamp(ms: 1_700_000_000_000)

private func status(
    _ phase: Phase, _ change: (inout SessionStatus) -> Void = { _ in }
) -> SessionStatus {
    var status = SessionStatus(name: name("x"), id: "id", phase: phase, at: now, generation: 1)
    status.spec = SessionSpec()
    change(&status)
    return status
}

struct WaitRow: Sendable {
    let goal: String
    let status: SessionStatus?
    var exists = true
    var answered = true
    let verdict: String

    init(
        _ goal: String, _ status: SessionStatus?, exists: Bool = true, answered: Bool = true,
        _ verdict: String
    ) {
        (self.goal, self.status, self.exists, self.answered) = (goal, status, exists, answered)
        self.verdict = verdict
    }
}

@Test(
    "a wait ends when it has come, or can't come any more",
    arguments: [
        WaitRow("running", nil, "pending"), WaitRow("running", nil, exists: false, "impossible"),
        WaitRow("running", status(.creating), "pending"), WaitRow("running", status(.running), "reached"),
        WaitRow("idle", status(.running) { $0.activity = .idle }, "reached"),
        WaitRow("idle", status(.running) { $0.activity = .working }, "pending"),
        // An activity is one of a running agent only.
        WaitRow("idle", status(.paused) { $0.activity = .idle }, "pending"),
        WaitRow("running", status(.exited), "impossible"), WaitRow("done", status(.terminated), "impossible"),
        WaitRow("paused", status(.failed), "impossible"),
        WaitRow("running", status(.interrupted), "impossible"),
        // An edit that isn't answered yet may bring it.
        WaitRow("running", status(.exited), answered: false, "pending"),
        // So may a restart.
        WaitRow(
            "running",
            status(.exited) {
                $0.spec?.restart = .onFailure
                $0.restartAt = now
            }, "pending"),
        WaitRow("running", status(.failed) { $0.restartAt = now }, "pending"),
        WaitRow("running", status(.exited) { $0.spec?.restart = .onFailure }, "impossible"),
        WaitRow("running", status(.parked), "impossible"), WaitRow("exited", status(.parked), "impossible"),
        WaitRow("parked", status(.exited), "impossible"), WaitRow("parked", status(.parked), "reached"),
        WaitRow("running", status(.parked), answered: false, "pending"),
        WaitRow("terminated", status(.exited), "pending"),
        WaitRow("exited", status(.terminated), "impossible"),
        WaitRow("exited", status(.exited), "reached"), WaitRow("running", status(.queued), "pending"),
        WaitRow("running", status(.unreachable), "pending"),
    ])
func waiting(_ row: WaitRow) throws {
    let goal = try #require(WaitGoal(row.goal))
    let verdict =
        switch goal.verdict(row.status, exists: row.exists, answered: row.answered) {
        case .pending: "pending"
        case .reached: "reached"
        case .impossible: "impossible"
        }
    #expect(verdict == row.verdict)
}

@Test func `every phase and activity can be waited for, and nothing else`() {
    for word in Phase.allCases.map(\.rawValue) + Activity.allCases.map(\.rawValue) {
        #expect(WaitGoal(word) != nil)
    }
    #expect(WaitGoal("Running") == nil)
    #expect(WaitGoal("") == nil)
}

struct WishRow: Sendable {
    let wish: Wish
    let status: SessionStatus?
    var answered = true
    let verdict: String

    init(_ wish: Wish, _ status: SessionStatus?, answered: Bool = true, _ verdict: String) {
        (self.wish, self.status, self.answered, self.verdict) = (wish, status, answered, verdict)
    }
}

private let refusedFile = FileProblem(message: "no", line: 2, column: 3, key: "state")

@Test(
    "a verb is done when the status that answers the edit says so",
    arguments: [
        WishRow(.pause, nil, "pending"), WishRow(.pause, status(.paused), "reached"),
        WishRow(.pause, status(.paused), answered: false, "pending"),
        WishRow(.pause, status(.running), "pending"),
        WishRow(.pause, status(.exited), "refused"), WishRow(.pause, status(.failed), "refused"),
        WishRow(.resume, status(.running), "reached"), WishRow(.resume, status(.starting), "pending"),
        WishRow(.resume, status(.queued), "pending"), WishRow(.kill, status(.terminated), "reached"),
        WishRow(.kill, status(.running), "pending"), WishRow(.kill, status(.exited), "reached"),
        // A file that was refused whole, and one with a remark only.
        WishRow(.kill, status(.running) { $0.error = refusedFile }, "refused"),
        WishRow(
            .kill,
            status(.terminated) {
                $0.error = refusedFile
                $0.spec?.state = .terminated
            }, "reached"),
        WishRow(.park, status(.running), "pending"), WishRow(.park, status(.parked), "reached"),
        WishRow(.remove, status(.running), "pending"), WishRow(.remove, nil, "reached"),
    ])
func wishing(_ row: WishRow) {
    #expect(word(row.wish.verdict(row.status, answered: row.answered, before: nil)) == row.verdict)
}

@Test func `an ending from before a resume is not its answer`() {
    let old = status(.failed)
    #expect(Wish.resume.verdict(old, answered: true, before: now) == .pending)
    let new = status(.failed) { $0.phaseSince = Timestamp(ms: now.ms + 1) }
    #expect(word(Wish.resume.verdict(new, answered: true, before: now)) == "refused")
}

private func word(_ verdict: Wish.Verdict) -> String {
    switch verdict {
    case .pending: "pending"
    case .reached: "reached"
    case .refused: "refused"
    }
}

@Test(
    "a line goes only where an agent is, or will be thawed",
    arguments: [
        (Phase.running, "taken"), (.paused, "waits"), (.unreachable, "waits"), (.exited, "lost"),
        (.failed, "lost"),
        (.terminated, "lost"), (.interrupted, "lost"), (.parked, "lost"), (.queued, "lost"),
        (.starting, "lost"),
        (.creating, "lost"),
    ])
func reception(phase: Phase, expected: String) {
    let word =
        switch Delivery.reception(status(phase)) {
        case .taken: "taken"
        case .waits: "waits"
        case .lost: "lost"
        }
    #expect(word == expected)
}
