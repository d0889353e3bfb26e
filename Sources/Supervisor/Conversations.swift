public import Agents
internal import FoundationEssentials
internal import Glibc
public import Linux
public import SessionModel
public import Store

/// Agents' own conversations, for whoever carries a session elsewhere.
public enum Conversations {
    /// Bytes of a note that can't be ours.
    private static let noteMax = 256

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

    /// Has the next session of this name go on with a conversation that came from elsewhere.
    public static func note(
        _ id: String, _ spec: SessionSpec, for name: SessionName, in folder: borrowing PrivateFolder
    ) throws(SystemError) {
        let kind = AgentPrograms.program(of: spec).kind
        try folder.folder.makeFolder(FileNames.arrived).replace(
            name.text, with: Array("\(kind.rawValue) \(id)".utf8), durable: true)
    }

    /// Takes such a note back.
    public static func forget(_ name: SessionName, in folder: borrowing PrivateFolder) {
        try? folder.folder.folder(FileNames.arrived).remove(name.text)
    }

    /// The conversation that the new session `name` goes on with; told once.
    static func taken(_ name: SessionName, in folder: borrowing PrivateFolder) -> SessionRecord.Conversation?
    {
        guard let notes = try? folder.folder.folder(FileNames.arrived),
            let bytes = try? notes.read(name.text, most: noteMax)
        else { return nil }
        try? notes.remove(name.text)
        let words = String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
        guard words.count == 2, let kind = AgentKind(rawValue: words[0]), isValid(words[1]) else {
            return nil
        }
        return SessionRecord.Conversation(id: words[1], kind: kind)
    }
}
