internal import Agents
internal import Linux
public import Screen
public import Store

/// An agent's screen, made from its log.
public enum LoggedScreen {
    /// Bytes that are read at once.
    private static let pieceBytes = 1_048_576

    /// The terminal as it was after the byte before `end`.
    public static func terminal(
        from log: borrowing OutputReader, upTo end: Int64
    ) throws -> VirtualTerminal { try fold(nil, of: log, upTo: end).terminal }

    /// The fold up to the byte before `end`: from a former one on, where little came since.
    static func fold(
        _ former: ScreenFold?, of log: borrowing OutputReader, upTo end: Int64
    ) throws -> ScreenFold {
        let start = max(try log.start(), end - ScreenFold.bytesMax)
        let sizes = try log.sizes()
        var fold: ScreenFold
        if let former, former.offset >= start, former.offset <= end {
            fold = former
            fold.take(sizes)
        } else {
            let size = TerminalSize.unattached
            fold = ScreenFold(from: start, sizes: sizes, columns: Int(size.columns), rows: Int(size.rows))
        }
        while fold.offset < end {
            let most = min(Int64(pieceBytes), end - fold.offset)
            let read = try log.read(at: fold.offset, most: Int(most))
            guard !read.bytes.isEmpty else { break }
            // What was rotated away meanwhile is missing at the beginning, which is off the screen.
            if read.offset > fold.offset { fold.skip(to: read.offset) }
            fold.feed(read.bytes)
        }
        return fold
    }
}

extension ShownScreen {
    /// What stands on a terminal now.
    init(_ terminal: VirtualTerminal) {
        let (row, column) = terminal.cursor
        self.init(rows: terminal.lines, columns: terminal.columns)
        cursorRow = row
        beforeCursor = terminal.text(row: row, columns: 0..<column)
        afterCursor = terminal.text(row: row, columns: column..<terminal.columns)
        while afterCursor.last == " " { afterCursor.removeLast() }
        isCursorVisible = terminal.isCursorVisible
        above = terminal.linesAbove
        applicationCursor = terminal.isOn(mode: 1)
    }
}
