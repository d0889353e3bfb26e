import Agents
import Linux
import Screen

/// Screens of real programs.
///
/// What their terminals of 120 by 40 (those named "small": 40 by 15) had been sent when they were looked at: Claude
/// Code's 2.1.332 and Codex's 0.163.0.
enum ShownScreens {
    private static let folder = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }

    /// The screen after a recording.
    static func recorded(_ name: String) throws -> ShownScreen {
        let bytes = try Folder(at: "\(folder)/Recordings").read("\(name).raw", most: 1 << 20)
        return name.hasSuffix("small") ? screen(bytes, 40, 15) : screen(bytes)
    }

    /// The screen after this output.
    static func screen(_ bytes: [UInt8], _ columns: Int = 120, _ rows: Int = 40) -> ShownScreen {
        var terminal = VirtualTerminal(columns: columns, rows: rows)
        terminal.feed(bytes)
        let (row, column) = terminal.cursor
        var screen = ShownScreen(rows: terminal.lines, columns: columns)
        screen.cursorRow = row
        screen.beforeCursor = terminal.text(row: row, columns: 0..<column)
        screen.afterCursor = terminal.text(row: row, columns: column..<columns)
        while screen.afterCursor.last == " " { screen.afterCursor.removeLast() }
        screen.isCursorVisible = terminal.isCursorVisible
        screen.above = terminal.linesAbove
        return screen
    }

    static func screen(_ text: String, _ columns: Int = 120, _ rows: Int = 40) -> ShownScreen {
        screen(Array(text.replacing("\n", with: "\r\n").utf8), columns, rows)
    }
}
