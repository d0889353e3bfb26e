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

    /// Starts after the event `seq`; `folder` is the private one (the public one does too).
    public init(in folder: borrowing Folder, after seq: Int) throws(StoreError) {}

    /// The next events, at most about 1 MiB of them; empty when there are none now.
    ///
    /// To follow: watch the folder for `modified` and `created` by inotify, and call again.
    public mutating func next() throws(StoreError) -> [Line] { [] }
}
