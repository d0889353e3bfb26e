/// How an agent ended, and when: the content of `sessions/<name>/exit.json`.
public struct ExitStatus: Codable, Equatable, Sendable {
    /// The exit code; nil when a signal ended it.
    public var code: Int32?
    /// The signal's name, such as "SIGTERM"; nil when it exited by itself.
    public var signal: String?
    /// When it ended.
    public var at: Timestamp

    /// An ending, as waitpid(2) told it.
    public init(code: Int32?, signal: String?, at: Timestamp) {
        self.code = code
        self.signal = signal
        self.at = at
    }
}
