import SessionModel
import Testing

@Suite struct TimestampTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let ms: Int64
        let text: String
        let compact: String
        var testDescription: String { text }
    }

    /// Milliseconds by `date -u -d TEXT +%s%3N`.
    static let rows = [
        Row(ms: 0, text: "1970-01-01T00:00:00.000Z", compact: "19700101T000000Z"),
        Row(ms: 951_782_399_999, text: "2000-02-28T23:59:59.999Z", compact: "20000228T235959Z"),
        Row(ms: 951_782_400_000, text: "2000-02-29T00:00:00.000Z", compact: "20000229T000000Z"),
        Row(ms: 1_709_164_800_001, text: "2024-02-29T00:00:00.001Z", compact: "20240229T000000Z"),
        Row(ms: 4_107_542_400_000, text: "2100-03-01T00:00:00.000Z", compact: "21000301T000000Z"),
        Row(ms: -1, text: "1969-12-31T23:59:59.999Z", compact: "19691231T235959Z"),
    ]

    @Test("a moment is written as RFC 3339 and read back", arguments: rows)
    func roundTrip(_ row: Row) {
        let time = Timestamp(ms: row.ms)
        #expect(time.description == row.text)
        #expect(time.compact == row.compact)
        #expect(Timestamp(row.text) == time)
    }

    @Test(
        "what isn't written so is no moment",
        arguments: [
            "", "now", "2026-11-22", "2026-11-22T18:15:44Z", "2026-11-22 18:15:44.123Z",
            "2026-13-22T18:15:44.123Z", "2026-11-00T18:15:44.123Z", "2026-11-22T18:15:44.123+",
            "2026-11-22T18:15:4x.123Z",
        ])
    func refused(_ text: String) { #expect(Timestamp(text) == nil) }

    @Test func `every day of four hundred years comes back`() {
        let msPerDay: Int64 = 86_400_000
        for day in stride(from: Int64(-20_000), to: 130_000, by: 1) {
            let time = Timestamp(ms: day * msPerDay)
            guard Timestamp(time.description) == time else {
                Issue.record("day \(day) comes back as another")
                return
            }
        }
    }
}
