/// Turns a terminal's bytes, as they come, into plain lines that are safe to print on any terminal.
///
/// Escape sequences go, a carriage return overwrites, broken UTF-8 becomes U+FFFD; of what can hide or turn
/// text around nothing is left as it is.
public struct TextSanitizer: Sendable {
    /// Characters after which a line is broken.
    private static let columnsMax = 65_536
    /// The furthest column that the cursor is moved to: wider than terminals are.
    private static let moveMax = 1000
    /// Bytes after which a string (OSC, DCS and the like) without an end is given up.
    private static let stringMax = 1_048_576
    /// Digits and the like that a control sequence may have.
    private static let parametersMax = 64

    private enum State { case text, escape, escapeMore, control, string, stringEscape }

    private var state = State.text
    private var parameters: [UInt8] = []
    private var stringLength = 0
    private var isCommand = false
    private var pending: [UInt8] = []
    private var line: [Unicode.Scalar] = []
    private var column = 0
    private var done = String.UnicodeScalarView()

    /// A sanitizer at the start of a line.
    public init() {}

    /// Takes bytes and returns the text of the lines that they complete, each with a newline.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> String {
        for byte in bytes { take(byte) }
        defer { done = String.UnicodeScalarView() }
        return String(done)
    }

    /// The text of the last line, which has no end yet; empty when there is none.
    public mutating func finish() -> String {
        if !pending.isEmpty { breakCharacter() }
        flush(newline: false)
        state = .text
        defer { done = String.UnicodeScalarView() }
        return String(done)
    }

    private mutating func take(_ byte: UInt8) {
        switch state {
        case .text: takeText(byte)
        case .escape: takeEscape(byte)
        case .escapeMore:
            if !(0x20...0x2F).contains(byte) { state = byte == 0x1B ? .escape : .text }
        case .control:
            if byte == 0x1B {
                state = .escape
            } else if (0x40...0x7E).contains(byte) {
                state = .text
                perform(byte)
            } else if byte < 0x20 {
                takeText(byte)
            } else if byte >= 0x80 || parameters.count >= Self.parametersMax {
                state = .text
            } else {
                parameters.append(byte)
            }
        case .string:
            stringLength += 1
            if byte == 0x1B {
                state = .stringEscape
            } else if byte == 0x07 || byte == 0x18 || byte == 0x1A || stringLength > Self.stringMax {
                state = .text
            } else if byte == 0x0A, isCommand {
                // A title without an end doesn't swallow what is printed after it.
                state = .text
                takeText(byte)
            }
        case .stringEscape:
            state = .escape
            if byte == 0x5C { state = .text } else { takeEscape(byte) }
        }
    }

    private mutating func takeEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "["):
            parameters = []
            state = .control
        case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            stringLength = 0
            isCommand = byte == UInt8(ascii: "]")
            state = .string
        case 0x20...0x2F: state = .escapeMore
        case 0x1B: break
        case 0x00...0x1F:
            state = .text
            takeText(byte)
        default:
            state = .text
            if "DEc".utf8.contains(byte) { breakLine() }
        }
    }

    private mutating func takeText(_ byte: UInt8) {
        if byte >= 0x80 {
            if byte & 0xC0 != 0x80, !pending.isEmpty { breakCharacter() }
            pending.append(byte)
            takeCharacter()
            return
        }
        if !pending.isEmpty { breakCharacter() }
        switch byte {
        case 0x1B: state = .escape
        case 0x0A, 0x0B, 0x0C: flush(newline: true)
        case 0x0D: column = 0
        case 0x08: column = max(0, column - 1)
        case 0x09: put("\t")
        case 0x00...0x1F, 0x7F: break
        default: put(Unicode.Scalar(byte))
        }
    }

    /// Takes what is pending when it is a whole character, and what can't become one.
    private mutating func takeCharacter() {
        let length = UTF8Check.sequenceLength(pending, 0)
        if length == pending.count, let scalar = String(decoding: pending, as: UTF8.self).unicodeScalars.first
        {
            pending = []
            for shown in PlainText.shown(scalar, keeping: "").unicodeScalars { put(shown) }
            return
        }
        let expected =
            switch pending[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        if pending.count >= expected { breakCharacter() }
    }

    private mutating func breakCharacter() {
        pending = []
        put("\u{FFFD}")
    }

    /// Carries out what concerns the line: erasing in it and moving along it; other lines stay as they are.
    private mutating func perform(_ final: UInt8) {
        let digits = parameters.prefix { (0x30...0x39).contains($0) }.prefix(5)
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        switch final {
        case UInt8(ascii: "C"): column = max(column, min(Self.moveMax, column + max(1, number)))
        case UInt8(ascii: "D"): column = max(0, column - max(1, number))
        case UInt8(ascii: "G"): column = min(Self.moveMax, max(1, number) - 1)
        case UInt8(ascii: "K"):
            switch number {
            case 0: line.removeLast(max(0, line.count - column))
            case 2: line = []
            default: for index in 0..<min(line.count, column + 1) { line[index] = " " }
            }
        case UInt8(ascii: "A"), UInt8(ascii: "B"), UInt8(ascii: "E"), UInt8(ascii: "F"), UInt8(ascii: "H"),
            UInt8(ascii: "d"), UInt8(ascii: "f"), UInt8(ascii: "J"):
            breakLine()
        default: break
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        if column >= Self.columnsMax { flush(newline: true) }
        while line.count < column { line.append(" ") }
        if column < line.count { line[column] = scalar } else { line.append(scalar) }
        column += 1
    }

    /// Ends the line when something stands in it.
    private mutating func breakLine() {
        if line.contains(where: { $0 != " " }) { flush(newline: true) }
        line = []
        column = 0
    }

    private mutating func flush(newline: Bool) {
        while line.last == " " { line.removeLast() }
        done.append(contentsOf: line)
        if newline { done.append("\n") }
        line = []
        column = 0
    }
}
