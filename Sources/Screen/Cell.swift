/// One place of a screen.
///
/// Sixteen bytes that own nothing, so that copying and scrolling are cheap.
struct Cell: Equatable, Sendable {
    /// What stands in it.
    enum Content: Equatable {
        case blank
        case scalar(UInt32)
        /// A character of several scalars, by its number in the terminal's table.
        case cluster(UInt32)
        /// The second half of the wide character on its left.
        case trailing
    }

    private static let clusterBit: UInt32 = 1 << 21
    private static let valueMask: UInt32 = clusterBit - 1
    private static let widthShift: UInt32 = 22

    /// Bits 0 to 20 a scalar or a number, bit 21 which of them, bits 22 and 23 the width; 0 is blank.
    private var glyph: UInt32 = 0
    var style: CellStyle

    /// Empty space.
    static let blank = Cell(blank: CellStyle())

    /// A cell without text; `style` is what erasing leaves.
    init(blank style: CellStyle) { self.style = style }

    /// A character of one scalar, `width` (1 or 2) cells wide.
    init(_ scalar: UInt32, width: Int = 1, _ style: CellStyle) {
        glyph = scalar & Cell.valueMask | UInt32(truncatingIfNeeded: width) << Cell.widthShift
        self.style = style
    }

    /// The second half of a wide character.
    init(trailing style: CellStyle) {
        glyph = 1
        self.style = style
    }

    var content: Content {
        if glyph == 0 { return .blank }
        let value = glyph & Cell.valueMask
        if width == 0 { return .trailing }
        return glyph & Cell.clusterBit == 0 ? .scalar(value) : .cluster(value)
    }

    /// 1, or 2 for the first half of a wide character; 0 for blanks and second halves.
    var width: Int { Int(glyph >> Cell.widthShift) }

    var isTrailing: Bool { glyph == 1 }
    var isBlank: Bool { glyph == 0 }

    /// The same place with the cluster `number` in it; a blank becomes one cell wide.
    mutating func setCluster(_ number: UInt32) {
        glyph = number & Cell.valueMask | Cell.clusterBit | UInt32(max(1, width)) << Cell.widthShift
    }
}
