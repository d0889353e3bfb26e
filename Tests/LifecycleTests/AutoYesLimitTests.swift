import Lifecycle
import Testing

@Suite struct AutoYesLimitTests {
    @Test func `the last of 200 answers in a row says so, and a person begins a new row`() {
        var limit = AutoYesLimit()
        for number in 1..<AutoYesLimit.inRowMax { #expect(limit.count("\(number)", atMs: 0) == nil) }
        limit.personDecided()
        for number in 1..<AutoYesLimit.inRowMax { #expect(limit.count("again \(number)", atMs: 0) == nil) }
        #expect(limit.count("x", atMs: 0) == "200 answers were given in a row")
    }

    @Test(
        "the same call counts as often as it comes within a minute",
        arguments: [([0, 1, 2, 3, 4], true), ([0, 1, 2, 3, 59_999], true), ([0, 1, 2, 3, 60_000], false)])
    func same(_ times: [Int64], _ isStopped: Bool) {
        var limit = AutoYesLimit()
        for time in times.dropLast() {
            #expect(limit.count("a", atMs: time) == nil)
            #expect(limit.count("other at \(time)", atMs: time) == nil)
        }
        #expect((limit.count("a", atMs: times[4]) != nil) == isStopped)
    }
}
