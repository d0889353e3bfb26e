internal import KeeperProtocol
internal import Linux

/// How far the mailbox was taken, and what to take of it next.
struct MailboxState: Equatable {
    /// What was taken; also on disk.
    var record = DeliveredRecord()
    /// The last bytes before `record.offset`, to know the same file again.
    private(set) var before: [UInt8] = []

    /// The most bytes that are taken in one go.
    static let batchBytesMax = 1 << 16
    /// The most bytes of a line.
    static let lineBytesMax = 1 << 20
    /// How many bytes before the offset are compared.
    static let beforeBytesMax = 64

    /// Where to go on reading the file that `status` tells of.
    ///
    /// At its beginning when it is another file, when it is shorter than what was taken, or when `same` (told
    /// the offset and the bytes that should end there) says that it was written anew.
    mutating func begin(_ status: FileStatus, isSame same: (Int64, [UInt8]) -> Bool) -> Int64 {
        let fits = status.inode == record.inode && status.size >= record.offset
        if !fits || (record.offset > 0 && !before.isEmpty && !same(record.offset, before)) {
            record.offset = 0
            before = []
        }
        record.inode = status.inode
        return record.offset
    }

    /// Takes `bytes` up to their last newline: those, without what follows it.
    mutating func take(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
        guard let newline = bytes.lastIndex(of: 0x0A) else { return [] }
        let taken = bytes[...newline]
        advance(over: taken)
        return taken
    }

    /// Counts `taken` as taken.
    mutating func advance(over taken: ArraySlice<UInt8>) {
        record.offset += Int64(taken.count)
        before = Array(
            (before + taken.suffix(MailboxState.beforeBytesMax)).suffix(MailboxState.beforeBytesMax))
    }

    /// The file was emptied.
    mutating func emptied() {
        record.offset = 0
        before = []
    }
}
