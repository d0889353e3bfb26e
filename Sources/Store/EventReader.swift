public import Linux
public import SessionModel

/// Reads `events.jsonl` over all its parts, and goes on as it grows.
public struct EventReader: ~Copyable, Sendable {
    /// One event as it stands in the file.
    public struct Line: Equatable, Sendable {
        /// The event's number.
        public let seq: Int
        /// The line, without its newline.
        public let bytes: [UInt8]
        /// The event; nil when it is of a type that isn't known here.
        public let event: Event?
    }

    /// Bytes that are read at once, and past which a line is none of claudia's.
    private static let readMax = 1_048_576

    private var follower: PartFollower
    private var lastSeq: Int

    /// Starts after the event `seq`; `folder` is the private one (the public one does too).
    public init(in folder: borrowing Folder, after seq: Int) throws(StoreError) {
        lastSeq = seq
        follower = try calling { () throws(SystemError) in try Self.position(in: folder, after: seq) }
    }

    /// The next events, at most about 1 MiB of them; empty when there are none now.
    ///
    /// To follow: watch the folder for `modified` and `created` by inotify, and call again. A last line that
    /// isn't whole yet waits; lines that are no events are skipped.
    public mutating func next() throws(StoreError) -> [Line] {
        do {
            while true {
                let bytes = try follower.peek(Self.readMax)
                if let end = bytes.lastIndex(of: 0x0A) {
                    follower.advance(end + 1)
                    let lines = bytes[..<end].split(separator: 0x0A).compactMap { EventLine.read($0) }
                        .filter { $0.seq > lastSeq }
                    lastSeq = lines.last?.seq ?? lastSeq
                    if !lines.isEmpty { return lines }
                } else if bytes.count == Self.readMax {
                    follower.advance(bytes.count)
                } else if try !follower.moveOn(seen: bytes.count) {
                    return []
                }
            }
        } catch {
            throw .system(error)
        }
    }

    /// Goes near the event after `seq`: to the last part that begins before it, and there by halving.
    private static func position(
        in folder: borrowing Folder, after seq: Int
    ) throws(SystemError) -> PartFollower {
        var follower = try PartFollower(FileNames.events, in: folder)
        guard seq > 0 else { return follower }
        for part in try FileParts.list(FileNames.events, in: folder).reversed() {
            guard let open = try OpenPart(FileNames.events, part.number, in: folder),
                open.inode == part.inode,
                let first = try EventLine.first(in: open.file, after: 0), first.seq <= seq
            else { continue }
            var (low, high) = (Int64(0), part.size)
            while high - low > Int64(EventLine.window) {
                let middle = (low + high) / 2
                guard let found = try EventLine.first(in: open.file, after: middle), found.offset < high
                else { break }
                if found.seq <= seq { low = found.offset } else { high = middle }
            }
            if try follower.open(part, at: low) { break }
        }
        return follower
    }
}

/// Lines of `events.jsonl`, as far as they are understood.
enum EventLine {
    /// Bytes in which the beginning of a line is looked for.
    static let window = 65_536

    private struct Number: Decodable {
        let seq: Int
    }

    /// The event of a line; nil when it is none.
    static func read(_ line: ArraySlice<UInt8>) -> EventReader.Line? {
        let bytes = Array(line)
        if let event = try? MachineFile.decode(Event.self, from: bytes, name: FileNames.events) {
            return EventReader.Line(seq: event.seq, bytes: bytes, event: event)
        }
        guard let number = try? MachineFile.decode(Number.self, from: bytes, name: FileNames.events) else {
            return nil
        }
        return EventReader.Line(seq: number.seq, bytes: bytes, event: nil)
    }

    /// The first whole line that begins after `offset` (at it, for 0) and is an event.
    static func first(
        in file: borrowing Descriptor, after offset: Int64
    ) throws(SystemError) -> (seq: Int, offset: Int64)? {
        let bytes = try file.read(at: offset, most: window)
        var start = 0
        if offset > 0 {
            guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
            start = end + 1
        }
        while let end = bytes[start...].firstIndex(of: 0x0A) {
            if let line = read(bytes[start..<end]) { return (line.seq, offset + Int64(start)) }
            start = end + 1
        }
        return nil
    }
}
