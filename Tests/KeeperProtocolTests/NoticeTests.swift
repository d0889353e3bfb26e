import KeeperProtocol
import Testing

@Suite struct NoticeTests {
    static let printed =
        "a\u{1B}]0;✳ one\u{7}\u{1B}[31mb\u{1B}]7501;state=idle:app=x\u{1B}\\\u{1B}]7501;?\u{1B}\\"
        + "\u{1B}]2;two\u{1B}\\\u{1B}]133;A;k=i\u{7}\u{1B}]133;B\u{7}\u{1B}]1;icon\u{7}\u{1B}cend"

    static let notices: [LocatedNotice] = [
        located(1, .title(Array("✳ one".utf8))), located(19, .programReport(Array("state=idle:app=x".utf8))),
        located(54, .title(Array("two".utf8))), located(63, .promptBegan), located(92, .reset),
    ]

    static func located(_ offset: Int64, _ notice: TerminalNotice) -> LocatedNotice {
        LocatedNotice(offset: offset, notice: notice)
    }

    @Test func `notices are found with their places however the stream is cut`() {
        let bytes = Array(Self.printed.utf8)
        for size in 1...bytes.count {
            var queries = TerminalQueries(at: 100)
            var found: [LocatedNotice] = []
            var shown: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                shown += queries.shown(of: Array(bytes[start..<min(start + size, bytes.count)]))
                found += queries.takeNotices()
            }
            let expected = Self.notices.map { Self.located($0.offset + 100, $0.notice) }
            #expect(found == expected, "in pieces of \(size)")
            let all = String(decoding: shown, as: UTF8.self)
            #expect(all == Self.printed.replacing("\u{1B}]7501;?\u{1B}\\", with: ""))
        }
    }

    @Test func `the longest report is found, and one that never ends passes`() {
        var queries = TerminalQueries()
        let longest = "\u{1B}]7501;state=idle:x=\(String(repeating: "y", count: 4083))\u{1B}\\"
        for byte in longest.utf8 { _ = queries.shown(of: [byte]) }
        #expect(queries.takeNotices().count == 1)
        let endless = Array("\u{1B}]7501;state=\(String(repeating: "y", count: 9000))".utf8)
        #expect(queries.shown(of: endless).count > 4000)
        #expect(queries.takeNotices().isEmpty)
        #expect(queries.heldCount <= TerminalQueries.heldBytesMax)
    }
}
