/// Puts a message's fields together: integers little-endian, texts with their length in four bytes.
struct WireWriter {
    private(set) var bytes: [UInt8]

    init(_ kind: UInt8) { bytes = [kind] }

    mutating func integer<Value: FixedWidthInteger>(_ value: Value) {
        withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func flag(_ value: Bool) { bytes.append(value ? 1 : 0) }

    mutating func text(_ value: String) {
        integer(UInt32(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    /// A value that may be missing: a flag, then the value.
    mutating func optional<Value>(_ value: Value?, _ put: (inout WireWriter, Value) -> Void) {
        flag(value != nil)
        if let value { put(&self, value) }
    }

    /// The last field of a message needs no length.
    mutating func rest(_ value: some Sequence<UInt8>) { bytes.append(contentsOf: value) }
}

/// Takes a message's fields apart; nil wherever the message is shorter than it must be.
struct WireReader {
    private let bytes: [UInt8]
    private var next = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func integer<Value: FixedWidthInteger>(_: Value.Type = Value.self) -> Value? {
        let size = Value.bitWidth / 8
        guard bytes.count - next >= size else { return nil }
        defer { next += size }
        return bytes.withUnsafeBytes {
            Value(littleEndian: $0.loadUnaligned(fromByteOffset: next, as: Value.self))
        }
    }

    mutating func flag() -> Bool? { integer(UInt8.self).map { $0 != 0 } }

    mutating func text() -> String? {
        guard let count = integer(UInt32.self), Int(count) <= bytes.count - next else { return nil }
        defer { next += Int(count) }
        return String(decoding: bytes[next..<(next + Int(count))], as: UTF8.self)
    }

    /// Outer nil: too short; inner nil: the value is missing.
    mutating func optional<Value>(_ take: (inout WireReader) -> Value?) -> Value?? {
        guard let present = flag() else { return nil }
        guard present else { return .some(nil) }
        guard let value = take(&self) else { return nil }
        return .some(value)
    }

    mutating func rest() -> [UInt8] {
        defer { next = bytes.count }
        return Array(bytes[next...])
    }
}
