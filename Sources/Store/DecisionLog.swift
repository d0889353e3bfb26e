public import Linux
public import SessionModel

/// The writer of `decisions.jsonl`; the parts lie in the private session folder, second links in the public one.
public struct DecisionLog: ~Copyable {
    /// Bytes of a part past which the next is begun.
    private static let partBytesMax = 16_777_216
    /// How many older parts are kept.
    private static let keep = 4
    /// Bytes of a line past which a call's input is left out.
    private static let lineBytesMax = 1_048_576

    private var file: RotatingFile
    private let published: Folder

    /// Opens the log of a session.
    public init(
        in folder: borrowing Folder, publishingTo publicFolder: borrowing Folder
    ) throws(StoreError) {
        let file = try calling { () throws(SystemError) in
            try RotatingFile(
                FileNames.decisions, in: folder, partBytesMax: DecisionLog.partBytesMax,
                keep: DecisionLog.keep)
        }
        published = try calling { () throws(SystemError) in try publicFolder.duplicate() }
        self.file = file
    }

    /// Appends a decision.
    public mutating func append(_ decision: LoggedDecision) throws(StoreError) {
        var line = try MachineFile.line(decision)
        if line.count > DecisionLog.lineBytesMax {
            var short = decision
            (short.input, short.commands) = (nil, nil)
            line = try MachineFile.line(short)
        }
        do {
            _ = try file.append(line)
            try RotatingFile.publish(file, to: published)
        } catch {
            throw .system(error)
        }
    }

    /// Every decision that is kept, oldest first; lines that aren't whole are passed over.
    public static func read(in folder: borrowing Folder) throws(StoreError) -> [LoggedDecision] {
        do throws(SystemError) {
            var all: [LoggedDecision] = []
            for part in try FileParts.list(FileNames.decisions, in: folder) {
                guard let open = try OpenPart(FileNames.decisions, part.number, in: folder) else { continue }
                let bytes = try open.file.read(at: 0, most: Int(part.size))
                all += bytes.split(separator: 0x0A).compactMap {
                    try? MachineFile.decode(LoggedDecision.self, from: Array($0), name: FileNames.decisions)
                }
            }
            return all
        } catch {
            throw .system(error)
        }
    }
}
