internal import Linux

/// Turns a text into the bytes that bring it through a terminal.
enum TypedText {
    /// The most bytes between two ends of line for a terminal that takes lines: N_TTY holds 4,095, the end
    /// included.
    static let lineBytesMax = 4000

    /// The text as one bracketed paste: newlines as CR, as terminals send them, and no end of paste inside.
    static func paste(_ text: [UInt8]) -> [UInt8] {
        let start: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x30, 0x7E]
        let end: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E]
        var inside: [UInt8] = []
        for byte in text {
            inside.append(byte == 0x0A ? 0x0D : byte)
            // Checked after each byte, since what a removal joins may be another one.
            if byte == 0x7E, inside.suffix(6).elementsEqual(end) { inside.removeLast(6) }
        }
        return start + inside + end
    }

    /// The text as keys: newlines as Enter.
    static func keys(_ text: [UInt8]) -> [UInt8] { text.map { $0 == 0x0A ? 0x0D : $0 } }

    /// Cuts long lines so that a terminal which takes lines drops nothing; nil when it can't be done.
    ///
    /// `end` hands over what is there without a newline: the program reads the line in pieces.
    static func cut(_ bytes: [UInt8], for input: TerminalInput) -> [UInt8]? {
        guard case .lines(let end) = input, bytes.count > lineBytesMax else { return bytes }
        var (cut, length): ([UInt8], Int) = ([], 0)
        cut.reserveCapacity(bytes.count + bytes.count / lineBytesMax)
        for byte in bytes {
            if byte == 0x0D || byte == 0x0A {
                length = 0
            } else if length == lineBytesMax {
                guard let end else { return nil }
                cut.append(end)
                length = 1
            } else {
                length += 1
            }
            cut.append(byte)
        }
        return cut
    }
}
