/// How many cells of a terminal a character takes.
public enum CellWidth {
    /// What a scalar does.
    public enum Kind: Equatable, Sendable {
        /// Takes so many cells, 1 or 2.
        case cells(Int)
        /// Joins the character before it.
        case combining
        /// Isn't shown: controls, and format characters that could turn or hide text.
        case hidden
    }

    /// What the scalar of this value does.
    public static func kind(of value: UInt32) -> Kind {
        if value < 0x300 {
            return value < 0x20 || (0x7F...0x9F).contains(value) ? .hidden : .cells(1)
        }
        return value < tableEnd ? kinds[Int(table[Int(value)])] : find(value)
    }

    private static let tableEnd: UInt32 = 0x3000
    /// Looked up once: what programs draw with most, box drawing above all, lies in here.
    private static let table: [UInt8] = (0..<tableEnd).map { value in
        let kind = find(value)
        return UInt8(kinds.firstIndex(of: kind) ?? 0)
    }
    /// What a byte of the table stands for: a value itself would take sixteen times the memory.
    private static let kinds: [Kind] = [.hidden, .cells(1), .cells(2), .combining]

    private static func find(_ value: UInt32) -> Kind {
        // ZWNJ and ZWJ belong to the character before; so do Hangul's vowels and finals.
        if value == 0x200C || value == 0x200D || (0x1160...0x11FF).contains(value) { return .combining }
        guard let scalar = Unicode.Scalar(value) else { return .hidden }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .combining
        case .format, .control, .lineSeparator, .paragraphSeparator: return .hidden
        default: break
        }
        // Two regional indicators make one flag of two cells.
        if (0x1F1E6...0x1F1FF).contains(value) { return .cells(1) }
        if scalar.properties.isEmojiPresentation { return .cells(2) }
        return .cells(wide.contains { $0.contains(value) } ? 2 : 1)
    }

    /// The blocks of East Asian Width W and F (Unicode 15, EastAsianWidth.txt), gaps of unassigned ones
    /// closed.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97F,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
        0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD,
    ]
}
