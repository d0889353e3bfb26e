/// How many cells of a terminal a text takes.
enum DisplayWidth {
    /// The cells of a whole text.
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The cells of one character: 0, 1 or 2.
    ///
    /// A character of several scalars is as wide as the widest of them; U+FE0F asks for an emoji, two cells.
    static func of(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F { return 2 }
            widest = max(widest, of(scalar))
        }
        return widest
    }

    /// The beginning of `text` in at most `cells` cells, ending in `…` when something was left out.
    static func shortened(_ text: String, to cells: Int) -> String {
        guard of(text) > cells else { return text }
        guard cells > 0 else { return "" }
        var (kept, used) = ("", 0)
        for character in text {
            let width = of(character)
            guard used + width <= cells - 1 else { break }
            kept.append(character)
            used += width
        }
        return kept + "…"
    }

    private static func of(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// The blocks of East Asian Width W and F (Unicode 15, EastAsianWidth.txt), gaps of unassigned ones
    /// closed.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFD,
    ]
}
