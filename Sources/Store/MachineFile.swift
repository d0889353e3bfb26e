internal import FoundationEssentials
internal import Glibc
public import Linux
public import SessionModel

/// Files that claudia writes and reads itself.
///
/// JSON with keys sorted and slashes bare, so the same state is the same bytes.
public enum MachineFile {
    /// Bytes past which a file can't be one of claudia's own.
    public static let sizeMax = 16_777_216

    /// The content of a file: on many lines, with a newline at the end.
    public static func content(_ value: some Encodable) throws(StoreError) -> [UInt8] {
        try encode(value, [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    }

    /// One line of a file of lines, with its newline.
    public static func line(_ value: some Encodable) throws(StoreError) -> [UInt8] {
        try encode(value, [.sortedKeys, .withoutEscapingSlashes])
    }

    /// Reads what `content` or `line` wrote; `name` names the file in the error.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8], name: String
    ) throws(StoreError) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(bytes))
        } catch {
            throw .damaged(name, reason(error))
        }
    }

    /// Replaces the file `name`, so that after a power cut too it is the old or the new.
    public static func write(
        _ value: some Encodable, to name: String, in folder: borrowing Folder
    ) throws(StoreError) {
        let bytes = try content(value)
        try calling { () throws(SystemError) in try folder.replace(name, with: bytes, durable: true) }
    }

    /// Replaces the file `name` at once, without waiting for the disk: for what can be found out again.
    public static func writeQuickly(
        _ value: some Encodable, to name: String, in folder: borrowing Folder
    ) throws(StoreError) {
        let bytes = try content(value)
        try calling { () throws(SystemError) in try folder.replace(name, with: bytes, durable: false) }
    }

    /// Reads the file `name`; nil when it isn't there.
    public static func read<Value: Decodable>(
        _ type: Value.Type, from name: String, in folder: borrowing Folder
    ) throws(StoreError) -> Value? {
        let bytes: [UInt8]
        do {
            bytes = try folder.read(name, most: sizeMax)
        } catch {
            if error.number == ENOENT { return nil }
            throw .system(error)
        }
        return try decode(type, from: bytes, name: name)
    }

    private static func encode(
        _ value: some Encodable, _ form: JSONEncoder.OutputFormatting
    ) throws(StoreError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = form
        do {
            return Array(try encoder.encode(value)) + [0x0A]
        } catch {
            throw .damaged("\(type(of: value))", "can't be written as JSON")
        }
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "\(error)" }
        func place(_ context: DecodingError.Context) -> String {
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        }
        return switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            place(context)
        case .keyNotFound(let key, _): "the key \(key.stringValue) is missing"
        @unknown default: "\(error)"
        }
    }
}

extension PublicFolder {
    /// Writes `status.json` of a session; not synced, since it can be found out again.
    ///
    /// Into a folder that is there: one made here, after a wipe, would look like an `rm` of the session file.
    public borrowing func writeStatus(_ status: SessionStatus) throws(StoreError) {
        guard let folder = try session(status.name) else { return }
        try MachineFile.writeQuickly(status, to: FileNames.status, in: folder)
    }

    /// What is true of a session; nil when no `status.json` is there.
    public borrowing func readStatus(_ name: SessionName) throws(StoreError) -> SessionStatus? {
        guard let folder = try session(name) else { return nil }
        return try MachineFile.read(SessionStatus.self, from: FileNames.status, in: folder)
    }

    /// Writes `supervisor.json`.
    public borrowing func writeSupervisor(_ status: SupervisorStatus) throws(StoreError) {
        try MachineFile.writeQuickly(status, to: FileNames.supervisorStatus, in: folder)
    }

    /// What was last true of the supervisor; nil when no `supervisor.json` is there.
    public borrowing func readSupervisor() throws(StoreError) -> SupervisorStatus? {
        try MachineFile.read(SupervisorStatus.self, from: FileNames.supervisorStatus, in: folder)
    }
}

extension PrivateFolder {
    /// How a session's agent ended; nil when no `exit.json` is there.
    public borrowing func readExit(_ name: SessionName) throws(StoreError) -> ExitStatus? {
        guard let folder = try session(name) else { return nil }
        return try MachineFile.read(ExitStatus.self, from: FileNames.exit, in: folder)
    }
}
