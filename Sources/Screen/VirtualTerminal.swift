/// A terminal without glass: bytes in, rows out.
///
/// A value, so a copy is a snapshot. Whatever the bytes are, it neither fails nor grows: sizes, titles, links
/// and combined characters have limits.
public struct VirtualTerminal: Sendable {
    /// The widest and the tallest terminal; larger ones are cut.
    public static let columnsMax = 1000
    /// The most rows.
    public static let rowsMax = 500

    private var parser = SequenceParser()
    var machine: Machine

    /// A terminal as it is when switched on.
    ///
    /// One that doesn't keep what stands on it is small and fast, and knows where its cursor is. (Where rows were only
    /// blanked, and not emptied to their end, it may lose other ones than they when it becomes lower.)
    public init(columns: Int, rows: Int, keepsCells: Bool = true) {
        machine = Machine(
            columns: Self.limited(columns, Self.columnsMax), rows: Self.limited(rows, Self.rowsMax),
            keepsCells: keepsCells)
    }

    /// Reads the next bytes; sequences and characters may come in any number of pieces.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) { parser.parse(bytes, into: &machine) }

    /// Reads the next bytes.
    public mutating func feed(_ bytes: [UInt8]) { bytes.withUnsafeBytes { feed($0) } }

    /// From where on the last of many lines decide alone where the cursor is; nil where all bytes must be read.
    ///
    /// `bytes` come next, and hold text with styles (SGR) and emptied rows (EL) and no other sequence. Whatever stood
    /// before, the cursor is in the first column behind a carriage return, and in the last row that it can come to
    /// (of the margins, if it is within or above them) after as many line feeds as there are rows.
    public func lastScreen(of bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        guard !parser.isInString else { return nil }
        var (index, lines) = (bytes.endIndex, 0)
        while index > bytes.startIndex {
            index -= 1
            if bytes[index] == 0x0A { lines += 1 }
            if bytes[index] == 0x0D, lines >= rows { return index }
        }
        return nil
    }

    /// Reads bytes that don't follow those before, but begin anew.
    public mutating func feed(apart bytes: [UInt8]) {
        parser = SequenceParser()
        feed(bytes)
    }

    /// Takes another size.
    public mutating func resize(columns: Int, rows: Int) {
        machine.resize(
            columns: Self.limited(columns, Self.columnsMax), rows: Self.limited(rows, Self.rowsMax))
    }

    private static func limited(_ value: Int, _ most: Int) -> Int { min(max(1, value), most) }

    // MARK: What is to be seen

    /// Cells in a row.
    public var columns: Int { machine.columns }
    /// Rows.
    public var rows: Int { machine.rows }
    /// Where the cursor stands, counted from 0.
    public var cursor: (row: Int, column: Int) { (machine.cursor.row, machine.cursor.column) }
    /// Whether the cursor is shown.
    public var isCursorVisible: Bool { machine.modes[25] }
    /// Whether the alternate screen is shown, as editors and pagers do.
    public var isAlternate: Bool { machine.isAlternate }
    /// The title that the program gave (OSC 0 and 2), without anything that isn't shown.
    public var title: String { machine.title }
    /// How often the bell rang.
    public var bells: Int { machine.bells }
    /// Where the shell said last that it is (OSC 133).
    public var promptMark: PromptMark? { machine.promptMark }
    /// Whether a private mode (DECSET) is on, of those that matter here.
    public func isOn(mode: Int) -> Bool { machine.modes[mode] }

    /// The text of every row, without the blanks at its end.
    public var lines: [String] { (0..<rows).map(line) }

    /// The text of a row, without the blanks at its end.
    public func line(_ row: Int) -> String {
        var text = ""
        for column in 0..<machine.page.grid.usedColumns(row) {
            text += machine.text(of: machine.page.grid[row, column])
        }
        while text.last == " " { text.removeLast() }
        return text
    }

    /// The text of some cells of a row, blanks and all.
    public func text(row: Int, columns: Range<Int>) -> String {
        columns.reduce("") { $0 + machine.text(of: machine.page.grid[row, $1]) }
    }

    /// The text of rows that have left the screen at the top, as far as they are kept, the last one last.
    public var linesAbove: [String] { (-machine.page.grid.history..<0).map(line) }

    /// The stretches of a row that look the same, from its first cell to the last that shows something.
    public func runs(_ row: Int) -> [StyledRun] { runs(of: machine.page.grid, row) }

    func runs(of grid: Grid, _ row: Int) -> [StyledRun] {
        var end = grid.usedColumns(row)
        while end > 0, case let cell = grid[row, end - 1], isEmpty(cell) { end -= 1 }
        var runs: [StyledRun] = []
        for column in 0..<end {
            let cell = grid[row, column]
            if runs.last?.style != cell.style {
                let link = cell.style.link > 0 ? machine.links[Int(cell.style.link) - 1] : nil
                runs.append(StyledRun(column: column, text: "", style: cell.style, link: link))
            }
            runs[runs.count - 1].text += machine.text(of: cell)
        }
        return runs
    }

    private func isEmpty(_ cell: Cell) -> Bool {
        cell.content == .blank || cell.content == .scalar(0x20) ? !cell.style.showsOnBlank : false
    }
}

/// A stretch of a row that looks the same.
public struct StyledRun: Equatable, Sendable {
    /// Its first column, counted from 0.
    public let column: Int
    /// What stands there; blanks are spaces.
    public internal(set) var text: String
    /// How it looks.
    public let style: CellStyle
    /// The address that it links to (OSC 8).
    public let link: String?
}
