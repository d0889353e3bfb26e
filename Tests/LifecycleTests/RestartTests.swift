import Lifecycle
import SessionModel
import Testing

@Suite struct RestartTests {
    struct Row: Sendable {
        var policy = RestartPolicy.onFailure
        var wanted = Wanted.state(.running)
        var earlier: [Int64] = []
        let decision: Restart.Decision
    }

    static let nowMs: Int64 = 10_000_000

    static func ago(_ seconds: Int64...) -> [Int64] { seconds.map { nowMs - $0 * 1_000 } }

    static let rows: [Row] = [
        Row(decision: .after(ms: 1_000, number: 1)),
        Row(earlier: ago(1), decision: .after(ms: 4_000, number: 2)),
        Row(earlier: ago(5, 1), decision: .after(ms: 16_000, number: 3)),
        Row(earlier: ago(20, 10, 1), decision: .after(ms: 64_000, number: 4)),
        Row(earlier: ago(90, 60, 30, 1), decision: .after(ms: 256_000, number: 5)),
        Row(earlier: ago(599, 90, 60, 30, 1), decision: .givenUp),
        // What lies ten minutes back counts no more.
        Row(earlier: ago(600, 90, 60, 30, 1), decision: .after(ms: 256_000, number: 5)),
        Row(earlier: ago(9_000, 8_000, 7_000, 6_000, 5_000, 601), decision: .after(ms: 1_000, number: 1)),
        Row(policy: .never, decision: .none), Row(policy: .never, earlier: ago(1), decision: .none),
        Row(wanted: .state(.paused), decision: .none), Row(wanted: .state(.parked), decision: .none),
        Row(wanted: .state(.terminated), decision: .none), Row(wanted: .removed, decision: .none),
    ]

    @Test("a failure leads where the table says", arguments: rows)
    func decides(_ row: Row) {
        let decision = Restart.decide(
            row.policy, wanted: row.wanted, earlier: row.earlier, nowMs: RestartTests.nowMs)
        #expect(decision == row.decision)
    }

    @Test func `five restarts fit into their window, and the sixth failure ends them`() {
        var (nowMs, started): (Int64, [Int64]) = (0, [])
        while started.count < 20,
            case .after(let ms, let number) = Restart.decide(
                .onFailure, wanted: .state(.running), earlier: started, nowMs: nowMs)
        {
            #expect(number == started.count + 1)
            nowMs += ms
            started.append(nowMs)
        }
        #expect(started.count == Restart.most)
        #expect(nowMs < Restart.windowMs)
    }

    @Test func `a code that isn't 0 and a signal are failures`() {
        let at = Timestamp(ms: 0)
        #expect(!Restart.isFailure(ExitStatus(code: 0, signal: nil, at: at)))
        #expect(Restart.isFailure(ExitStatus(code: 1, signal: nil, at: at)))
        #expect(Restart.isFailure(ExitStatus(code: 255, signal: nil, at: at)))
        #expect(Restart.isFailure(ExitStatus(code: nil, signal: "SIGKILL", at: at)))
    }
}
