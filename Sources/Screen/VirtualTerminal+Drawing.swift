/// Drawing: what brings another terminal to where this one is.
///
/// All sequences are made here; of the program's bytes only shown characters, the title's and printable
/// addresses of links get through.
extension VirtualTerminal {
    /// A row's text with its colours, for a terminal or a pager; plain at its end.
    public func styledLine(_ row: Int) -> String {
        painted(runs(row), row: nil)
    }

    /// What a person's terminal of the same size needs to go on as this one.
    ///
    /// Both screens, colours, cursor, margins, modes, keyboard. What was set in that terminal before is put
    /// back first; it may stand amid a sequence.
    public func drawing() -> String {
        var text = Self.beginning
        if isAlternate {
            text += paint(machine.hidden.grid) + keyboard(machine.hidden.keyboard)
            text += place(machine.hidden.saved) + Self.csi("?1049h")
        }
        text += paint(machine.page.grid) + keyboard(machine.page.keyboard)
        text += modes() + tabs()
        if machine.marginTop > 0 || machine.marginBottom < rows {
            text += Self.csi("\(machine.marginTop + 1);\(machine.marginBottom)r")
        }
        text += place(machine.page.saved) + "\u{1B}7"
        if !title.isEmpty { text += "\u{1B}]2;\(title)\u{1B}\\" }
        if machine.isInserting, !machine.cursor.isPending { text += Self.csi("4h") }
        if machine.isNewline { text += Self.csi("20h") }
        return text + ending()
    }

    private static func csi(_ rest: String) -> String { "\u{1B}[" + rest }

    /// Ends what was begun, and puts back what gets in the way of drawing.
    private static let beginning =
        "\u{18}\u{1B}\\" + csi("?25l") + csi("?1049l") + csi("r") + csi("?6l") + csi("4l") + csi("20l")
        + csi("?69l") + "\u{1B}(B\u{1B})B\u{0F}" + csi("?7l")

    private func paint(_ grid: Grid) -> String {
        var text = Self.csi("0m") + Self.csi("H") + Self.csi("2J")
        for row in 0..<rows {
            let runs = runs(of: grid, row)
            if !runs.isEmpty { text += painted(runs, row: row) }
        }
        return text
    }

    /// The runs of a row, plain at the end.
    ///
    /// At their places when `row` tells them: terminals differ in how wide they draw what isn't ASCII.
    private func painted(_ runs: [StyledRun], row: Int?) -> String {
        var text = ""
        var isSure = false
        var style = CellStyle()
        var link: String?
        for run in runs {
            if let row, !isSure { text += Self.csi("\(row + 1);\(run.column + 1)H") }
            if run.link != link {
                text += StyleCodes.link(run.link)
                link = run.link
            }
            if run.style != style {
                text += StyleCodes.sequence(run.style)
                style = run.style
            }
            text += run.text
            isSure = run.text.utf8.allSatisfy { $0 < 0x80 }
        }
        if link != nil { text += StyleCodes.link(nil) }
        return style == CellStyle() ? text : text + StyleCodes.sequence(CellStyle())
    }

    /// Goes to where a cursor is, with its colours.
    private func place(_ cursor: Cursor) -> String {
        let top = cursor.isRelative ? machine.marginTop : 0
        return Self.csi("\(max(0, cursor.row - top) + 1);\(cursor.column + 1)H")
            + StyleCodes.sequence(cursor.style)
    }

    private func modes() -> String {
        let drawn = PrivateModes.known.filter { ![7, 25, 66].contains($0) }
        var text = Self.csi("?\(drawn.map(String.init).joined(separator: ";"))l")
        for mode in drawn where machine.modes[mode] { text += Self.csi("?\(mode)h") }
        text += machine.modes[66] ? "\u{1B}=" : "\u{1B}>"
        return text + Self.csi(">4;\(machine.otherKeys)m") + Self.csi("\(machine.cursorShape) q")
    }

    /// Kitty's keyboard flags; each screen has its own.
    private func keyboard(_ flags: KeyboardFlags) -> String {
        let all = flags.stack + [flags.current]
        return Self.csi("=\(all[0])u") + all.dropFirst().map { Self.csi(">\($0)u") }.joined()
    }

    private func tabs() -> String {
        guard machine.tabStops != Machine.standardTabs(columns) else { return "" }
        let stops = machine.tabStops.indices.filter { machine.tabStops[$0] }
        return Self.csi("3g") + stops.map { Self.csi("1;\($0 + 1)H") + "\u{1B}H" }.joined()
    }

    /// The cursor, last, since all else moves it.
    private func ending() -> String {
        let cursor = machine.cursor
        var text = cursor.isRelative ? Self.csi("?6h") : ""
        if machine.modes[7] { text += Self.csi("?7h") }
        text += place(cursor)
        if cursor.isPending {
            // The last character once more: only writing it brings the cursor behind it.
            let cell = machine.page.grid[cursor.row, cursor.column]
            let lead = cell.isTrailing ? cursor.column - 1 : cursor.column
            let last = machine.page.grid[cursor.row, lead]
            if lead < cursor.column { text += "\u{8}" }
            text +=
                StyleCodes.sequence(last.style) + machine.text(of: last) + StyleCodes.sequence(cursor.style)
            if machine.isInserting { text += Self.csi("4h") }
        }
        for (index, isDrawing) in cursor.charsets.drawing.enumerated() where isDrawing {
            text += index == 0 ? "\u{1B}(0" : "\u{1B})0"
        }
        if cursor.charsets.active == 1 { text += "\u{0E}" }
        if cursor.style.link > 0 { text += StyleCodes.link(machine.links[Int(cursor.style.link) - 1]) }
        return text + (isCursorVisible ? Self.csi("?25h") : "")
    }
}
