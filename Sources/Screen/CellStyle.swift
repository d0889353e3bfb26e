/// How a cell looks: its colours and what SGR (`CSI m`) can say besides.
public struct CellStyle: Equatable, Sendable {
    /// Properties that are on or off.
    public struct Attributes: OptionSet, Sendable {
        /// One bit for each.
        public let rawValue: UInt8

        /// Attributes of these bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Heavier strokes (SGR 1).
        public static let bold = Attributes(rawValue: 1)
        /// Paler (SGR 2).
        public static let dim = Attributes(rawValue: 2)
        /// Slanted (SGR 3).
        public static let italic = Attributes(rawValue: 4)
        /// Blinking (SGR 5 and 6).
        public static let blink = Attributes(rawValue: 8)
        /// Foreground and background changed over (SGR 7).
        public static let inverse = Attributes(rawValue: 16)
        /// Not to be seen (SGR 8).
        public static let hidden = Attributes(rawValue: 32)
        /// Struck through (SGR 9).
        public static let strike = Attributes(rawValue: 64)
        /// A line above (SGR 53).
        public static let overline = Attributes(rawValue: 128)
    }

    /// The line below, by the numbers of SGR 4.
    public enum Underline: UInt8, Sendable {
        /// No line.
        case none
        /// One line.
        case single
        /// Two lines.
        case double
        /// A wave.
        case curly
        /// Dots.
        case dotted
        /// Dashes.
        case dashed
    }

    /// The colour of the text.
    public var foreground = CellColor.standard
    /// The colour behind it.
    public var background = CellColor.standard
    /// What is on.
    public var attributes: Attributes = []
    /// The line below.
    public var underline = Underline.none
    /// The link that the cell belongs to (OSC 8), by its number in the terminal's table; 0 is none.
    var link: UInt16 = 0

    /// Plain text.
    public init() {}

    /// What erased cells look like while this style is set: only the background stays.
    var erased: CellStyle {
        var style = CellStyle()
        style.background = background
        return style
    }

    /// Whether a blank in this style can be told from empty space.
    var showsOnBlank: Bool {
        background != .standard || underline != .none
            || !attributes.isDisjoint(with: [.inverse, .strike, .overline])
    }
}

/// A colour as a program asked for it; how it looks is the person's terminal's affair.
public enum CellColor: Equatable, Sendable {
    /// The terminal's own.
    case standard
    /// One of 256: 8 colours, 8 bright ones, a cube of 216, 24 greys.
    case indexed(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)
}
