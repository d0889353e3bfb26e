/// One line of a session's mailbox `input`, without its newline.
public enum InputLine: Equatable, Sendable {
    /// Typed as it stands, then Enter.
    case text([UInt8])
    /// A JSON string's text, newlines and all: pasted at once, then Enter.
    case paste([UInt8])
    /// `{"keys": ["Escape", "C-c"]}`: keys, without Enter.
    case keys([KeyName])
    /// `{"answer": "yes", "to": "ID"}`: an answer to the question of that name, which the supervisor gives. One that
    /// is a list, such as `["A", "B"]`, stays JSON.
    case answer(String, to: String)

    /// Why a line can't be understood.
    public struct Problem: Error, Equatable, Sendable {
        /// A sentence for a person.
        public let message: String
    }

    /// Reads a line: `"` begins a JSON string, `{"keys"` keys, `{"answer"` an answer, everything else is text.
    ///
    /// A carriage return at the end, as some editors leave it, is no part of the line.
    public init(_ line: some Sequence<UInt8>) throws(Problem) {
        var bytes = Array(line)
        if bytes.last == 0x0D { bytes.removeLast() }
        var json = JSONLine(bytes)
        if bytes.first == UInt8(ascii: "\"") {
            let text = try json.string()
            try json.end()
            self = .paste(Array(text.utf8))
        } else if json.opens("keys") {
            self = .keys(try InputLine.keys(&json))
        } else if json.opens("answer") {
            let text = if let list = try json.takesList() { list } else { try json.string() }
            try json.expect(",")
            guard try json.string() == "to" else {
                throw Problem(message: "An answer says what it is to: \"to\" is missing.")
            }
            try json.expect(":")
            let id = try json.string()
            try json.expect("}")
            try json.end()
            self = .answer(text, to: id)
        } else {
            self = .text(bytes)
        }
    }

    private static func keys(_ json: inout JSONLine) throws(Problem) -> [KeyName] {
        var keys: [KeyName] = []
        for name in try json.strings() {
            guard let key = KeyName(name) else {
                throw Problem(message: "There is no key called “\(name)”: keys have tmux's names.")
            }
            keys.append(key)
        }
        try json.expect("}")
        try json.end()
        return keys
    }
}

/// As much of JSON (RFC 8259) as a line of input needs.
private struct JSONLine {
    private let bytes: [UInt8]
    private var next = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Takes `{"<key>":`, with any blanks between; takes nothing when the line begins otherwise.
    mutating func opens(_ wanted: String) -> Bool {
        guard bytes.first == UInt8(ascii: "{") else { return false }
        var attempt = self
        guard attempt.take("{"), let key = try? attempt.string(), key == wanted, attempt.take(":") else {
            return false
        }
        self = attempt
        return true
    }

    mutating func take(_ mark: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard next < bytes.count, bytes[next] == UInt8(ascii: mark) else { return false }
        next += 1
        return true
    }

    mutating func expect(_ mark: Unicode.Scalar) throws(InputLine.Problem) {
        guard take(mark) else { throw problem("“\(mark)” is missing") }
    }

    mutating func end() throws(InputLine.Problem) {
        skipBlanks()
        guard next == bytes.count else { throw problem("there is more than one JSON value") }
    }

    mutating func strings() throws(InputLine.Problem) -> [String] {
        var all: [String] = []
        try expect("[")
        if take("]") { return all }
        repeat { all.append(try string()) } while take(",")
        try expect("]")
        return all
    }

    /// Takes a list of strings as it stands; nothing where none begins.
    mutating func takesList() throws(InputLine.Problem) -> String? {
        skipBlanks()
        let start = next
        guard start < bytes.count, bytes[start] == UInt8(ascii: "[") else { return nil }
        _ = try strings()
        return String(decoding: bytes[start..<next], as: UTF8.self)
    }

    mutating func string() throws(InputLine.Problem) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while next < bytes.count {
            let byte = bytes[next]
            next += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw problem("the text is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): text += Array(String(try escaped()).utf8)
            case 0..<0x20: throw problem("a control character stands in the text unescaped")
            default: text.append(byte)
            }
        }
        throw problem("the closing quotation mark is missing")
    }

    private mutating func escaped() throws(InputLine.Problem) -> Unicode.Scalar {
        guard next < bytes.count else { throw problem("the line ends in a backslash") }
        let byte = bytes[next]
        next += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw problem("“\\\(Unicode.Scalar(byte))” is no escape of JSON")
        }
    }

    private mutating func unicode() throws(InputLine.Problem) -> Unicode.Scalar {
        let high = try codeUnit()
        if let scalar = Unicode.Scalar(high) { return scalar }
        guard high < 0xDC00, next + 1 < bytes.count, bytes[next] == UInt8(ascii: "\\"),
            bytes[next + 1] == UInt8(ascii: "u")
        else { throw problem("half a surrogate pair stands alone") }
        next += 2
        let low = try codeUnit()
        guard (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else { throw problem("half a surrogate pair stands alone") }
        return scalar
    }

    private mutating func codeUnit() throws(InputLine.Problem) -> UInt32 {
        guard next + 4 <= bytes.count,
            let unit = UInt32(String(decoding: bytes[next..<(next + 4)], as: UTF8.self), radix: 16)
        else { throw problem("“\\u” needs four hexadecimal digits") }
        next += 4
        return unit
    }

    private mutating func skipBlanks() {
        while next < bytes.count, [0x20, 0x09, 0x0D].contains(bytes[next]) { next += 1 }
    }

    private func problem(_ what: String) -> InputLine.Problem {
        InputLine.Problem(message: "The line is not typed, its JSON can't be read at byte \(next): \(what).")
    }
}
