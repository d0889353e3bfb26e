/// How far a session's input was delivered: the content of the private file `delivered`.
///
/// Of fixed size, so that one pwrite(2) of it is whole or not there; the keeper writes it before it types.
public struct DeliveredRecord: Equatable, Sendable {
    /// The inode of the mailbox that `offset` counts in; 0 for none yet.
    public var inode: UInt64 = 0
    /// Bytes of the mailbox that were taken but still stand in it.
    public var offset: Int64 = 0
    /// The number of the last prompt that was typed.
    public var promptsTyped: UInt32 = 0

    /// Nothing was delivered yet.
    public init() {}

    /// The file's size.
    public static let byteCount = 21

    /// The file's bytes.
    public func encoded() -> [UInt8] {
        var wire = WireWriter(1)
        wire.integer(inode)
        wire.integer(offset)
        wire.integer(promptsTyped)
        return wire.bytes
    }

    /// Reads the file; nil when it is cut short or of another version.
    public init?(decoding bytes: [UInt8]) {
        var wire = WireReader(bytes)
        guard wire.integer(UInt8.self) == 1, let inode = wire.integer(UInt64.self),
            let offset = wire.integer(Int64.self), let promptsTyped = wire.integer(UInt32.self)
        else { return nil }
        self.inode = inode
        self.offset = offset
        self.promptsTyped = promptsTyped
    }
}
