internal import Glibc
internal import Linux
public import Logging
internal import SessionModel
internal import Store
internal import Synchronization

/// Writes swift-log's records as JSON lines into `supervisor.log`, and for a person to standard error.
public struct JSONLogHandler: LogHandler {
    /// The file that all handlers of a process share; opened anew after the public folder was wiped.
    final class Sink: Sendable {
        let file = Mutex<LogFile?>(nil)
        let echoes: Bool

        init(echoes: Bool) { self.echoes = echoes }
    }

    private struct Line: Encodable {
        let at: Timestamp
        let level: String
        let message: String
        let metadata: [String: String]

        /// The line as a person reads it, nothing of it raw.
        var readable: String {
            let rest = metadata.filter { $0.key != "session" }.sorted { $0.key < $1.key }
                .map { " \($0.key)=\($0.value)" }.joined()
            let who = metadata["session"].map { "\($0): " } ?? ""
            let time = at.description.split(separator: "T").last?.prefix(8) ?? ""
            let urgency = level == "info" || level == "debug" ? "" : "\(level): "
            return PlainText.line("\(time) \(urgency)\(who)\(message)\(rest)") + "\n"
        }
    }

    /// The level below which nothing is written.
    public var logLevel: Logger.Level = .info
    /// What stands in every line.
    public var metadata: Logger.Metadata = [:]
    private let sink: Sink

    init(_ sink: Sink, level: Logger.Level) {
        self.sink = sink
        logLevel = level
    }

    /// One value of `metadata`.
    public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one record.
    public func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        let line = Line(
            at: Timestamp(ms: Clock.realMs), level: event.level.rawValue, message: event.message.description,
            metadata: all.mapValues(\.description))
        guard let bytes = try? MachineFile.line(line) else { return }
        // A log that can't be written must not stop the work; the next line is tried again.
        sink.file.withLock { file in _ = try? file?.append(bytes) }
        guard sink.echoes else { return }
        // A terminal that is stopped (Ctrl-S) must not stop the work; the file has the line.
        var terminal = pollfd(fd: 2, events: Int16(POLLOUT), revents: 0)
        guard poll(&terminal, 1, 0) == 1 else { return }
        Array(line.readable.utf8.prefix(Int(PIPE_BUF))).withUnsafeBytes {
            _ = Glibc.write(2, $0.baseAddress, $0.count)
        }
    }
}
