internal import Screen

/// How many cells of a terminal a text takes.
enum DisplayWidth {
    /// The cells of a whole text.
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The cells of one character: 0, 1 or 2.
    ///
    /// A character of several scalars is as wide as the widest of them; U+FE0F asks for an emoji and
    /// regional indicators make a flag, two cells.
    static func of(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            if scalar.value == 0xFE0F || (0x1F1E6...0x1F1FF).contains(scalar.value) { return 2 }
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
        switch CellWidth.kind(of: scalar.value) {
        case .cells(let count): count
        case .combining, .hidden: 0
        }
    }
}
