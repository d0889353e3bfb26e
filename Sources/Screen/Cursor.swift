/// Where text goes, and how: what DECSC (`ESC 7`) saves.
struct Cursor: Equatable, Sendable {
    var row = 0
    var column = 0
    /// Whether the last column was written, so that the next character wraps first.
    var isPending = false
    var style = CellStyle()
    var charsets = Charsets()
    /// Whether rows count from the top margin (DECOM).
    var isRelative = false
}

/// Which of the sets G0 and G1 hold DEC's line drawing, and which of them is in use.
struct Charsets: Equatable, Sendable {
    var drawing = [false, false]
    var active = 0

    /// Whether letters are lines now.
    var isDrawing: Bool { drawing[active] }

    /// What 0x5F to 0x7E are in DEC Special Graphics (VT100 User Guide, table 3-9).
    private static let glyphs: [UInt32] = Array(
        " ◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·".unicodeScalars.map(\.value))

    /// The character that a byte stands for.
    func scalar(_ byte: UInt8) -> UInt32 {
        isDrawing && byte >= 0x5F && byte <= 0x7E ? Charsets.glyphs[Int(byte - 0x5F)] : UInt32(byte)
    }
}

/// One of the two screens of a terminal.
struct Page: Sendable {
    var grid: Grid
    var saved = Cursor()
    var keyboard = KeyboardFlags()
}

/// Kitty's keyboard flags, and those that a program put aside.
struct KeyboardFlags: Equatable, Sendable {
    /// The most flags that are put aside; the oldest go.
    private static let depthMax = 16

    /// The flags that hold.
    private(set) var current: UInt8 = 0
    /// The flags put aside, oldest first.
    private(set) var stack: [UInt8] = []

    /// Carries out `CSI > flags u`, `CSI < count u` or `CSI = flags ; way u`.
    mutating func apply(_ sequence: ControlSequence) {
        let flags = UInt8(sequence.number() & 0x1F)
        switch sequence.prefix {
        case UInt8(ascii: ">"):
            stack.append(current)
            if stack.count > KeyboardFlags.depthMax { stack.removeFirst() }
            current = flags
        case UInt8(ascii: "<"):
            for _ in 0..<min(sequence.count(), stack.count + 1) { current = stack.popLast() ?? 0 }
        case UInt8(ascii: "="):
            switch sequence.number(1) {
            case 2: current |= flags
            case 3: current &= ~flags
            default: current = flags
            }
        default: break
        }
    }
}
