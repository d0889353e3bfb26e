import Agents
import Testing

/// Where one writes to an agent, as its screen shows it.
@Suite struct InputBoxTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        /// What stands behind the marker; the cursor is where `|` is.
        let box: String
        let isHeld: Bool
        var testDescription: String { "\(text.prefix(30)) / \(box.prefix(30))" }
        init(_ text: String, _ box: String, _ isHeld: Bool) {
            (self.text, self.box, self.isHeld) = (text, box, isHeld)
        }
    }

    private static let long = String(repeating: "word ", count: 200) + "end"

    static let rows: [Row] = [
        Row("say: hi", "say: hi|", true), Row("say: hi", "before say: hi|", true),
        Row("one\ntwo", "one\n  two|", true), Row("a b  c", "a\n  b c|", true), Row("é 中", "é 中|", true),
        Row("say: hi", "|", false), Row("say: hi", "say: ho|", false), Row("say: hi", "hi|", false),
        Row("say: hi", "say: hi there|", false), Row("say: hi", "say: |hi", false), Row("", "|", false),
        Row("say: hi", "say: hi| and what is suggested", false), Row(" ", "|", false),
        Row("say: hi", "[Pasted text #1]|", false), Row("a\nb\nc", "[Pasted text #1 +2 lines]|", false),
        Row("a\nb\nc\nd", "[Pasted text #1 +3 lines]|", true), Row(long, "[Pasted text #12]|", true),
        Row(long, "[Pasted text #12] more|", false), Row(long, "[Image #1]|", false),
        Row(long, String(long.suffix(80)) + "|", true), Row(long, "end|", false),
    ]

    /// As Claude Code 2.1.332 draws it.
    private static func screen(_ box: String) -> ShownScreen {
        let (before, after) = (box.prefix { $0 != "|" }, box.drop { $0 != "|" }.dropFirst())
        let rule = String(repeating: "─", count: 120)
        let above = "❯ an earlier one\n\n● said\n\n\(rule)\n"
        let below = "\n\(rule)\n  ? for shortcuts"
        return ShownScreens.screen("\(above)❯ \(before)\u{1B}7\(after)\(below)\u{1B}8")
    }

    @Test("what was typed is known where it still stands, to its end", arguments: rows)
    func held(_ row: Row) throws {
        let box = try #require(AgentPrograms.program(of: ["claude"]).inputBox)
        let isHeld = box.text(on: Self.screen(row.box)).map { box.isSame($0, as: row.text) } ?? false
        #expect(isHeld == row.isHeld)
    }

    @Test func `nothing stands where the cursor is in no box`() throws {
        let claude = try #require(AgentPrograms.program(of: ["claude"]).inputBox)
        for text in ["", "starting\n> say: hi", "say: hi", "  ❯ say: hi"] {
            #expect(claude.text(on: ShownScreens.screen(text)) == nil)
        }
        let codex = try #require(AgentPrograms.program(of: ["codex"]).inputBox)
        #expect(codex.text(on: ShownScreens.screen("• said\n\n› say: hi\n  there")) == "say:hithere")
        #expect(codex.isSame("[PastedContent1043chars]", as: Self.long))
        #expect(AgentPrograms.program(of: ["vim"]).inputBox == nil)
    }
}
