internal import Store

/// Rows under headings, laid out to fit a terminal.
///
/// Cells hold text of strangers: it is escaped here, and nowhere else has to be.
struct Table {
    /// A column, and how it behaves where there is too little room.
    struct Column {
        /// The heading.
        var title: String
        /// Cells below which the column is never shrunk.
        var least = 4
        /// Whether the text stands at the right.
        var right = false
        /// Left out first where even the least widths don't fit; nil for a column that always stays.
        var droppable: Int?

        init(_ title: String, least: Int = 4, right: Bool = false, droppable: Int? = nil) {
            (self.title, self.least, self.right, self.droppable) = (title, least, right, droppable)
        }
    }

    /// One field.
    struct Cell: ExpressibleByStringLiteral {
        /// What stands in it, not escaped.
        var text: String
        /// How it looks.
        var style = Style.plain

        init(_ text: String, _ style: Style = .plain) { (self.text, self.style) = (text, style) }

        init(stringLiteral text: String) { self.text = text }
    }

    /// Between two columns.
    private static let gap = 2

    /// The columns, from left to right.
    let columns: [Column]
    /// The rows, each with as many cells as there are columns.
    private(set) var rows: [[Cell]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row.
    mutating func add(_ row: [Cell]) {
        precondition(row.count == columns.count, "a row has a cell for each column")
        rows.append(row.map { Cell(PlainText.line($0.text), $0.style) })
    }

    /// The lines, headings first, none wider than `width` cells; nil is as wide as need be.
    func lines(width: Int?, colours: Bool) -> [String] {
        let shown = shownColumns(width: width)
        let widths = widths(of: shown, fitting: width)
        let heading = shown.map { Cell(columns[$0].title, .dim) }
        return ([heading] + rows.map { row in shown.map { row[$0] } }).map { cells in
            line(cells, shown: shown, widths: widths, colours: colours)
        }
    }

    private func line(_ cells: [Cell], shown: [Int], widths: [Int], colours: Bool) -> String {
        var line = ""
        var pending = 0
        for (position, cell) in cells.enumerated() {
            let text = DisplayWidth.shortened(cell.text, to: widths[position])
            let padding = widths[position] - DisplayWidth.of(text)
            let right = columns[shown[position]].right
            let before = pending + (right ? padding : 0)
            if !text.isEmpty {
                line += String(repeating: " ", count: before) + cell.style.on(text, colours: colours)
                pending = (right ? 0 : padding) + Table.gap
            } else {
                pending = before + (right ? 0 : padding) + Table.gap
            }
        }
        return line
    }

    private func natural(_ column: Int) -> Int {
        rows.reduce(DisplayWidth.of(columns[column].title)) { max($0, DisplayWidth.of($1[column].text)) }
    }

    /// The columns there is room for; what always stays is kept even where there is none.
    private func shownColumns(width: Int?) -> [Int] {
        // A column without any content says nothing.
        var shown = columns.indices.filter { column in
            columns[column].droppable == nil || rows.contains { !$0[column].text.isEmpty }
        }
        guard let width else { return shown }
        func least() -> Int {
            shown.reduce(-Table.gap) { $0 + min(natural($1), columns[$1].least) + Table.gap }
        }
        while least() > width,
            let next = shown.filter({ columns[$0].droppable != nil }).min(by: {
                (columns[$0].droppable ?? 0) < (columns[$1].droppable ?? 0)
            })
        {
            shown.removeAll { $0 == next }
        }
        return shown
    }

    /// Takes cells from the widest column that may still shrink, until all fit.
    private func widths(of shown: [Int], fitting width: Int?) -> [Int] {
        var widths = shown.map(natural)
        guard let width else { return widths }
        var excess = widths.reduce(-Table.gap) { $0 + $1 + Table.gap } - width
        while excess > 0 {
            let candidates = widths.indices.filter { widths[$0] > columns[shown[$0]].least }
            if let widest = candidates.max(by: { widths[$0] < widths[$1] }) {
                widths[widest] -= 1
            } else if let widest = widths.indices.filter({ widths[$0] > 1 }).max(by: {
                widths[$0] < widths[$1]
            }) {
                widths[widest] -= 1
            } else {
                break
            }
            excess -= 1
        }
        return widths
    }
}
