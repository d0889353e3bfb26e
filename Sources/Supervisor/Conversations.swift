public import Agents
internal import FoundationEssentials
internal import Linux
public import SessionModel
public import Store

/// Agents' own conversations, for whoever carries a session elsewhere.
public enum Conversations {
    /// The conversation that a session's agent, as `spec` wants it, goes on with; nil when it never was in one.
    public static func id(
        of name: SessionName, _ spec: SessionSpec, in folder: borrowing PrivateFolder
    ) throws -> String? {
        guard let own = try folder.session(name),
            let record = try MachineFile.read(SessionRecord.self, from: FileNames.record, in: own),
            let conversation = record.conversation
        else { return nil }
        return (conversation.kind ?? .claude) == AgentPrograms.program(of: spec).kind ? conversation.id : nil
    }

    /// Where the agent that `spec` wants keeps a conversation when it starts in `folder`; nil when that isn't known.
    public static func place(
        of id: String, _ spec: SessionSpec, folder: String, environment: [String: String]
    ) -> ConversationPlace? {
        // The id becomes a part of a path and of an argument vector.
        guard isValid(id) else { return nil }
        return AgentPrograms.program(of: spec).conversationPlace(id, folder: folder, environment: environment)
    }

    /// The absolute path of the file that is there; nil when none is.
    public static func file(in place: ConversationPlace) -> String? {
        for path in place.folders {
            guard let names = try? Folder.openIfThere(at: path)?.names(), let name = place.file(among: names)
            else { continue }
            return "\(path)/\(name)"
        }
        return nil
    }

    /// Whether a text is the id of one: a UUID.
    public static func isValid(_ id: String) -> Bool { UUID(uuidString: id) != nil }
}
