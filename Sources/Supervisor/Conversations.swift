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

    /// Milliseconds after its start in which an agent begins its conversation.
    private static let beginningMs: Int64 = 30_000
    /// Bytes of a conversation's first line; Codex's holds its instructions.
    private static let lineBytesMax = 1 << 20

    /// The conversation that `program` began in `folder` when it was started at `moment`, by its own files; nil unless
    /// there is exactly one.
    static func begun(
        by program: any AgentProgram, in folder: String, at moment: Timestamp, _ environment: [String: String]
    ) -> SessionRecord.Conversation? {
        var found: [SessionRecord.Conversation] = []
        for path in program.conversationFolders(begunAt: moment, environment: environment) {
            guard let place = try? Folder(at: path), let names = try? place.names() else { continue }
            for name in names where name.hasSuffix(".jsonl") {
                guard let file = try? place.open(name, O_RDONLY), let status = try? file.status(),
                    status.kind == .file, status.modifiedNs / 1_000_000 >= moment.ms,
                    let bytes = try? file.read(at: 0, most: lineBytesMax),
                    let line = bytes.split(separator: 0x0A, maxSplits: 1).first,
                    let begun = program.conversation(begunBy: Array(line)), begun.folder == folder,
                    (0..<beginningMs).contains(begun.at.ms - moment.ms)
                else { continue }
                found.append(
                    SessionRecord.Conversation(id: begun.id, path: "\(path)/\(name)", kind: program.kind))
            }
        }
        return found.count == 1 ? found[0] : nil
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
