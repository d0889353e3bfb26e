/// Looks in a program's output for the end of what was typed to it: then it is on the screen.
///
/// Programs draw it in any order of colours and moves, so only its letters and digits are compared.
struct Echo: Equatable {
    /// How many of the last letters are looked for, and how few are too few to be told from anything else.
    private static let lettersMax = 12
    private static let lettersMin = 3

    private let wanted: [UInt8]
    private var last: [UInt8] = []
    private var sequence = Sequence.none
    /// Whether it was seen.
    private(set) var isSeen: Bool

    private enum Sequence { case none, escape, control, string, stringEscape }

    /// The echo of a text; any output is one where it has too few letters.
    init(of text: [UInt8]) {
        wanted = Array(text.filter(Echo.isLetter).suffix(Echo.lettersMax))
        isSeen = false
    }

    /// Takes what was printed.
    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        guard !isSeen, !bytes.isEmpty else { return }
        guard wanted.count >= Echo.lettersMin else { return isSeen = true }
        for byte in bytes where isText(byte) && Echo.isLetter(byte) {
            last.append(byte)
            if last.count > wanted.count { last.removeFirst() }
            if last == wanted { return isSeen = true }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Whether the byte stands on the screen, and isn't part of a sequence.
    private mutating func isText(_ byte: UInt8) -> Bool {
        switch sequence {
        case .none:
            if byte == 0x1B { sequence = .escape }
            return byte != 0x1B
        case .escape:
            sequence =
                switch byte {
                case UInt8(ascii: "["): .control
                case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"): .string
                default: (0x20...0x2F).contains(byte) ? .escape : .none
                }
        case .control: if (0x40...0x7E).contains(byte) { sequence = .none }
        case .string:
            if byte == 0x07 { sequence = .none }
            if byte == 0x1B { sequence = .stringEscape }
        case .stringEscape: sequence = .none
        }
        return false
    }
}
