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

    /// Opens the part that grows, made when missing.
    init(
        _ name: String, in folder: borrowing Folder, partBytesMax: Int, keep: Int
    ) throws(SystemError) {
        let own = try folder.duplicate()
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
    /// After a failure the file is as it was before.
    mutating func append(_ bytes: [UInt8]) throws(SystemError) -> Bool {
        let isFull = size > 0 && size + Int64(bytes.count) > Int64(partBytesMax)
        if isFull { try rotate() }
        try write(bytes)
        return isFull
    }

    /// Appends `bytes` to the part that grows, however large it is.
    mutating func write(_ bytes: [UInt8]) throws(SystemError) {
        let put: Int
        do throws(SystemError) {
            put = try file.write(bytes[...])
        } catch {
            try? file.truncate(to: size)
            throw error
        }
        guard put == bytes.count else {
            try file.truncate(to: size)
            throw SystemError(ENOSPC, "write", name)
        }
        size += Int64(put)
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

    /// Each part takes the next number; the oldest goes.
    private mutating func rotate() throws(SystemError) {
        try folder.remove(FileNames.part(name, keep))
        for number in stride(from: keep - 1, through: 0, by: -1) {
            do throws(SystemError) {
                try folder.rename(FileNames.part(name, number), to: folder, FileNames.part(name, number + 1))
            } catch {
                // A part may be missing: the last rotation was cut short, or somebody removed it.
                if error.number != ENOENT { throw error }
            }
        }
        if keep == 0 { try folder.remove(name) }
        file = try folder.open(name, O_RDWR | O_APPEND | O_CREAT | O_NOCTTY)
        size = try file.status().size
    }
}
