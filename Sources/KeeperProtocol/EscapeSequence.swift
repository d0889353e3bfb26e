/// What a control sequence at the beginning of some bytes is, as far as a keeper must know it.
///
/// By xterm's "Control Sequences" (ctlseqs), ECMA-48, and kitty's and iTerm2's own pages.
enum EscapeSequence: Equatable {
    /// Its end isn't there yet, and it may be one of the others.
    case unfinished
    /// Nothing to a keeper; so many bytes of it need no second look.
    case plain(Int)
    /// Says how what is written next looks (SGR), or empties part of a row (EL): moves nothing.
    case style(Int)
    /// Tells something of the program.
    case notice(Int, TerminalNotice)
    /// Changes modes.
    case mode(Int, TerminalModeChange)
    /// Would make a terminal answer.
    case query(Int, TerminalQuery)

    /// Reads what the ESC, or the C1 control in UTF-8, at the beginning of `bytes` begins.
    static func read(_ bytes: UnsafeRawBufferPointer) -> EscapeSequence {
        guard bytes.count > 1 else { return .unfinished }
        // U+0080 to U+009F stand for ESC and one of `@` to `_`, and are as many bytes (ECMA-48, 5.3).
        let isC1 = bytes[0] == 0xC2
        guard !isC1 || isControl(bytes[1] &- 0x80) else { return .plain(1) }
        switch isC1 ? bytes[1] - 0x40 : bytes[1] {
        case UInt8(ascii: "["): return control(bytes)
        case UInt8(ascii: "]"): return operatingSystemCommand(bytes)
        case UInt8(ascii: "P"): return deviceControl(bytes)
        case UInt8(ascii: "_"): return application(bytes)
        case UInt8(ascii: "Z"): return .query(2, .primaryAttributes)
        case UInt8(ascii: "c"): return .mode(2, .reset)
        case let byte where byte == 0x7F || isExecuted(byte):
            // A terminal carries the control out and goes on with the sequence, so the ESC is taken out.
            return .query(1, .other)
        default: return .plain(1)
        }
    }

    private static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 }

    /// Whether a terminal carries out the control and then goes on with the sequence that it stands in: all but CAN,
    /// SUB and ESC.
    private static func isExecuted(_ byte: UInt8) -> Bool {
        isControl(byte) && byte != 0x18 && byte != 0x1A && byte != 0x1B
    }

    /// CSI: parameters (0x30 to 0x3F), intermediates (0x20 to 0x2F), a final byte (0x40 to 0x7E).
    private static func control(_ bytes: UnsafeRawBufferPointer) -> EscapeSequence {
        var (index, isMixed) = (2, false)
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x40 && byte <= 0x7E { break }
            if byte < 0x20 || byte > 0x3F {
                // Anything else ends it: not a sequence that a keeper could understand.
                guard byte == 0x7F || isExecuted(byte) else { return .plain(index) }
                isMixed = true
            }
            index += 1
        }
        guard index < bytes.count else { return .unfinished }
        let final = bytes[index]
        // What programs print most is decided here.
        if final == UInt8(ascii: "m"), bytes[2] != UInt8(ascii: "?"), !isMixed { return .style(index + 1) }
        if final == UInt8(ascii: "K"), !isMixed { return .style(index + 1) }
        guard !isMixed else {
            let body = bytes[2..<index].filter { $0 >= 0x20 && $0 != 0x7F }
            return body.withUnsafeBytes { ControlSequence($0[...], final: final).meaning(length: index + 1) }
        }
        return ControlSequence(bytes[2..<index], final: final).meaning(length: index + 1)
    }

    private static func operatingSystemCommand(_ bytes: UnsafeRawBufferPointer) -> EscapeSequence {
        var (index, number) = (2, 0)
        while index < bytes.count, bytes[index] >= 0x30, bytes[index] <= 0x39, number < 100_000 {
            number = number * 10 + Int(bytes[index] - 0x30)
            index += 1
        }
        guard index < bytes.count else { return .unfinished }
        guard bytes[index] == UInt8(ascii: ";"), index > 2 else { return .plain(index) }
        switch number {
        case 1337:
            // Report…, Request…; what else there is, files above all, is long and no query.
            guard index + 1 < bytes.count else { return .unfinished }
            guard bytes[index + 1] == UInt8(ascii: "R") else { return .plain(index) }
        case 52:
            guard isQuestion(bytes, after: index) != false else { return .plain(index) }
        case 0, 2...6, 10...19, 21, 22, 50, 60, 61, 99, 133, 5522, 7501: break
        default: return .plain(index)
        }
        switch stringEnd(bytes, from: index, bell: true) {
        case .unfinished:
            // Too long to be held back; what could read a clipboard isn't begun then.
            let isTooLong = number == 52 && bytes.count >= TerminalQueries.heldBytesMax
            return isTooLong ? .query(2, .other) : .unfinished
        case .broken(let length): return .plain(length)
        case .ended(let end, let length):
            return OperatingSystemCommand(number, bytes[(index + 1)..<end], whole: bytes[..<length])
                .meaning(length: length)
        }
    }

    /// Whether an OSC 52 asks for the clipboard: its second field is `?`; nil when that isn't there yet.
    private static func isQuestion(_ bytes: UnsafeRawBufferPointer, after index: Int) -> Bool? {
        guard let semicolon = bytes[(index + 1)...].firstIndex(of: UInt8(ascii: ";")) else { return nil }
        guard semicolon + 1 < bytes.count else { return nil }
        return bytes[semicolon + 1] == UInt8(ascii: "?")
    }

    private static func deviceControl(_ bytes: UnsafeRawBufferPointer) -> EscapeSequence {
        guard bytes.count > 2 else { return .unfinished }
        let query: TerminalQuery
        switch bytes[2] {
        case UInt8(ascii: "+"): query = .capability
        case UInt8(ascii: "$"): query = .setting
        default: return .plain(2)
        }
        guard bytes.count > 3 else { return .unfinished }
        guard bytes[3] == UInt8(ascii: "q") else { return .plain(2) }
        switch stringEnd(bytes, from: 4, bell: false) {
        case .unfinished: return .unfinished
        case .broken(let length): return .plain(length)
        case .ended(_, let length): return .query(length, query)
        }
    }

    /// APC: kitty's graphics, `_G` with `a=q` among the keys asks.
    private static func application(_ bytes: UnsafeRawBufferPointer) -> EscapeSequence {
        guard bytes.count > 2 else { return .unfinished }
        guard bytes[2] == UInt8(ascii: "G") else { return .plain(2) }
        let end: StringEnd = stringEnd(bytes, from: 3, bell: false)
        let keys = bytes[3...].prefix { $0 != UInt8(ascii: ";") && $0 != 0x1B && $0 != 0xC2 }
        let asks = keys.split(separator: UInt8(ascii: ",")).contains { $0.elementsEqual("a=q".utf8) }
        let keysAreWhole = keys.endIndex < bytes.count
        if keysAreWhole, !asks { return .plain(2) }
        switch end {
        case .unfinished: return .unfinished
        case .broken(let length): return .plain(length)
        case .ended(_, let length): return .query(length, .other)
        }
    }

    private enum StringEnd {
        case unfinished
        /// Cut off by something that isn't its end.
        case broken(Int)
        /// Where the content ends, and the whole length.
        case ended(Int, Int)
    }

    /// Where a control string ends: at ST (`ESC \` or U+009C), and an OSC at BEL too.
    private static func stringEnd(
        _ bytes: UnsafeRawBufferPointer, from start: Int, bell: Bool
    ) -> StringEnd {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case 0x07 where bell: return .ended(index, index + 1)
            case 0x18, 0x1A: return .broken(index + 1)
            case 0x1B:
                guard index + 1 < bytes.count else { return .unfinished }
                return bytes[index + 1] == UInt8(ascii: "\\") ? .ended(index, index + 2) : .broken(index)
            case 0xC2:
                guard index + 1 < bytes.count else { return .unfinished }
                if bytes[index + 1] == 0x9C { return .ended(index, index + 2) }
                index += 1
            default: index += 1
            }
        }
        return .unfinished
    }
}
