internal import SessionModel

/// A step from a value of a file to one inside it.
enum PathStep: Equatable, Sendable {
    case key(String)
    case index(Int)
}

/// Where something stands in a file, as people say it.
enum TextPlace {
    /// Characters of a key that a message shows.
    private static let keyLengthMax = 64

    /// The line and the column in characters, both from 1, of the byte at `offset` in valid UTF-8.
    ///
    /// A line ends with LF, CR LF or CR; a byte order mark takes no column.
    static func of(_ offset: Int, in bytes: [UInt8]) -> (line: Int, column: Int) {
        var line = 1
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : 0
        for index in start..<max(start, offset) {
            let isCarriageReturn = bytes[index] == 0x0D
            let isPair = isCarriageReturn && index + 1 < bytes.count && bytes[index + 1] == 0x0A
            guard bytes[index] == 0x0A || isCarriageReturn && !isPair else { continue }
            line += 1
            start = index + 1
        }
        return (line, String(decoding: bytes[start..<offset], as: UTF8.self).count + 1)
    }

    /// A path such as `multi_session.max_concurrent_sessions` or `prompts[2]`; nil for the file's own value.
    static func key(_ path: [PathStep]) -> String? {
        guard !path.isEmpty else { return nil }
        return path.reduce(into: "") { text, step in
            switch step {
            case .key(let key): text += (text.isEmpty ? "" : ".") + clipped(key)
            case .index(let index): text += "[\(index)]"
            }
        }
    }

    /// `text`, cut when it is too long to show.
    static func clipped(_ text: String) -> String {
        text.count > keyLengthMax ? text.prefix(keyLengthMax) + "…" : text
    }
}
