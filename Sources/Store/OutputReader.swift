public import SessionModel

/// Reads a session's `output.log` over all its parts, and goes on as it grows.
///
/// Offsets count the bytes that the terminal produced since the session began.
public struct OutputReader: ~Copyable, Sendable {
    /// Opens the log of `name`: by the first links in the private folder, else by the public ones.
    ///
    /// nil when the session has no log (yet).
    public init?(
        of name: SessionName, _ privateFolder: borrowing PrivateFolder?,
        _ publicFolder: borrowing PublicFolder
    ) throws(StoreError) { return nil }

    /// The offset of the first byte that is kept.
    public func start() throws(StoreError) -> Int64 { 0 }

    /// The offset after the last byte.
    public func end() throws(StoreError) -> Int64 { 0 }

    /// At most `count` bytes at `offset`, and where they really begin: later, when older ones are gone.
    public func read(at offset: Int64, most count: Int) throws(StoreError) -> (offset: Int64, bytes: [UInt8])
    {
        (offset, [])
    }

    /// Where the last `count` lines begin; a last line without an end counts.
    public func startOfLastLines(_ count: Int) throws(StoreError) -> Int64 { 0 }

    /// Sets where `next` goes on; at first it is `start`.
    public mutating func seek(to offset: Int64) throws(StoreError) {}

    /// The next bytes, at most 64 KiB; empty when there are none now.
    ///
    /// To follow: watch `watched` for `modified` and `created` by inotify, and call again.
    public mutating func next() throws(StoreError) -> [UInt8] { [] }
}
