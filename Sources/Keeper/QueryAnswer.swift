internal import KeeperProtocol
internal import Linux
internal import SessionModel

/// What this terminal answers to a query, by xterm's "Control Sequences" (ctlseqs).
enum QueryAnswer {
    /// Pixels of a character cell, for programs that ask for pixels.
    private static let cell = (width: 10, height: 20)

    /// The answer's bytes; empty where a terminal that lacks the feature says nothing.
    ///
    /// The cursor's place counts from 1.
    static func bytes(
        to query: TerminalQuery, size: TerminalSize, cursor: (row: Int, column: Int)
    ) -> [UInt8] {
        switch query {
        // A VT220 with colours, so that nobody expects sixels.
        case .primaryAttributes: escape("[?62;22c")
        case .secondaryAttributes: escape("[>1;10;0c")
        case .tertiaryAttributes: escape("P!|00000000\u{1B}\\")
        case .version: escape("P>|claudia(\(claudiaVersion))\u{1B}\\")
        case .status: escape("[0n")
        case .cursorPosition(let extended): position(cursor, extended)
        case .colorScheme: escape("[?997;1n")
        case .mode(let number, let isOn): escape("[?\(number);\(isOn.map { $0 ? 1 : 2 } ?? 0)$y")
        case .ansiMode(let number): escape("[\(number);0$y")
        case .keyboard: escape("[?0u")
        case .window(let what): window(what, size)
        case .color(let number, let bell):
            color("\(number)", number == 11 ? (0x1E, 0x1E, 0x1E) : (0xD4, 0xD4, 0xD4), bell)
        case .palette(let entries, let bell):
            entries.filter { (0...255).contains($0) }.flatMap { color("4;\($0)", palette($0), bell) }
        case .programStatus(let bytes): bytes
        case .capability: escape("P0+r\u{1B}\\")
        case .setting: escape("P0$r\u{1B}\\")
        case .other: []
        }
    }

    private static func escape(_ text: String) -> [UInt8] { [0x1B] + Array(text.utf8) }

    private static func position(_ place: (row: Int, column: Int), _ extended: Bool) -> [UInt8] {
        escape("[\(extended ? "?" : "")\(place.row);\(place.column)R")
    }

    private static func window(_ what: Int, _ size: TerminalSize) -> [UInt8] {
        let (rows, columns) = (Int(size.rows), Int(size.columns))
        return switch what {
        case 14: escape("[4;\(rows * cell.height);\(columns * cell.width)t")
        case 15: escape("[5;\(rows * cell.height);\(columns * cell.width)t")
        case 16: escape("[6;\(cell.height);\(cell.width)t")
        case 18: escape("[8;\(rows);\(columns)t")
        case 19: escape("[9;\(rows);\(columns)t")
        // Always empty: a title that came back as input would be the program's own words, typed.
        case 20: escape("]L\u{1B}\\")
        case 21: escape("]l\u{1B}\\")
        case 11: escape("[1t")
        case 13: escape("[3;0;0t")
        default: []
        }
    }

    private static func color(_ name: String, _ rgb: (Int, Int, Int), _ bell: Bool) -> [UInt8] {
        func hex(_ value: Int) -> String {
            let digits = String(value, radix: 16)
            let two = digits.count < 2 ? "0" + digits : digits
            return two + two
        }
        return escape("]\(name);rgb:\(hex(rgb.0))/\(hex(rgb.1))/\(hex(rgb.2))\(bell ? "\u{7}" : "\u{1B}\\")")
    }

    /// xterm's default palette: 16 named colours, a cube of 6 × 6 × 6, 24 greys.
    private static func palette(_ entry: Int) -> (Int, Int, Int) {
        func level(_ step: Int) -> Int { step == 0 ? 0 : 55 + 40 * step }
        switch entry {
        case 0..<8: return (entry & 1 != 0 ? 0xCD : 0, entry & 2 != 0 ? 0xCD : 0, entry & 4 != 0 ? 0xCD : 0)
        case 8: return (0x7F, 0x7F, 0x7F)
        case 9..<16: return (entry & 1 != 0 ? 0xFF : 0, entry & 2 != 0 ? 0xFF : 0, entry & 4 != 0 ? 0xFF : 0)
        case 16..<232:
            let index = entry - 16
            return (level(index / 36), level(index / 6 % 6), level(index % 6))
        default:
            let grey = 8 + 10 * (entry - 232)
            return (grey, grey, grey)
        }
    }
}
