internal import Linux

/// Where in a session's whole output a part of its log begins.
struct LogPosition: Equatable {
    /// The part's number, 0 for the first ever.
    var part = 0
    /// The part's first byte, counted from the session's first.
    var start: Int64 = 0

    /// A line of `sizes.jsonl`: the terminal's size from that byte on, and at the start of a part its number.
    static func line(offset: Int64, size: TerminalSize, part: Int? = nil) -> String {
        let number = part.map { ",\"part\":\($0)" } ?? ""
        return "{\"columns\":\(size.columns),\"offset\":\(offset)\(number),\"rows\":\(size.rows)}\n"
    }

    /// The position that a line names, when it begins a part.
    init?(line: some Sequence<UInt8>) {
        let text = Array(line)
        guard let part = LogPosition.value("part", in: text),
            let start = LogPosition.value("offset", in: text)
        else {
            return nil
        }
        (self.part, self.start) = (Int(part), start)
    }

    /// A position.
    init(part: Int = 0, start: Int64 = 0) { (self.part, self.start) = (part, start) }

    /// The number that stands behind `"key":`.
    static func value(_ key: String, in line: [UInt8]) -> Int64? {
        let name = Array("\"\(key)\":".utf8)
        guard line.count > name.count,
            let start = (0...(line.count - name.count)).first(where: { line[$0...].starts(with: name) })
        else { return nil }
        let digits = line[(start + name.count)...].prefix { (0x30...0x39).contains($0) }
        return Int64(String(decoding: digits, as: UTF8.self))
    }

    /// Where a keeper goes on that finds an older log: the current part, and whether its line has yet to be
    /// written.
    ///
    /// `parts` are the lines that begin parts, in order. A rotation that was cut short shows by `output.log`
    /// being missing, or empty without a line that follows from the size of `output.log.1`.
    static func resume(
        _ parts: [LogPosition], currentBytes: Int64?, previousBytes: Int64?
    ) -> (position: LogPosition, needsLine: Bool) {
        guard let last = parts.last else { return (LogPosition(), true) }
        guard let previousBytes else { return (last, false) }
        let next = LogPosition(part: last.part + 1, start: last.start + previousBytes)
        guard let currentBytes, currentBytes > 0 else {
            let before = parts.dropLast().last
            let isWritten =
                before.map { $0.part + 1 == last.part && $0.start + previousBytes == last.start } ?? false
            return isWritten ? (last, false) : (next, true)
        }
        return (last, false)
    }
}
