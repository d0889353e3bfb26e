internal import Glibc
public import Linux
public import SessionModel

/// The writer of `events.jsonl`: `seq` counts on without gaps over restarts, rotations and wiped folders.
///
/// The parts lie in the private folder; the public folder holds second links to them.
public struct EventLog: ~Copyable, Sendable {
    /// Bytes at the end of a part in which its last event is looked for.
    private static let tailMax = 4_194_304

    private var file: RotatingFile
    private var published: Folder
    /// The number of the last event; 0 when there was none.
    public private(set) var lastSeq = 0

    /// Opens the log in the private folder and publishes it in the public one; mends a torn last line.
    public init(
        in folder: borrowing Folder, publishingTo publicFolder: borrowing Folder,
        partBytesMax: Int = 16_777_216, keep: Int = 4
    ) throws(StoreError) {
        let file = try calling { () throws(SystemError) in
            try Self.mended(
                try RotatingFile(FileNames.events, in: folder, partBytesMax: partBytesMax, keep: keep))
        }
        let last = try calling { () throws(SystemError) in try Self.lastSeq(in: folder) }
        let published = try calling { () throws(SystemError) in try publicFolder.duplicate() }
        try calling { () throws(SystemError) in try RotatingFile.publish(file, to: published) }
        self.file = file
        self.published = published
        lastSeq = last
    }

    /// Appends an event, numbered with the next `seq`; nothing is written on a failure.
    public mutating func append(
        _ type: EventType, session: SessionName? = nil, at time: Timestamp, data: [String: JSONValue] = [:]
    ) throws(StoreError) -> Event {
        let event = Event(seq: lastSeq + 1, at: time, session: session, type: type, data: data)
        let isRotated = try append(MachineFile.line(event))
        lastSeq = event.seq
        // The event is written; a link that is missing is put back by `publish(to:)`.
        if isRotated { try? RotatingFile.publish(file, to: published) }
        return event
    }

    /// Puts the links into a public folder that was made anew.
    public mutating func publish(to publicFolder: borrowing Folder) throws(StoreError) {
        published = try calling { () throws(SystemError) in try publicFolder.duplicate() }
        try calling { () throws(SystemError) in try RotatingFile.publish(file, to: published) }
    }

    private mutating func append(_ line: [UInt8]) throws(StoreError) -> Bool {
        do {
            return try file.append(line)
        } catch {
            throw .system(error)
        }
    }

    /// Ends a last line whose newline is missing, and cuts one that is no event.
    private static func mended(_ log: consuming RotatingFile) throws(SystemError) -> RotatingFile {
        var file = log
        let start = max(0, file.size - Int64(tailMax))
        let tail = try file.read(at: start, most: tailMax)
        guard let last = tail.last, last != 0x0A else { return file }
        let lineStart = tail.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let isWhole = lineStart == 0 && start > 0 || EventLine.read(tail[lineStart...]) != nil
        if isWhole { try file.write([0x0A]) } else { try file.truncate(to: start + Int64(lineStart)) }
        return file
    }

    /// The number of the last event in the newest part that holds one; 0 when none does.
    private static func lastSeq(in folder: borrowing Folder) throws(SystemError) -> Int {
        for part in try FileParts.list(FileNames.events, in: folder).reversed() {
            guard let open = try OpenPart(FileNames.events, part.number, in: folder) else { continue }
            let start = max(0, part.size - Int64(tailMax))
            let tail = try open.file.read(at: start, most: tailMax)
            for line in tail.split(separator: 0x0A).reversed() {
                if let event = EventLine.read(line) { return event.seq }
            }
        }
        return 0
    }
}
