/// What a script for `sed` may do.
struct SedScript {
    /// Bytes past which a script isn't read.
    private static let lengthMax = 4_096

    private let bytes: [UInt8]
    private var position = 0

    private init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether it is understood, and neither runs, reads nor writes anything.
    static func isHarmless(_ text: String) -> Bool {
        guard text.utf8.count <= lengthMax else { return false }
        var script = SedScript(Array(text.utf8))
        return script.isHarmless()
    }

    private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skip(_ text: String) {
        while let byte = current, text.utf8.contains(byte) { position += 1 }
    }

    private mutating func isHarmless() -> Bool {
        while true {
            skip(" \t\n;")
            guard current != nil else { return true }
            guard address(), command() else { return false }
        }
    }

    /// `1,5`, `$`, `/text/`, and what follows up to the command.
    private mutating func address() -> Bool {
        while let byte = current {
            switch byte {
            case UInt8(ascii: "/"):
                position += 1
                guard text(until: byte) else { return false }
                skip("IM")
            case UInt8(ascii: "\\"):
                guard position + 1 < bytes.count, bytes[position + 1] > 32, bytes[position + 1] < 127 else {
                    return false
                }
                let mark = bytes[position + 1]
                position += 2
                guard text(until: mark) else { return false }
                skip("IM")
            case _ where byte.isDigit, UInt8(ascii: "$"), UInt8(ascii: ","), UInt8(ascii: "~"),
                UInt8(ascii: "+"),
                UInt8(ascii: "!"), .space, .tab:
                position += 1
            default: return true
            }
        }
        return false
    }

    private mutating func command() -> Bool {
        guard let byte = current else { return false }
        position += 1
        switch byte {
        case UInt8(ascii: "s"): return substitution()
        case UInt8(ascii: "y"):
            guard let mark = current, mark > 32, mark != .backslash else { return false }
            position += 1
            return text(until: mark) && text(until: mark) && end()
        case UInt8(ascii: "{"), UInt8(ascii: "}"): return true
        case UInt8(ascii: "#"):
            while current != nil, current != .newline { position += 1 }
            return true
        case UInt8(ascii: "a"), UInt8(ascii: "i"), UInt8(ascii: "c"):
            // The text goes to the end of the line, and over escaped ends.
            while let next = current, next != .newline { position += next == .backslash ? 2 : 1 }
            return true
        case UInt8(ascii: ":"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "T"):
            skip(" ")
            while let next = current, next.isName { position += 1 }
            return end()
        case UInt8(ascii: "q"), UInt8(ascii: "Q"), UInt8(ascii: "l"):
            skip(" 0123456789")
            return end()
        default: return "pdDgGhHnNxPz=".utf8.contains(byte) && end()
        }
    }

    private mutating func substitution() -> Bool {
        guard let mark = current, mark > 32, mark < 127, mark != .backslash else { return false }
        position += 1
        guard text(until: mark), text(until: mark) else { return false }
        skip("gpiIM0123456789")
        return end()
    }

    /// What a command ends with.
    private mutating func end() -> Bool {
        skip(" \t")
        guard let byte = current else { return true }
        return ";\n}#".utf8.contains(byte)
    }

    /// The text up to the mark, which is taken.
    ///
    /// In brackets the mark counts nothing in some versions: it is not understood there.
    private mutating func text(until mark: UInt8) -> Bool {
        var bracket: Int?
        while let byte = current {
            if byte == .newline { return false }
            if byte == .backslash {
                position += 2
                continue
            }
            if byte == UInt8(ascii: "["), bracket == nil { bracket = position }
            if byte == UInt8(ascii: "]"), let start = bracket, position > start + 1 { bracket = nil }
            position += 1
            guard byte == mark else { continue }
            return bracket == nil || !bytes[position...].contains(UInt8(ascii: "]"))
        }
        return false
    }
}
