internal import Agents
internal import Linux
public import SessionModel
public import Store

/// What a session that came from elsewhere goes on with; the supervisor takes it when it makes the session.
public struct Arrival: Codable, Equatable, Sendable {
    /// Its conversation, where that is here; nil begins one.
    public var conversation: String?
    /// The program whose it is.
    public var kind: AgentKind?
    /// The last of its checkpoints, which is another session's.
    public var checkpoint: String?

    /// What a session that `spec` wants goes on with.
    public init(conversation: String?, of spec: SessionSpec, checkpoint: String?) {
        self.conversation = conversation
        self.checkpoint = checkpoint
        kind = conversation == nil ? nil : AgentPrograms.program(of: spec).kind
    }

    /// Has the next session of this name go on with it.
    public func note(for name: SessionName, in folder: borrowing PrivateFolder) throws {
        try MachineFile.write(self, to: name.text, in: folder.folder.makeFolder(FileNames.arrived))
    }

    /// Takes such a note back.
    public static func forget(_ name: SessionName, in folder: borrowing PrivateFolder) {
        try? folder.folder.folder(FileNames.arrived).remove(name.text)
    }

    /// What the new session `name` goes on with; told once.
    static func taken(_ name: SessionName, in folder: borrowing PrivateFolder) -> Arrival? {
        guard let notes = try? folder.folder.folder(FileNames.arrived),
            let arrival = try? MachineFile.read(Arrival.self, from: name.text, in: notes)
        else { return nil }
        try? notes.remove(name.text)
        guard let id = arrival.conversation, !Conversations.isValid(id) else { return arrival }
        return nil
    }

    /// The checkpoint of another session with which the session's own go on; nil where they began anew.
    public static func adopted(
        by name: SessionName, in folder: borrowing PrivateFolder
    ) throws -> String? {
        guard let own = try folder.session(name) else { return nil }
        return try MachineFile.read(SessionRecord.self, from: FileNames.record, in: own)?.adopted
    }
}
