import Agents
import SessionModel
import Testing

/// Conversations that came from elsewhere.
@Suite struct ArrivalTests {
    private func arriving(_ lines: [String], _ program: String) -> [String] {
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let text = String(decoding: AgentPrograms.program(of: [program]).arriving(bytes), as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    @Test func `of codex's what was said comes in, and nothing that decides what may be done`() {
        let said = [
            #"{"payload":{"content":[],"type":"message"},"timestamp":"t","type":"response_item"}"#,
            #"{"payload":{"message":"x"},"type":"compacted"}"#,
            #"{"payload":{"type":"item_completed"},"type":"event_msg"}"#,
        ]
        let deciding = [
            #"{"type":"turn_context","payload":{"approval_policy":"never"}}"#,
            #"{"type":"event_msg","payload":{"type":"thread_settings_applied"}}"#,
            #"{"type":"response_item","payload":{"type":"message","role":"developer"}}"#,
            #"{"type":"event_msg","payload":[]}"#, #"{"type":"world_state","payload":{}}"#, "not JSON", "[]",
            #"{"payload":{}}"#,
        ]
        #expect(arriving(deciding + said, "codex") == said)
        #expect(
            arriving(
                [#"{"type":"session_meta","payload":{"id":"i","cwd":"/x","runtime_workspace_roots":["/"]}}"#],
                "codex") == [#"{"payload":{"cwd":"/x","id":"i"},"type":"session_meta"}"#])
        // Which of two is read is decided here.
        let twice = #"{"type":"response_item","type":"turn_context","payload":{"approval_policy":"never"}}"#
        for line in arriving([twice], "codex") { #expect(!line.contains("turn_context")) }
    }

    @Test func `claude's comes in as it is, since its start says what may be done`() {
        let lines = [#"{"type":"permission-mode","permissionMode":"bypassPermissions"}"#, "{"]
        #expect(arriving(lines, "claude") == lines)
    }
}
