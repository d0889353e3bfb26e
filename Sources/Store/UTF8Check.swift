/// Whether bytes are UTF-8, by the Unicode Standard's table 3-7.
enum UTF8Check {
    /// The offset of the first byte that doesn't belong to well-formed UTF-8; nil when all do.
    static func firstInvalid(in bytes: [UInt8]) -> Int? {
        var at = 0
        while at < bytes.count {
            let length = sequenceLength(bytes, at)
            if length == 0 { return at }
            at += length
        }
        return nil
    }

    /// How many bytes the character at `at` has; 0 when it isn't whole or not well-formed.
    static func sequenceLength(_ bytes: [UInt8], _ at: Int) -> Int {
        let second: ClosedRange<UInt8>
        let length: Int
        switch bytes[at] {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: (length, second) = (2, 0x80...0xBF)
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: (length, second) = (3, 0x80...0xBF)
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: (length, second) = (4, 0x80...0xBF)
        default: return 0
        }
        guard at + length <= bytes.count, second.contains(bytes[at + 1]) else { return 0 }
        return bytes[(at + 2)..<max(at + 2, at + length)].allSatisfy { $0 & 0xC0 == 0x80 } ? length : 0
    }
}
