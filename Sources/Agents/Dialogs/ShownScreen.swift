/// What stands on an agent's screen, as far as a dialog is looked for in it.
public struct ShownScreen: Equatable, Sendable {
    /// The text of every row, without the blanks at its end.
    public var rows: [String]
    /// Cells in a row.
    public var columns: Int
    /// The row that the cursor stands in.
    public var cursorRow: Int
    /// What stands in that row before the cursor, blanks and all.
    public var beforeCursor: String
    /// What stands there from the cursor on, without the blanks at its end.
    public var afterCursor: String
    /// Whether the cursor is shown.
    public var isCursorVisible: Bool
    /// Rows that have left the screen at the top, as far as they are known; the last one left last.
    public var above: [String] = []
    /// Whether cursor keys send `ESC O A` and the like (DECCKM).
    public var applicationCursor = false

    /// A screen with these rows, whose cursor stands behind the last of them that holds something.
    public init(rows: [String], columns: Int) {
        self.rows = rows
        self.columns = columns
        cursorRow = rows.lastIndex { !$0.isEmpty } ?? 0
        beforeCursor = rows.isEmpty ? "" : rows[cursorRow]
        afterCursor = ""
        isCursorVisible = true
    }
}

/// A row of text, with what its place on the screen tells.
struct Row {
    /// Without the blanks around it.
    let text: Substring
    /// How many blanks stand before it.
    let indent: Int
    /// How many characters it reaches over.
    let width: Int

    init(_ row: String) {
        indent = row.prefix { $0 == " " }.count
        text = row.dropFirst(indent)
        width = row.count
    }

    /// Whether nothing, or nothing but a line, stands in it.
    var isRule: Bool { text.allSatisfy { "─━╌┄═▔▁_ ".contains($0) } }

    /// Whether the row after this one may be its continuation: its first word didn't fit in here.
    func runsOn(into next: Row, columns: Int) -> Bool {
        let word = next.text.prefix { $0 != " " }
        return !word.isEmpty && width + 1 + word.count > columns - 3
    }
}
