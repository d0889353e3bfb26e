/// Control sequences (CSI), by xterm's "Control Sequences".
extension Machine {
    mutating func control(_ sequence: ControlSequence) {
        isJoining = false
        switch (Unicode.Scalar(sequence.prefix), Unicode.Scalar(sequence.intermediate)) {
        case ("\0", "\0"):
            if !edit(sequence), !go(sequence) { set(sequence) }
        case ("?", "\0"):
            switch Unicode.Scalar(sequence.final) {
            case "h": for number in sequence.numbers { setMode(number, true) }
            case "l": for number in sequence.numbers { setMode(number, false) }
            case "J": eraseDisplay(sequence.number())
            case "K": eraseLine(sequence.number())
            default: break
            }
        case (_, "\0") where sequence.final == UInt8(ascii: "u"): page.keyboard.apply(sequence)
        case (">", "\0") where sequence.final == UInt8(ascii: "m"):
            if sequence.number() == 4 { otherKeys = min(sequence.number(1), 3) }
        case ("\0", " ") where sequence.final == UInt8(ascii: "q"):
            if sequence.number() <= 6 { cursorShape = sequence.number() }
        case ("\0", "!") where sequence.final == UInt8(ascii: "p"): softReset()
        default: break
        }
    }

    /// What changes cells; false when the sequence is none of them.
    private mutating func edit(_ sequence: ControlSequence) -> Bool {
        let count = sequence.count()
        let (row, column) = (cursor.row, cursor.column)
        switch Unicode.Scalar(sequence.final) {
        case "@": page.grid.insertBlanks(row: row, column: column, count, erased)
        case "P": page.grid.deleteCells(row: row, column: column, count, erased)
        case "X": page.grid.erase(row: row, from: column, to: min(columns, column + count), erased)
        case "J": eraseDisplay(sequence.number())
        case "K": eraseLine(sequence.number())
        case "L" where (marginTop..<marginBottom).contains(row):
            page.grid.scrollDown(row, marginBottom, by: count, erased)
        case "M" where (marginTop..<marginBottom).contains(row):
            page.grid.scrollUp(row, marginBottom, by: count, erased)
        case "L", "M": break
        case "S": page.grid.scrollUp(marginTop, marginBottom, by: count, erased)
        case "T" where sequence.parameterCount == 1:
            page.grid.scrollDown(marginTop, marginBottom, by: count, erased)
        case "b":
            // More than fill the screen change nothing.
            guard let lastPrinted, case .cells(let width) = CellWidth.kind(of: lastPrinted) else { break }
            for _ in 0..<min(count, columns * rows) { put(lastPrinted, width: width) }
        default: return false
        }
        // After these the row is no longer one that wraps next.
        if "@PXKJLM".utf8.contains(sequence.final) { cursor.isPending = false }
        return true
    }

    /// What moves the cursor; false when the sequence is none of them.
    private mutating func go(_ sequence: ControlSequence) -> Bool {
        let count = sequence.count()
        let (row, column) = (cursor.row, cursor.column)
        switch Unicode.Scalar(sequence.final) {
        case "A", "k": move(row: up(count), column: column)
        case "B", "e": move(row: down(count), column: column)
        case "C", "a": move(row: row, column: column + count)
        case "D", "j": move(row: row, column: column - count)
        case "E": move(row: down(count), column: 0)
        case "F": move(row: up(count), column: 0)
        case "G", "`": move(row: row, column: sequence.place())
        case "H", "f": address(row: sequence.place(), column: sequence.place(1))
        case "d": address(row: sequence.place(), column: column)
        case "I": tab(forward: count)
        case "Z": tab(forward: -count)
        case "s": page.saved = cursor
        case "u": restoreCursor()
        default: return false
        }
        return true
    }

    private mutating func set(_ sequence: ControlSequence) {
        switch Unicode.Scalar(sequence.final) {
        case "m": GraphicRendition.apply(sequence, to: &cursor.style)
        case "r":
            let end = sequence.number(1) == 0 ? rows : min(rows, sequence.number(1))
            guard sequence.place() + 1 < end else { return }
            (marginTop, marginBottom) = (sequence.place(), end)
            address(row: 0, column: 0)
        case "g":
            if sequence.number() == 0 { tabStops[cursor.column] = false }
            if sequence.number() == 3 { tabStops = Array(repeating: false, count: columns) }
        case "h", "l":
            let on = sequence.final == UInt8(ascii: "h")
            if sequence.numbers.contains(4) { isInserting = on }
            if sequence.numbers.contains(20) { isNewline = on }
        default: break
        }
    }

    /// Goes to a place as programs count it: from the margin when the cursor is bound to it.
    private mutating func address(row: Int, column: Int) {
        guard cursor.isRelative else { return move(row: row, column: column) }
        move(row: min(marginTop + row, marginBottom - 1), column: column)
    }

    /// The row so many above; margins hold the cursor that is within them.
    private func up(_ count: Int) -> Int {
        cursor.row >= marginTop ? max(marginTop, cursor.row - count) : cursor.row - count
    }

    private func down(_ count: Int) -> Int {
        cursor.row < marginBottom ? min(marginBottom - 1, cursor.row + count) : cursor.row + count
    }

    private mutating func eraseDisplay(_ what: Int) {
        switch what {
        case 0:
            eraseLine(0)
            for row in (cursor.row + 1)..<max(cursor.row + 1, rows) {
                page.grid.erase(row: row, from: 0, to: columns, erased)
            }
        case 1:
            for row in 0..<cursor.row { page.grid.erase(row: row, from: 0, to: columns, erased) }
            eraseLine(1)
        case 2: page.grid.clear(erased)
        case 3: page.grid.forgetHistory()
        default: break
        }
    }

    private mutating func eraseLine(_ what: Int) {
        switch what {
        case 0: page.grid.erase(row: cursor.row, from: cursor.column, to: columns, erased)
        case 1: page.grid.erase(row: cursor.row, from: 0, to: cursor.column + 1, erased)
        case 2: page.grid.erase(row: cursor.row, from: 0, to: columns, erased)
        default: break
        }
    }
}
