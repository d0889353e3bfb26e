internal import FoundationEssentials
public import SessionModel

/// What an agent's hook was given: an event of Claude Code's hooks, whose form Codex shares.
///
/// A stranger's word: whoever runs in the session can send one.
public struct HookEvent: Equatable, Sendable {
    /// Names of events that mean something here; others are passed over.
    public enum Name: String, CaseIterable, Sendable {
        case sessionStart = "SessionStart"
        case userPromptSubmit = "UserPromptSubmit"
        case permissionRequest = "PermissionRequest"
        case notification = "Notification"
        case stop = "Stop"
        case sessionEnd = "SessionEnd"
    }

    /// What happened.
    public var name: Name
    /// The agent's own name for its conversation: a UUID, since it becomes an argument of the agent's.
    public var conversation: String?
    /// The file that keeps the conversation.
    public var transcriptPath: String?
    /// The folder that the agent is in.
    public var folder: String?
    /// The tool that is to be used.
    public var toolName: String?
    /// What it is to be used with.
    public var toolInput: [String: JSONValue] = [:]
    /// What a notification is of.
    public var notification: String?
    /// What the agent was asked to do.
    public var prompt: String?

    private struct Content: Decodable {
        var hook_event_name: String?
        var session_id: String?
        var transcript_path: String?
        var cwd: String?
        var tool_name: String?
        var tool_input: [String: JSONValue]?
        var notification_type: String?
        var prompt: String?
    }

    /// An event that says no more than its name.
    public init(_ name: Name) { self.name = name }

    /// Reads what a hook got on its standard input; nil when it means nothing here.
    public init?(json bytes: [UInt8]) {
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)),
            let name = content.hook_event_name.flatMap(Name.init)
        else { return nil }
        self.name = name
        conversation = content.session_id.flatMap { UUID(uuidString: $0) == nil ? nil : $0 }
        transcriptPath = content.transcript_path
        folder = content.cwd.flatMap { $0.hasPrefix("/") ? $0 : nil }
        toolName = content.tool_name
        toolInput = content.tool_input ?? [:]
        notification = content.notification_type
        prompt = content.prompt
    }
}
