public import Agents
internal import FoundationEssentials
internal import Glibc
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
}
