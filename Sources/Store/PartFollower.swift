internal import Linux

/// A place in a rotated file that moves on from part to part, while the writer appends and rotates.
struct PartFollower: ~Copyable, Sendable {
    private let folder: Folder
    private let name: String
    private var part: OpenPart?
    /// Where in the part that is read.
    private var offset: Int64 = 0

    /// Nothing is open yet: `moveOn` opens the oldest part, `open` any.
    init(_ name: String, in folder: borrowing Folder) throws(SystemError) {
        self.folder = try folder.duplicate()
        self.name = name
    }

    /// Goes to `offset` of a part: false when that part has another number by now.
    mutating func open(_ wanted: FilePart, at offset: Int64) throws(SystemError) -> Bool {
        guard let opened = try OpenPart(name, wanted.number, in: folder), opened.inode == wanted.inode else {
            return false
        }
        part = opened
        self.offset = offset
        return true
    }

    /// The next bytes of this part, at most `count`; stays where it is.
    borrowing func peek(_ count: Int) throws(SystemError) -> [UInt8] {
        try part?.file.read(at: offset, most: count) ?? []
    }

    /// Goes on by `count` bytes.
    mutating func advance(_ count: Int) { offset += Int64(count) }

    /// Goes to the next part when this one was rotated and holds no more than the `seen` bytes from here on.
    ///
    /// True when it is worth to look again; false when nothing more is there now.
    mutating func moveOn(seen: Int) throws(SystemError) -> Bool {
        guard let current = part else {
            guard let oldest = try FileParts.list(name, in: folder).first else { return false }
            return try open(oldest, at: 0)
        }
        if let growing = try folder.status(name), growing.inode == current.inode { return false }
        let parts = try FileParts.list(name, in: folder)
        let index = parts.firstIndex { $0.inode == current.inode }
        let next = index.map { $0 + 1 } ?? 0
        // None: a rotation is under way, or was cut short.
        guard next < parts.count else { return false }
        // What was written between the last look and the rotation.
        guard try current.file.status().size <= offset + Int64(seen) else { return true }
        // When the numbers have changed again: look again.
        _ = try open(parts[next], at: 0)
        return true
    }
}
