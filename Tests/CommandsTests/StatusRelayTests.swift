import Agents
import SessionModel
import Testing

@testable import Commands

/// An agent's reports on the person's own terminal.
@Suite struct StatusRelayTests {
    private func relay() throws -> StatusRelay { StatusRelay(try #require(SessionName("fix")), atNs: 0) }

    private func typed(_ text: String, _ relay: inout StatusRelay) -> String {
        String(decoding: relay.inquiry.typed(Array(text.utf8), atNs: 1), as: UTF8.self)
    }

    private func shown(_ text: String, _ relay: StatusRelay) -> String {
        String(decoding: relay.shown(Array(text.utf8)), as: UTF8.self)
    }

    @Test func `both answers are taken out of what is typed, in any pieces, and nothing else`() throws {
        let answers = "\u{1B}]7501;?\u{1B}\\\u{1B}[?62;22c"
        let all = "a" + answers + "b\u{1B}[A"
        for cut in 0...all.utf8.count {
            var relay = try relay()
            let bytes = Array(all.utf8)
            // A lone ESC is passed on at once, as a key.
            guard cut == 0 || cut == bytes.count || bytes[cut - 1] != 0x1B else { continue }
            let one = relay.inquiry.typed(Array(bytes[..<cut]), atNs: 1)
            let two = relay.inquiry.typed(Array(bytes[cut...]), atNs: 2)
            #expect(String(decoding: one + two, as: UTF8.self) == "ab\u{1B}[A", "\(cut)")
            #expect(relay.inquiry.isSpoken && relay.inquiry.deadlineNs == nil)
        }
        var relay = try relay()
        #expect(typed("\u{1B}[?62c\u{1B}[?1;2c", &relay) == "\u{1B}[?1;2c")
        #expect(!relay.inquiry.isSpoken)
    }

    @Test func `what no answer came of is typed after all`() throws {
        var relay = try relay()
        #expect(typed("x\u{1B}[?6", &relay) == "x")
        #expect(relay.inquiry.expire(atNs: 1) == [])
        #expect(relay.inquiry.expire(atNs: TerminalInquiry.patienceNs) == Array("\u{1B}[?6".utf8))
        #expect(relay.inquiry.deadlineNs == nil)
    }

    @Test func `reports become records below the session, or are left out`() throws {
        var relay = try relay()
        let output = "a\u{1B}]7501;state=idle:app=x\u{1B}\\b\u{1B}]7501;state=working:id=sub/1\u{7}c\u{1B}[m"
        #expect(shown(output, relay) == "abc\u{1B}[m")
        #expect(relay.leaving == [])
        _ = typed("\u{1B}]7501;?\u{1B}\\\u{1B}[?62c", &relay)
        #expect(
            shown(output, relay)
                == "a\u{1B}]7501;id=fix:state=idle:app=x\u{1B}\\b"
                + "\u{1B}]7501;id=fix/sub/1:state=working\u{1B}\\c\u{1B}[m")
        // What is no report, or would become too deep, is nothing.
        let deep = (1...8).map { "\($0)" }.joined(separator: "/")
        #expect(shown("\u{1B}]7501;state=odd\u{7}\u{1B}]7501;state=idle:id=\(deep)\u{7}", relay) == "")
        #expect(String(decoding: relay.leaving, as: UTF8.self) == "\u{1B}]7501;id=fix:state=clear\u{1B}\\")
    }
}
