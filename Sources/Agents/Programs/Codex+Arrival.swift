internal import FoundationEssentials
internal import SessionModel

/// What is let in of a conversation that came from elsewhere: what was said, and nothing that decides what may be done.
///
/// A conversation that is gone on with brings its approval policy, sandbox and writable folders along, and these go
/// before the person's own settings (version 0.163.0).
extension Codex {
    /// Lines of a file by their `type`, and of events by that of their `payload`.
    private static let types: Set = ["session_meta", "response_item", "compacted", "event_msg"]
    private static let events: Set = [
        "user_message", "agent_message", "agent_reasoning", "item_completed", "task_started", "task_complete",
        "turn_aborted", "context_compacted", "thread_rolled_back", "thread_name_updated",
    ]
    /// What the first line may tell of the conversation.
    private static let about: Set = [
        "session_id", "id", "timestamp", "cwd", "originator", "cli_version", "source", "thread_source",
        "model_provider", "history_mode",
    ]

    func arriving(_ conversation: [UInt8]) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var kept: [UInt8] = []
        for line in conversation.split(separator: 0x0A) {
            // Written anew, so that Codex reads in it what was read here.
            guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(line)),
                let said = Self.said(value), let text = try? encoder.encode(said)
            else { continue }
            kept += text + [0x0A]
        }
        return kept
    }

    /// What of a line is let in; nil when nothing is.
    private static func said(_ line: JSONValue) -> JSONValue? {
        guard case .object(var parts) = line, case .string(let type)? = parts["type"], types.contains(type),
            case .object(let payload)? = parts["payload"]
        else { return nil }
        switch type {
        case "session_meta": parts["payload"] = .object(payload.filter { about.contains($0.key) })
        case "event_msg":
            guard case .string(let event)? = payload["type"], events.contains(event) else { return nil }
        // What its own program told the model there, of what it may do.
        case "response_item":
            if [.string("developer"), .string("system")].contains(payload["role"]) { return nil }
        default: break
        }
        return .object(parts)
    }
}
