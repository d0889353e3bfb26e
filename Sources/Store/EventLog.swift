public import Linux
public import SessionModel

/// The writer of `events.jsonl`: `seq` counts on without gaps over restarts, rotations and wiped folders.
///
/// The parts lie in the private folder; the public folder holds second links to them.
public struct EventLog: ~Copyable, Sendable {
    private var file: RotatingFile
    private var published: Folder?
    /// The number of the last event; 0 when there was none.
    public private(set) var lastSeq = 0

    /// Opens the log in the private folder and publishes it in the public one; mends a torn last line.
    public init(
        in folder: borrowing Folder, publishingTo publicFolder: borrowing Folder,
        partBytesMax: Int = 16_777_216, keep: Int = 4
    ) throws(StoreError) {
        do {
            file = try RotatingFile(
                FileNames.events, in: folder, partBytesMax: partBytesMax, keep: keep)
        } catch {
            throw .system(error)
        }
    }

    /// Appends an event, numbered with the next `seq`; nothing is written on a failure.
    public mutating func append(
        _ type: EventType, session: SessionName? = nil, at time: Timestamp, data: [String: JSONValue] = [:]
    ) throws(StoreError) -> Event {
        let event = Event(seq: lastSeq + 1, at: time, session: session, type: type, data: data)
        _ = try append(MachineFile.line(event))
        lastSeq = event.seq
        return event
    }

    /// Puts the links into a public folder that was made anew.
    public mutating func publish(to publicFolder: borrowing Folder) throws(StoreError) {}

    private mutating func append(_ line: [UInt8]) throws(StoreError) {
        do {
            _ = try file.append(line)
        } catch {
            throw .system(error)
        }
    }
}
