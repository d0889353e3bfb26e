import CGit2

/// The name of a Git object: twenty bytes, written as forty hexadecimal digits.
public struct ObjectID: Hashable, Sendable, CustomStringConvertible {
    private let high: UInt64
    private let middle: UInt64
    private let low: UInt32

    /// Takes forty hexadecimal digits; nil for anything else.
    public init?(_ text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 40 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 40, by: 2) {
            guard let first = Self.value(digits[index]), let second = Self.value(digits[index + 1]) else {
                return nil
            }
            bytes.append(first << 4 | second)
        }
        self = bytes.withUnsafeBytes { Self(bytes: $0) }
    }

    /// Reads the first twenty bytes, most significant first.
    init(bytes: UnsafeRawBufferPointer) {
        high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
    }

    init(_ raw: git_oid) {
        self = withUnsafeBytes(of: raw) { Self(bytes: $0) }
    }

    init(_ raw: UnsafePointer<git_oid>) { self.init(raw.pointee) }

    var raw: git_oid {
        var raw = git_oid()
        withUnsafeMutableBytes(of: &raw) { target in
            target.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
            target.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
            target.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
        }
        return raw
    }

    /// Forty hexadecimal digits, in lower case.
    public var description: String {
        Self.hex(high, 16) + Self.hex(middle, 16) + Self.hex(UInt64(low), 8)
    }

    /// The first seven digits, for people.
    public var short: String { String(description.prefix(7)) }

    private static func hex(_ number: UInt64, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: width - digits.count) + digits
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case 0x30...0x39: digit - 0x30
        case 0x41...0x46: digit - 0x41 + 10
        case 0x61...0x66: digit - 0x61 + 10
        default: nil
        }
    }
}
