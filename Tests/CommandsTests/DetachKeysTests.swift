import Testing

@testable import Commands

struct DetachRow: Sendable, CustomTestStringConvertible {
    /// What arrives, each with its moment in milliseconds.
    let input: [(Int64, [UInt8])]
    /// What the agent gets, up to two seconds after the last.
    let passed: [UInt8]
    let detaches: Bool

    init(_ input: [(Int64, String)], _ passed: String, detaches: Bool = false) {
        self.input = input.map { ($0.0, Array($0.1.utf8)) }
        self.passed = Array(passed.utf8)
        self.detaches = detaches
    }

    var testDescription: String { "\(input.map { ($0.0, String(decoding: $0.1, as: UTF8.self)) })" }
}

private let ctrl = "\u{1C}"
private let esc = "\u{1B}"

struct DetachKeysTests {
    @Test(
        arguments: [
            DetachRow([(0, "abc")], "abc"),
            DetachRow([(0, ctrl + ctrl)], "", detaches: true),
            DetachRow([(0, "ls" + ctrl + ctrl + "rest")], "ls", detaches: true),
            DetachRow([(0, ctrl), (999, ctrl)], "", detaches: true),
            // Too late: the first is passed on, and the second begins anew.
            DetachRow([(0, ctrl), (1000, ctrl)], ctrl + ctrl),
            DetachRow([(0, ctrl), (1000, ctrl), (1500, ctrl)], ctrl, detaches: true),
            // Another key in between: all of them are passed on, in order.
            DetachRow([(0, ctrl), (10, "a"), (20, ctrl)], ctrl + "a" + ctrl),
            DetachRow([(0, ctrl + "a" + ctrl + ctrl)], ctrl + "a", detaches: true),
            DetachRow([(0, ctrl)], ctrl),
            // kitty's keyboard protocol, with and without kinds of events, Caps Lock and Num Lock.
            DetachRow([(0, esc + "[92;5u" + esc + "[92;5u")], "", detaches: true),
            DetachRow(
                [(0, esc + "[92;5:1u" + esc + "[92;5:3u"), (200, esc + "[92;5:1u")], "", detaches: true),
            DetachRow([(0, esc + "[92;69u"), (5, esc + "[92::124;133u")], "", detaches: true),
            DetachRow([(0, esc + "[92;5:3u")], esc + "[92;5:3u"),
            DetachRow([(0, esc + "[92;5:1u" + esc + "[92;5:2u")], esc + "[92;5:1u" + esc + "[92;5:2u"),
            // Letting Control go and pressing it again in between.
            DetachRow(
                [
                    (0, esc + "[57442;5:1u" + esc + "[92;5:1u" + esc + "[92;5:3u" + esc + "[57442;1:3u"),
                    (300, esc + "[57442;5:1u" + esc + "[92;5:1u"),
                ],
                esc + "[57442;5:1u", detaches: true),
            // xterm's modifyOtherKeys, and one of each kind.
            DetachRow([(0, esc + "[27;5;92~" + esc + "[27;5;92~")], "", detaches: true),
            DetachRow([(0, ctrl + esc + "[92;5u")], "", detaches: true),
            // Other keys and modifiers are none of ours.
            DetachRow([(0, esc + "[92;6u" + esc + "[92;6u")], esc + "[92;6u" + esc + "[92;6u"),
            DetachRow([(0, esc + "[92u" + esc + "[92u")], esc + "[92u" + esc + "[92u"),
            DetachRow([(0, esc + "[91;5u" + esc + "[91;5u")], esc + "[91;5u" + esc + "[91;5u"),
            DetachRow(
                [(0, esc + "[A" + esc + "OP" + esc + esc + "[1;5C")],
                esc + "[A" + esc + "OP" + esc + esc + "[1;5C"),
            DetachRow([(0, esc)], esc),
            DetachRow([(0, esc + "[")], esc + "["),
            DetachRow([(0, ctrl + esc)], ctrl + esc),
            DetachRow([(0, "é日" + ctrl), (5, "本")], "é日" + ctrl + "本"),
            DetachRow(
                [(0, esc + "[" + String(repeating: "1;", count: 40) + "u")],
                esc + "[" + String(repeating: "1;", count: 40) + "u"),
        ])
    func `two presses within a second detach, and nothing else is lost`(row: DetachRow) {
        let whole = play(row.input)
        #expect(whole.passed == row.passed)
        #expect(whole.detached == row.detaches)
        // The same in single bytes, which come at the same moment.
        let split = play(row.input.flatMap { moment, bytes in bytes.map { (moment, [$0]) } })
        #expect(split.passed == row.passed)
        #expect(split.detached == row.detaches)
    }

    @Test func `a lone escape is passed on after twenty milliseconds`() {
        var keys = DetachKeys()
        #expect(keys.take([0x1B], atNs: 0) == .init())
        #expect(keys.deadlineNs == DetachKeys.sequenceNs)
        #expect(keys.expire(atNs: DetachKeys.sequenceNs - 1) == [])
        #expect(keys.expire(atNs: DetachKeys.sequenceNs) == [0x1B])
        #expect(keys.deadlineNs == nil)
    }

    @Test func `nothing is held back and no timer runs while no such key was pressed`() {
        var keys = DetachKeys()
        #expect(
            keys.take(Array("plain \u{1B}[A text".utf8), atNs: 5).pass == Array("plain \u{1B}[A text".utf8))
        #expect(keys.deadlineNs == nil)
    }

    /// Plays what was typed, with the timer, until two seconds after the last.
    private func play(_ input: [(Int64, [UInt8])]) -> (passed: [UInt8], detached: Bool) {
        var keys = DetachKeys()
        var passed: [UInt8] = []
        for (ms, bytes) in input {
            runTimers(&keys, until: ms * 1_000_000, &passed)
            let outcome = keys.take(bytes, atNs: ms * 1_000_000)
            passed += outcome.pass
            if outcome.detaches { return (passed, true) }
        }
        runTimers(&keys, until: .max, &passed)
        return (passed, false)
    }

    private func runTimers(_ keys: inout DetachKeys, until ns: Int64, _ passed: inout [UInt8]) {
        while let due = keys.deadlineNs, due <= ns { passed += keys.expire(atNs: due) }
    }
}
