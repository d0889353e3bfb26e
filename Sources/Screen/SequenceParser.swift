/// Who is told what a terminal's bytes mean.
protocol SequenceReceiver {
    /// Printable ASCII.
    mutating func print(ascii: UnsafeRawBufferPointer)
    /// Any other character.
    mutating func print(_ scalar: UInt32)
    /// A control character.
    mutating func execute(_ control: UInt8)
    /// `ESC intermediate final`; 0 is no intermediate.
    mutating func escape(_ intermediate: UInt8, _ final: UInt8)
    /// `CSI …`.
    mutating func control(_ sequence: ControlSequence)
    /// `OSC content ST`.
    mutating func command(_ content: [UInt8])
}

/// Splits a terminal's bytes, in whatever pieces they come, into text and sequences.
///
/// By ECMA-48 and xterm's "Control Sequences": controls inside of a sequence act at once, CAN and SUB end it,
/// ESC begins another. Eight-bit controls don't exist in UTF-8.
struct SequenceParser: Sendable {
    /// Bytes of an operating system command that are understood; longer ones are passed over.
    static let commandBytesMax = 8192
    /// Bytes after which a string without an end is given up.
    static let stringBytesMax = 1 << 20

    private enum State: Sendable {
        case ground
        case escape(UInt8)
        case control
        case string(isCommand: Bool)
        case stringEscape(isCommand: Bool)
    }

    private var state = State.ground
    private var sequence = ControlSequence()
    private var content: [UInt8] = []
    private var stringBytes = 0
    /// A character whose bytes haven't all come: its bits so far, how many are missing, its least value.
    private var partial: UInt32 = 0
    private var missing = 0
    private var least: UInt32 = 0

    /// Whether what comes next belongs to a string, of which nothing is shown.
    var isInString: Bool {
        switch state {
        case .string, .stringEscape: true
        case .ground, .escape, .control: false
        }
    }

    /// Reads the next bytes.
    mutating func parse(_ bytes: UnsafeRawBufferPointer, into receiver: inout some SequenceReceiver) {
        var index = 0
        while index < bytes.count {
            if case .ground = state, missing == 0 {
                let start = index
                while index < bytes.count, bytes[index] &- 0x20 < 0x5F { index += 1 }
                if index > start {
                    receiver.print(ascii: UnsafeRawBufferPointer(rebasing: bytes[start..<index]))
                }
                guard index < bytes.count else { return }
            }
            take(bytes[index], &receiver)
            index += 1
        }
    }

    private mutating func take(_ byte: UInt8, _ receiver: inout some SequenceReceiver) {
        switch state {
        case .ground: takeText(byte, &receiver)
        case .escape(let intermediate): takeEscape(byte, intermediate, &receiver)
        case .control: takeControl(byte, &receiver)
        case .string(let isCommand): takeString(byte, isCommand: isCommand, &receiver)
        case .stringEscape(let isCommand):
            if byte == UInt8(ascii: "\\") {
                endString(isCommand: isCommand, &receiver)
            } else {
                state = .escape(0)
                takeEscape(byte, 0, &receiver)
            }
        }
    }

    // MARK: Text

    private mutating func takeText(_ byte: UInt8, _ receiver: inout some SequenceReceiver) {
        if missing > 0 {
            if byte & 0xC0 == 0x80 {
                partial = partial << 6 | UInt32(byte & 0x3F)
                missing -= 1
                if missing == 0 { receiver.print(partial < least ? 0xFFFD : SequenceParser.valid(partial)) }
                return
            }
            missing = 0
            receiver.print(0xFFFD)
        }
        switch byte {
        case 0x1B: state = .escape(0)
        case 0x20...0x7E: withUnsafeBytes(of: byte) { receiver.print(ascii: $0) }
        case 0x00...0x1F: receiver.execute(byte)
        case 0x7F: break
        case 0xC2...0xDF: (partial, missing, least) = (UInt32(byte & 0x1F), 1, 0x80)
        case 0xE0...0xEF: (partial, missing, least) = (UInt32(byte & 0x0F), 2, 0x800)
        case 0xF0...0xF4: (partial, missing, least) = (UInt32(byte & 0x07), 3, 0x10000)
        default: receiver.print(0xFFFD)
        }
    }

    /// The scalar itself, or U+FFFD for surrogates and what lies beyond Unicode.
    private static func valid(_ value: UInt32) -> UInt32 { Unicode.Scalar(value) == nil ? 0xFFFD : value }

    // MARK: Sequences

    private mutating func takeEscape(
        _ byte: UInt8, _ intermediate: UInt8, _ receiver: inout some SequenceReceiver
    ) {
        switch byte {
        case 0x20...0x2F: state = .escape(byte)
        case 0x18, 0x1A: state = .ground
        case 0x1B: state = .escape(0)
        case 0x00...0x1F: receiver.execute(byte)
        case UInt8(ascii: "[") where intermediate == 0:
            sequence.reset()
            state = .control
        case UInt8(ascii: "]") where intermediate == 0: beginString(isCommand: true)
        // DCS, SOS, PM, APC: nothing in them is shown.
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            if intermediate == 0 { beginString(isCommand: false) } else { state = .ground }
        case 0x30...0x7E:
            state = .ground
            receiver.escape(intermediate, byte)
        case 0x7F: break
        default:
            state = .ground
            takeText(byte, &receiver)
        }
    }

    private mutating func takeControl(_ byte: UInt8, _ receiver: inout some SequenceReceiver) {
        switch byte {
        case 0x20...0x3F: sequence.take(byte)
        case 0x40...0x7E:
            state = .ground
            sequence.final = byte
            if !sequence.isStrange { receiver.control(sequence) }
        case 0x18, 0x1A: state = .ground
        case 0x1B: state = .escape(0)
        case 0x00...0x1F: receiver.execute(byte)
        case 0x7F: break
        default:
            state = .ground
            takeText(byte, &receiver)
        }
    }

    // MARK: Strings

    private mutating func beginString(isCommand: Bool) {
        state = .string(isCommand: isCommand)
        content.removeAll(keepingCapacity: true)
        stringBytes = 0
    }

    private mutating func takeString(
        _ byte: UInt8, isCommand: Bool, _ receiver: inout some SequenceReceiver
    ) {
        switch byte {
        case 0x1B: state = .stringEscape(isCommand: isCommand)
        case 0x18, 0x1A: state = .ground
        case 0x07 where isCommand: endString(isCommand: true, &receiver)
        default:
            stringBytes += 1
            if stringBytes > SequenceParser.stringBytesMax {
                state = .ground
            } else if isCommand, byte >= 0x20, content.count <= SequenceParser.commandBytesMax {
                content.append(byte)
            }
        }
    }

    private mutating func endString(isCommand: Bool, _ receiver: inout some SequenceReceiver) {
        state = .ground
        if isCommand, content.count <= SequenceParser.commandBytesMax { receiver.command(content) }
    }
}
