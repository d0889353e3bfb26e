/// The rows of a screen, and some that have left it at the top.
///
/// A ring of lines: scrolling the whole screen moves its beginning and copies nothing. Of each line only the
/// first `used` cells have meaning; those behind are blank. One that keeps no cells knows only how far each line is
/// used.
struct Grid: Sendable {
    private(set) var columns: Int
    private(set) var rows: Int
    /// Rows above the screen that a taller terminal shows again.
    private(set) var history = 0
    let historyMax: Int
    /// Whether what stands in the cells is kept.
    let keepsCells: Bool
    /// How many of them left because the screen became lower; as many come back when it grows.
    private var displaced = 0

    private var cells: [Cell]
    private var used: [Int]
    /// The line of the screen's first row.
    private var top = 0

    /// An empty screen.
    init(columns: Int, rows: Int, historyMax: Int, keepsCells: Bool) {
        (self.columns, self.rows, self.historyMax, self.keepsCells) = (columns, rows, historyMax, keepsCells)
        used = Array(repeating: 0, count: rows + historyMax)
        cells = keepsCells ? Array(repeating: .blank, count: columns * (rows + historyMax)) : []
    }

    /// How many lines the ring has.
    private var lineCount: Int { used.count }

    /// The line of a row; rows below 0 are history.
    private func line(_ row: Int) -> Int {
        let index = top + row
        if index < 0 { return index + lineCount }
        return index >= lineCount ? index - lineCount : index
    }

    /// The cell at a place.
    subscript(row: Int, column: Int) -> Cell {
        let line = line(row)
        return keepsCells && column < used[line] ? cells[line * columns + column] : .blank
    }

    /// How many cells of a row may hold something.
    func usedColumns(_ row: Int) -> Int { used[line(row)] }

    // MARK: Writing

    /// Writes single-width characters, all of them within the row.
    mutating func write(_ text: UnsafeRawBufferPointer, _ style: CellStyle, row: Int, column: Int) {
        let line = prepare(row, column, text.count)
        guard keepsCells else { return }
        var index = line * columns + column
        for byte in text {
            cells[index] = Cell(UInt32(byte), style)
            index += 1
        }
    }

    /// Puts a cell, and the second half behind it if it is the first of a wide character.
    mutating func put(_ cell: Cell, row: Int, column: Int) {
        let width = max(1, cell.width)
        let index = prepare(row, column, width) * columns + column
        guard keepsCells else { return }
        cells[index] = cell
        if width == 2 { cells[index + 1] = Cell(trailing: cell.style) }
    }

    /// Changes what stands in a cell and not its width.
    mutating func modify(row: Int, column: Int, _ change: (inout Cell) -> Void) {
        let line = line(row)
        extend(line, to: column + 1)
        guard keepsCells else { return }
        change(&cells[line * columns + column])
    }

    /// Changes every cell, of the history too.
    mutating func modifyAll(_ change: (inout Cell) -> Void) {
        for line in 0..<lineCount where keepsCells {
            for index in (line * columns)..<(line * columns + used[line]) { change(&cells[index]) }
        }
    }

    /// Empties some columns of a row.
    mutating func erase(row: Int, from first: Int, to end: Int, _ style: CellStyle) {
        guard first < end else { return }
        let line = line(row)
        mend(line, first, end)
        if style == CellStyle(), end >= used[line] {
            used[line] = min(used[line], first)
            return
        }
        extend(line, to: end)
        guard keepsCells else { return }
        for index in (line * columns + first)..<(line * columns + end) { cells[index] = Cell(blank: style) }
    }

    /// Moves what stands from `column` on to the right, over the edge, and leaves `count` blanks.
    mutating func insertBlanks(row: Int, column: Int, _ count: Int, _ style: CellStyle) {
        let count = min(count, columns - column)
        let line = line(row)
        mend(line, column, column)
        let end = min(columns, used[line] + count)
        if used[line] > column {
            extend(line, to: end)
            // A wide character whose second half would go over the edge.
            mend(line, columns - count, columns - count)
            let first = line * columns
            for index in stride(from: end - 1, through: column + count, by: -1) where keepsCells {
                cells[first + index] = cells[first + index - count]
            }
        }
        for index in column..<(column + count) where style != CellStyle() || index < used[line] {
            extend(line, to: index + 1)
            guard keepsCells else { continue }
            cells[line * columns + index] = Cell(blank: style)
        }
    }

    /// Takes out `count` cells from `column` on; blanks come in at the right edge.
    mutating func deleteCells(row: Int, column: Int, _ count: Int, _ style: CellStyle) {
        let count = min(count, columns - column)
        let line = line(row)
        mend(line, column, column + count)
        let first = line * columns
        let end = used[line]
        if end > column {
            for index in column..<max(column, end - count) where keepsCells {
                cells[first + index] = cells[first + index + count]
            }
            used[line] = max(column, end - count)
        }
        if style != CellStyle() {
            extend(line, to: columns)
            for index in (columns - count)..<columns where keepsCells {
                cells[first + index] = Cell(blank: style)
            }
        }
    }

    // MARK: Scrolling

    /// Moves the rows `first..<end` up by `count`; those that come in are empty.
    mutating func scrollUp(_ first: Int, _ end: Int, by count: Int, _ style: CellStyle) {
        let count = min(count, end - first)
        if first == 0, end == rows {
            for _ in 0..<count {
                top = top + 1 == lineCount ? 0 : top + 1
                history = min(history + 1, historyMax)
                clear(rows - 1, style)
            }
            return
        }
        for row in first..<(end - count) { copyLine(row + count, to: row) }
        for row in (end - count)..<end { clear(row, style) }
    }

    /// Moves the rows `first..<end` down by `count`; those that come in are empty.
    mutating func scrollDown(_ first: Int, _ end: Int, by count: Int, _ style: CellStyle) {
        let count = min(count, end - first)
        for row in stride(from: end - 1, through: first + count, by: -1) { copyLine(row - count, to: row) }
        for row in first..<(first + count) { clear(row, style) }
    }

    /// Forgets the rows above the screen.
    mutating func forgetHistory() { (history, displaced) = (0, 0) }

    /// Empties the whole screen.
    mutating func clear(_ style: CellStyle) {
        for row in 0..<rows { clear(row, style) }
    }

    private mutating func clear(_ row: Int, _ style: CellStyle) {
        used[line(row)] = 0
        if style != CellStyle() { erase(row: row, from: 0, to: columns, style) }
    }

    private mutating func copyLine(_ source: Int, to target: Int) {
        let (from, to) = (line(source), line(target))
        for index in 0..<(keepsCells ? used[from] : 0) {
            cells[to * columns + index] = cells[from * columns + index]
        }
        used[to] = used[from]
    }

    // MARK: Size

    /// Takes another size; returns where the cursor's row is then.
    ///
    /// A lower screen loses the empty rows below the cursor first, then rows at the top, which come back when it
    /// grows again: so a size that changes for a moment changes nothing. Without a history the rows below the
    /// cursor go first. Lines are cut, not wrapped anew: programs draw again when they are told of a new size.
    mutating func resize(columns newColumns: Int, rows newRows: Int, cursorRow: Int) -> Int {
        let lost = max(0, rows - newRows)
        let spare = historyMax > 0 ? emptyRows(below: cursorRow) : rows - 1 - cursorRow
        let above = min(max(0, lost - spare), cursorRow)
        let restored = min(history, displaced, max(0, newRows - rows))
        // The old row that becomes the new first one; below 0 it comes from the history.
        let start = above - restored
        let kept = rows - (lost - above)
        var next = Grid(columns: newColumns, rows: newRows, historyMax: historyMax, keepsCells: keepsCells)
        next.history = min(historyMax, history + start)
        next.displaced = min(historyMax, displaced + start)
        for row in (-next.history)..<min(newRows, kept - start) {
            let (from, to) = (line(row + start), next.line(row))
            let count = min(used[from], newColumns)
            next.used[to] = count
            guard keepsCells else { continue }
            for index in 0..<count { next.cells[to * newColumns + index] = cells[from * columns + index] }
            if count == newColumns, next.cells[to * newColumns + count - 1].width == 2 {
                next.cells[to * newColumns + count - 1] = .blank
            }
        }
        self = next
        return min(max(0, cursorRow - start), newRows - 1)
    }

    /// How many rows at the bottom are empty, those of the cursor and above not counted.
    private func emptyRows(below cursorRow: Int) -> Int {
        var count = 0
        while cursorRow < rows - 1 - count, isEmpty(rows - 1 - count) { count += 1 }
        return count
    }

    private func isEmpty(_ row: Int) -> Bool {
        let line = line(row)
        guard keepsCells else { return used[line] == 0 }
        return cells[(line * columns)..<(line * columns + used[line])].allSatisfy { $0 == .blank }
    }

    // MARK: Lines

    /// Makes `count` cells from `column` on writable, and returns their line.
    private mutating func prepare(_ row: Int, _ column: Int, _ count: Int) -> Int {
        let line = line(row)
        mend(line, column, column + count)
        extend(line, to: column + count)
        return line
    }

    private mutating func extend(_ line: Int, to end: Int) {
        guard used[line] < end else { return }
        let first = used[line]
        used[line] = end
        guard keepsCells else { return }
        for index in (line * columns + first)..<(line * columns + end) { cells[index] = .blank }
    }

    /// Blanks the halves that are left of wide characters when the cells `first..<end` are replaced.
    private mutating func mend(_ line: Int, _ first: Int, _ end: Int) {
        guard keepsCells else { return }
        let start = line * columns
        if first < used[line], first > 0, cells[start + first].isTrailing {
            cells[start + first - 1] = Cell(blank: cells[start + first - 1].style)
            cells[start + first] = Cell(blank: cells[start + first].style)
        }
        if end > first, end < used[line], cells[start + end].isTrailing {
            cells[start + end] = Cell(blank: cells[start + end].style)
            cells[start + end - 1] = Cell(blank: cells[start + end - 1].style)
        }
    }
}
