internal import Glibc
internal import Linux
internal import SessionModel

/// A file that only grows, in parts: `name` and, older, `name.1` and so on.
struct RotatingFile: ~Copyable, Sendable {
    /// Where the parts lie.
    private(set) var folder: Folder
    /// The name of the part that grows.
    let name: String
    /// Bytes past which a new part is begun.
    let partBytesMax: Int
    /// How many older parts are kept.
    let keep: Int
    private var file: Descriptor
    /// Bytes of the part that grows.
    private(set) var size: Int64
    /// Whether more than `size` bytes may be there, of a write that failed and couldn't be taken back.
    private var isTorn = false

    /// Opens the part that grows, made when missing.
    init(
        _ name: String, in folder: borrowing Folder, partBytesMax: Int, keep: Int
    ) throws(SystemError) {
        let own = try folder.duplicate()
        // Left by a rotation that was cut short.
        try? folder.remove(Folder.temporaryName(for: name))
        let file = try folder.open(name, O_RDWR | O_APPEND | O_CREAT | O_NOCTTY)
        let status = try file.status()
        guard status.kind == .file else { throw SystemError(EINVAL, "open", name) }
        self.folder = own
        self.name = name
        self.partBytesMax = partBytesMax
        self.keep = keep
        self.file = file
        size = status.size
    }

    /// Appends `bytes` with one write(2), in a new part when this one would grow too large: true when so.
    ///
    /// A part that can't be put aside now grows on. After a failure the file is as it was before.
    mutating func append(_ bytes: [UInt8]) throws(SystemError) -> Bool {
        var isNew = false
        if size > 0, size + Int64(bytes.count) > Int64(partBytesMax) {
            do {
                try rotate()
                isNew = true
            } catch {}
        }
        try write(bytes)
        return isNew
    }

    /// Appends `bytes` to the part that grows, however large it is.
    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        if isTorn { try file.truncate(to: size) }
        // Until all is there.
        isTorn = true
        defer { if isTorn { isTorn = (try? file.truncate(to: size)) == nil } }
        guard try file.write(bytes[...]) == bytes.count else { throw SystemError(ENOSPC, "write", name) }
        isTorn = false
        size += Int64(bytes.count)
    }

    /// Reads at most `count` bytes at `offset` of the part that grows.
    borrowing func read(at offset: Int64, most count: Int) throws(SystemError) -> [UInt8] {
        try file.read(at: offset, most: count)
    }

    /// Cuts the part that grows.
    mutating func truncate(to size: Int64) throws(SystemError) {
        try file.truncate(to: size)
        self.size = size
    }

    /// Puts second links to the parts into another folder, where they are missing.
    static func publish(
        _ file: borrowing RotatingFile, to published: borrowing Folder
    ) throws(SystemError) {
        do throws(SystemError) {
            for part in try FileParts.list(file.name, in: file.folder) {
                let name = FileNames.part(file.name, part.number)
                if try published.status(name)?.inode != part.inode {
                    try file.folder.publish(name, to: published, name)
                }
            }
        } catch {
            // On another file system there are no links; commands read the private folder.
            if error.number != EXDEV { throw error }
        }
    }

    /// Each part takes the next number; the oldest goes.
    private mutating func rotate() throws(SystemError) {
        if isTorn { try file.truncate(to: size) }
        let next = Folder.temporaryName(for: name)
        try folder.remove(next)
        let begun = try folder.open(next, O_RDWR | O_APPEND | O_CREAT | O_EXCL | O_NOCTTY)
        try folder.rotate(name, keep: keep, to: next)
        isTorn = false
        file = begun
        size = 0
    }
}
