internal import Agents
internal import FoundationEssentials
internal import Glibc
public import Linux
public import SessionModel
public import Store

/// Agents' own conversations, for whoever carries a session elsewhere.
public enum Conversations {
    /// Bytes of a note that can't be ours.
    private static let noteMax = 256

    /// The conversation that a session is in; nil when it never was in one.
    public static func id(of name: SessionName, in folder: borrowing PrivateFolder) throws -> String? {
        guard let own = try folder.session(name),
            let record = try MachineFile.read(SessionRecord.self, from: FileNames.record, in: own)
        else { return nil }
        return record.conversation?.id
    }

    /// Where the agent that `arguments` start in `folder` keeps a conversation; nil when that isn't known.
    public static func path(
        of id: String, arguments: [String], folder: String, environment: [String: String]
    ) -> String? {
        // The id becomes a part of a path and of an argument vector.
        guard isValid(id) else { return nil }
        return AgentPrograms.program(of: arguments)
            .conversationFiles(id, folder: folder, environment: environment).first
    }

    /// Whether a text is the id of one: a UUID.
    public static func isValid(_ id: String) -> Bool { UUID(uuidString: id) != nil }

    /// Has the next session of this name go on with a conversation that came from elsewhere.
    public static func note(
        _ id: String, for name: SessionName, in folder: borrowing PrivateFolder
    ) throws(SystemError) {
        try folder.folder.makeFolder(FileNames.arrived).replace(
            name.text, with: Array(id.utf8), durable: true)
    }

    /// The conversation that the new session `name` goes on with; told once.
    static func taken(_ name: SessionName, in folder: borrowing PrivateFolder) -> SessionRecord.Conversation?
    {
        guard let notes = try? folder.folder.folder(FileNames.arrived),
            let bytes = try? notes.read(name.text, most: noteMax)
        else { return nil }
        try? notes.remove(name.text)
        let id = String(decoding: bytes, as: UTF8.self)
        return isValid(id) ? SessionRecord.Conversation(id: id) : nil
    }
}
