internal import SessionModel

/// A JSON5 text and the value in it, every part with its place.
struct JSON5Document: Equatable, Sendable {
    /// Bytes past which a text is refused.
    static let sizeMax = 1_048_576
    /// How deep lists and objects may lie in each other.
    static let depthMax = 64

    /// The whole text.
    let bytes: [UInt8]
    /// The one value in it.
    let root: JSON5Node

    /// Reads `bytes`; the problem of a text that is no JSON5 tells line, column and key.
    init(_ bytes: [UInt8]) throws(FileProblem) {
        var parser = JSON5Parser(bytes)
        self.bytes = bytes
        root = try parser.document()
    }

    /// A problem with the value at `offset`.
    func problem(_ message: String, at offset: Int, _ path: [PathStep]) -> FileProblem {
        let (line, column) = TextPlace.of(offset, in: bytes)
        return FileProblem(message: message, line: line, column: column, key: TextPlace.key(path))
    }

    /// Whether `bytes` hold nothing but blanks (and a byte order mark).
    static func isBlank(_ bytes: [UInt8]) -> Bool {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        return text.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }
}

/// A value in a JSON5 text.
struct JSON5Node: Equatable, Sendable {
    /// What the value is.
    indirect enum Value: Equatable, Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        case double(Double)
        case string(String)
        case array([JSON5Node])
        case object([JSON5Member])
    }

    /// The value.
    let value: Value
    /// Its bytes.
    let range: Range<Int>
    /// Whether a comma follows the last part of a list or object.
    var hasTrailingComma = false

    /// The value without its places.
    var json: JSONValue {
        switch value {
        case .null: .null
        case .bool(let value): .bool(value)
        case .integer(let value): .integer(value)
        case .double(let value): .double(value)
        case .string(let value): .string(value)
        case .array(let items): .array(items.map(\.json))
        case .object(let members):
            .object(Dictionary(members.map { ($0.key, $0.value.json) }) { first, _ in first })
        }
    }

    /// The kind of value, in a sentence.
    var kind: String {
        switch value {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer, .double: "a number"
        case .string: "a text"
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// A key of an object and its value.
struct JSON5Member: Equatable, Sendable {
    /// The key, escapes undone.
    let key: String
    /// The key's bytes, quotes included.
    let keyRange: Range<Int>
    /// The value.
    let value: JSON5Node
}
