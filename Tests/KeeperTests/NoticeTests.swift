import KeeperProtocol
import Testing

@Suite struct NoticeTests {
    private func noticed(_ session: KeptSession) throws -> ClosedRange<Int64> {
        try session.report("a notice") {
            if case .noticed(let from, let end) = $0 { from...end } else { nil }
        }
    }

    @Test func `who waits for notices is told where they stand, once for each wish`() throws {
        let session = try KeptSession([
            "sh", "-c",
            "printf 'abc\\033]7501;state=working\\007'; read x; printf '\\033]0;title\\007'; read x; echo end; read x",
        ])
        try session.untilPrinted("working")
        try session.send(.tellNotice(.status, from: 0))
        #expect(try noticed(session) == 3...24)
        // What was told stays readable for who asks from before it, and no later.
        try session.send(.tellNotice(.status, from: 2))
        #expect(try noticed(session) == 2...24)
        try session.send(.tellNotice(.status, from: 24))
        try session.send(.type([0x0A]))
        try session.untilPrinted("title")
        try session.send(.tellNotice([.status, .titles], from: 24))
        #expect(try noticed(session) == 26...36)
        try session.send(.tellNotice([.status, .titles], from: 36))
        try session.send(.type([0x0A]))
        try session.untilPrinted("end")
        try session.send(.stop(graceMs: 1000))
        // Nothing more was told before the end.
        _ = try session.report("the end") { report -> Bool? in
            switch report {
            case .noticed: Issue.record("told of nothing")
            case .ended: return true
            default: break
            }
            return nil
        }
    }
}
