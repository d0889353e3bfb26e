/// Controls and escape sequences.
extension Machine: SequenceReceiver {
    mutating func execute(_ control: UInt8) {
        isJoining = false
        switch control {
        case 0x07: bells += 1
        case 0x08: move(row: cursor.row, column: cursor.column - 1)
        case 0x09: tab(forward: 1)
        case 0x0A, 0x0B, 0x0C:
            lineFeed()
            if isNewline { cursor.column = 0 }
            cursor.isPending = cursor.isPending && !isNewline
        case 0x0D: move(row: cursor.row, column: 0)
        case 0x0E: cursor.charsets.active = 1
        case 0x0F: cursor.charsets.active = 0
        default: break
        }
    }

    mutating func escape(_ intermediate: UInt8, _ final: UInt8) {
        isJoining = false
        switch (Unicode.Scalar(intermediate), Unicode.Scalar(final)) {
        case ("\0", "7"): page.saved = cursor
        case ("\0", "8"): restoreCursor()
        case ("\0", "D"): lineFeed()
        case ("\0", "E"):
            move(row: cursor.row, column: 0)
            lineFeed()
        case ("\0", "H"): tabStops[cursor.column] = true
        case ("\0", "M"): reverseLineFeed()
        case ("\0", "c"): reset()
        case ("\0", "="): modes[66] = true
        case ("\0", ">"): modes[66] = false
        case ("(", _): cursor.charsets.drawing[0] = final == UInt8(ascii: "0")
        case (")", _): cursor.charsets.drawing[1] = final == UInt8(ascii: "0")
        case ("#", "8"): fillWithE()
        default: break
        }
    }

    /// Puts the cursor back as it was saved, on the screen as it is now.
    mutating func restoreCursor() {
        let isPending = page.saved.isPending
        cursor = page.saved
        move(row: cursor.row, column: cursor.column)
        cursor.isPending = isPending
    }

    /// Goes over `forward` tab stops, back when it is negative.
    mutating func tab(forward: Int) {
        var (left, column) = (abs(forward), cursor.column)
        let step = forward < 0 ? -1 : 1
        while left > 0, column + step >= 0, column + step < columns {
            column += step
            if tabStops[column] { left -= 1 }
        }
        // A full row stays one that wraps next.
        if column != cursor.column { move(row: cursor.row, column: column) }
    }

    /// RIS: as switched on, but the size stays.
    private mutating func reset() {
        let before = bells
        self = Machine(columns: columns, rows: rows, keepsCells: keepsCells)
        bells = before
    }

    /// DECALN, a picture for adjusting the tube.
    private mutating func fillWithE() {
        (marginTop, marginBottom) = (0, rows)
        for row in 0..<rows {
            for column in 0..<columns {
                page.grid.put(Cell(UInt32(UInt8(ascii: "E")), CellStyle()), row: row, column: column)
            }
        }
        move(row: 0, column: 0)
    }
}
