public import SessionModel

/// What reading a person's file came to.
public enum FileReading: Equatable, Sendable {
    /// Nothing is there.
    case missing
    /// Somebody has it open for writing, and it is empty or not whole: look again when it is closed.
    case beingWritten
    /// It has no byte.
    case empty(mtimeNs: Int64)
    /// Its bytes, their `ContentDigest`, and when they were written, in nanoseconds since 1970.
    case content([UInt8], digest: String, mtimeNs: Int64)
    /// It can't be read as a file: a link, FIFO, folder or device, too large, or without permission.
    case refused(FileProblem)
}

/// What is in `sessions/`.
public struct SessionListing: Equatable, Sendable {
    /// Sessions that have a file, in order.
    public var names: [SessionName]
    /// Files that look like a session's but for their name, and what is wrong with it.
    public var misnamed: [Misnamed]

    /// A file that is no session because of its name.
    public struct Misnamed: Equatable, Sendable {
        /// The file's name.
        public let file: String
        /// A sentence for a person.
        public let problem: String
    }
}

/// What filling in a new session file came to.
public enum FillOutcome: Equatable, Sendable {
    /// It holds the text now.
    case filled
    /// Somebody has it open: look again when it is closed.
    case busy
    /// It isn't empty any more, or gone.
    case notEmpty
    /// The file system gives no leases, or the file is somebody else's: it stays empty.
    case notPossible
}
