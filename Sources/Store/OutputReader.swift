internal import Linux
public import SessionModel

/// Reads a session's `output.log` over all its parts, and goes on as it grows.
///
/// Offsets count the bytes that the terminal produced since the session began.
public struct OutputReader: ~Copyable, Sendable {
    /// Bytes that are read at once.
    private static let readMax = 65_536
    /// Rotations that may come between, before a read gives up.
    private static let triesMax = 8

    let folder: Folder
    private var follower: PartFollower

    /// Opens the log of `name`: by the first links in the private folder, else by the public ones.
    ///
    /// nil when the session has no log (yet).
    public init?(
        of name: SessionName, _ privateFolder: borrowing PrivateFolder, _ publicFolder: borrowing PublicFolder
    ) throws(StoreError) {
        if let folder = try privateFolder.session(name), try Self.hasLog(folder) {
            try self.init(in: folder)
        } else if let folder = try publicFolder.session(name), try Self.hasLog(folder) {
            try self.init(in: folder)
        } else {
            return nil
        }
    }

    /// Opens the log in a session's folder.
    init(in folder: borrowing Folder) throws(StoreError) {
        let own = try calling { () throws(SystemError) in try folder.duplicate() }
        follower = try calling { () throws(SystemError) in try PartFollower(FileNames.outputLog, in: folder) }
        self.folder = own
    }

    /// The offset of the first byte that is kept.
    public borrowing func start() throws(StoreError) -> Int64 { try layout().first?.start ?? 0 }

    /// The offset after the last byte.
    public borrowing func end() throws(StoreError) -> Int64 { try layout().last?.end ?? 0 }

    /// At most `count` bytes at `offset`, and where they really begin: later, when older ones are gone.
    public borrowing func read(
        at offset: Int64, most count: Int
    ) throws(StoreError) -> (offset: Int64, bytes: [UInt8]) {
        for _ in 0..<Self.triesMax {
            let parts = try layout()
            var first = max(offset, parts.first?.start ?? 0)
            var bytes: [UInt8] = []
            var isWhole = true
            for place in parts where place.end > first + Int64(bytes.count) && bytes.count < count {
                // Bytes are missing before this part, as after a power cut.
                if place.start > first + Int64(bytes.count) {
                    guard bytes.isEmpty else { break }
                    first = place.start
                }
                guard let open = try open(place) else {
                    isWhole = false
                    break
                }
                let inner = first + Int64(bytes.count) - place.start
                let most = min(count - bytes.count, Int(place.part.size - inner))
                bytes += try calling { () throws(SystemError) in try open.file.read(at: inner, most: most) }
            }
            if isWhole { return (first, bytes) }
        }
        return (offset, [])
    }

    /// Where the last `count` lines begin; a last line without an end counts.
    public borrowing func startOfLastLines(_ count: Int) throws(StoreError) -> Int64 {
        let (first, end) = (try start(), try end())
        guard count > 0 else { return end }
        var missing = count
        var high = end
        while high > first {
            let low = max(first, high - Int64(Self.readMax))
            let (offset, bytes) = try read(at: low, most: Int(high - low))
            // The oldest part went meanwhile.
            guard offset == low else { return offset }
            for index in bytes.indices.reversed() where bytes[index] == 0x0A && low + Int64(index) + 1 < end {
                missing -= 1
                if missing == 0 { return low + Int64(index) + 1 }
            }
            high = low
        }
        return first
    }

    /// Sets where `next` goes on; at first it is `start`.
    public mutating func seek(to offset: Int64) throws(StoreError) {
        for _ in 0..<Self.triesMax {
            let parts = try layout()
            guard let place = parts.first(where: { $0.end > offset }) ?? parts.last else { return }
            let inner = min(max(0, offset - place.start), place.part.size)
            do {
                if try follower.open(place.part, at: inner) { return }
            } catch {
                throw .system(error)
            }
        }
    }

    /// The next bytes, at most 64 KiB; empty when there are none now.
    ///
    /// To follow: watch the session's private folder for `modified` and `created` by inotify, and call again.
    public mutating func next() throws(StoreError) -> [UInt8] {
        do {
            while true {
                let bytes = try follower.peek(Self.readMax)
                follower.advance(bytes.count)
                if !bytes.isEmpty { return bytes }
                if try !follower.moveOn(seen: 0) { return [] }
            }
        } catch {
            throw .system(error)
        }
    }

    private static func hasLog(_ folder: borrowing Folder) throws(StoreError) -> Bool {
        try calling { () throws(SystemError) in try !FileParts.list(FileNames.outputLog, in: folder).isEmpty }
    }

    private borrowing func layout() throws(StoreError) -> [PartPlace] {
        try calling { () throws(SystemError) in try PartPlace.all(in: folder) }
    }

    private borrowing func open(_ place: PartPlace) throws(StoreError) -> OpenPart? {
        let part = try calling { () throws(SystemError) in
            try OpenPart(FileNames.outputLog, place.part.number, in: folder)
        }
        return part?.inode == place.part.inode ? part : nil
    }
}
