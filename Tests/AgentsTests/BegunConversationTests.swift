import Agents
import SessionModel
import Testing

/// Conversations that an agent's own files tell of.
@Suite struct BegunConversationTests {
    private let codex = AgentPrograms.program(of: ["codex"])
    private static let id = "01a223aa-47a6-7663-8a5d-5103e9ee8cc2"

    private func line(
        id: String = Self.id, at: String = "2026-11-28T19:38:11.842Z", source: String = "\"cli\"",
        type: String = "session_meta"
    ) -> [UInt8] {
        let payload = #"{"id":"\#(id)","timestamp":"\#(at)","cwd":"/r","source":\#(source),"more":{}}"#
        return Array(#"{"timestamp":"x","type":"\#(type)","payload":\#(payload)}"#.utf8)
    }

    @Test func `a file's first line tells which it is, where and when it began`() throws {
        let begun = try #require(codex.conversation(begunBy: line()))
        #expect(begun.id == Self.id && begun.folder == "/r")
        #expect(begun.at == Timestamp("2026-11-28T19:38:11.842Z"))
    }

    @Test func `what no person began in a terminal, or can't be understood, is none`() {
        for line in [
            line(id: "--last"), line(at: "today"), line(source: "\"exec\""),
            line(source: #"{"subagent":"x"}"#),
            line(type: "turn"), [], Array("{}".utf8),
        ] { #expect(codex.conversation(begunBy: line) == nil) }
        #expect(AgentPrograms.program(of: ["other"]).conversation(begunBy: line()) == nil)
    }

    @Test func `its folder has the date of the day, by whatever clock`() throws {
        let moment = try #require(Timestamp("2026-11-30T23:10:00.000Z"))
        #expect(
            codex.conversationFolders(begunAt: moment, environment: ["CODEX_HOME": "/c", "HOME": "/h"])
                == ["/c/sessions/2026/11/30", "/c/sessions/2026/11/29", "/c/sessions/2026/12/01"])
        #expect(
            codex.conversationFolders(begunAt: moment, environment: ["HOME": "/h"])[0].hasPrefix("/h/.codex/")
        )
        #expect(codex.conversationFolders(begunAt: moment, environment: [:]) == [])
    }
}
