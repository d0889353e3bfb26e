import KeeperProtocol
import Linux
import Testing

@Suite struct MessageTests {
    static let state: KeeperState = {
        var state = KeeperState(keeperPID: 7, agentPID: 8, agentStartTicks: 9)
        state.isFrozen = true
        state.logOffset = 1 << 40
        state.promptsTyped = 3
        state.ended = KeeperEnding(code: nil, signal: 15, atMs: 1_764_000_000_123)
        state.trouble = "The log can’t be written."
        state.size = TerminalSize(columns: 80, rows: 24)
        return state
    }()

    static let requests: [Request] = [
        .hello(version: 1, .supervisor), .attach(TerminalSize(columns: 80, rows: 24)), .detach,
        .resize(TerminalSize(columns: 1, rows: 65_535)), .type([0, 255, 27]), .type([]),
        .prompt(number: 3, text: "täglich\n"), .look, .folder, .signal(2), .freeze, .thaw,
        .stop(graceMs: 5000), .tellWhenQuiet(ms: 2000), .tellOutput, .ask,
        .tellNotice([.status, .titles], from: 1 << 40), .press([27], at: 1 << 40), .press([], at: 0),
    ]

    static let reports: [Report] = [
        .state(state), .state(KeeperState(keeperPID: 1, agentPID: 2, agentStartTicks: 3)),
        .attached(offset: 5),
        .output(end: -1, [1, 2, 3]), .prompted(2), .inputTyped(lines: 4, last: [97]), .inputProblem("no"),
        .quiet,
        .grew(offset: 1 << 33), .ended(KeeperEnding(code: 0, signal: nil, atMs: 0)), .trouble("x"),
        .trouble(nil), .noticed(from: 3, end: 1 << 34), .pressed(at: 1 << 40, true), .pressed(at: 0, false),
    ]

    @Test(arguments: requests) func `a request comes out as it went in`(_ request: Request) {
        #expect(Request(decoding: request.encoded()) == request)
    }

    @Test(arguments: reports) func `a report comes out as it went in`(_ report: Report) {
        #expect(Report(decoding: report.encoded()) == report)
    }

    @Test func `every state cut short is no message`() {
        let whole = Report.state(Self.state).encoded()
        for count in 0..<whole.count { #expect(Report(decoding: Array(whole[..<count])) == nil) }
    }

    @Test func `an unknown kind is no message`() {
        #expect(Request(decoding: [200, 1, 2]) == nil)
        #expect(Report(decoding: [200, 1, 2]) == nil)
        #expect(Request(decoding: []) == nil)
    }

    @Test func `what a newer version adds behind a message is passed over`() {
        #expect(Request(decoding: Request.freeze.encoded() + [9, 9]) == .freeze)
        #expect(Report(decoding: Report.state(Self.state).encoded() + [9]) == .state(Self.state))
    }

    @Test func `orders come out as they went in`() {
        var orders = KeeperOrders(
            arguments: ["sh", "-c", "echo \"ä\""], environment: ["A": "", "B": "x=y\nz"], name: "fix",
            id: "1-2")
        orders.keep = 2
        orders.promptsTyped = 4
        let bytes = orders.encoded()
        #expect(KeeperOrders(decoding: bytes) == orders)
        for count in 0..<bytes.count { #expect(KeeperOrders(decoding: Array(bytes[..<count])) == nil) }
    }

    @Test func `the record of what was delivered has one size`() {
        var record = DeliveredRecord()
        #expect(record.encoded().count == DeliveredRecord.byteCount)
        record.inode = .max
        record.offset = .max
        record.promptsTyped = .max
        #expect(record.encoded().count == DeliveredRecord.byteCount)
        #expect(DeliveredRecord(decoding: record.encoded()) == record)
        #expect(DeliveredRecord(decoding: []) == nil)
    }

    @Test func `a keeper that died before it spoke is neither ready nor failed`() {
        #expect(Readiness(decoding: []) == nil)
        #expect(Readiness(decoding: Readiness.ready(agentPID: 12).encoded()) == .ready(agentPID: 12))
        #expect(Readiness(decoding: Readiness.failed("No.").encoded()) == .failed("No."))
    }
}
