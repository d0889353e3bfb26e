/// Modes, and the two screens.
extension Machine {
    mutating func setMode(_ number: Int, _ on: Bool) {
        switch number {
        case 6:
            cursor.isRelative = on
            move(row: on ? marginTop : 0, column: 0)
        case 47, 1047: showAlternate(on)
        case 1048: if on { page.saved = cursor } else { restoreCursor() }
        case 1049:
            if on, !isAlternate { page.saved = cursor }
            let wasAlternate = isAlternate
            showAlternate(on)
            if !on, wasAlternate { restoreCursor() }
        default:
            if number == 7, modes[7] != on { cursor.isPending = false }
            modes[number] = on
        }
    }

    /// Shows the other screen; the alternate one is empty whenever it is entered.
    private mutating func showAlternate(_ on: Bool) {
        guard on != isAlternate else { return }
        swap(&page, &hidden)
        isAlternate = on
        if on {
            page.grid.clear(erased)
            page.keyboard = KeyboardFlags()
        }
    }

    /// DECSTR.
    mutating func softReset() {
        modes[1] = false
        modes[7] = true
        modes[25] = true
        modes[66] = false
        isInserting = false
        (marginTop, marginBottom) = (0, rows)
        cursor.isRelative = false
        cursor.style = CellStyle()
        cursor.charsets = Charsets()
        page.saved = Cursor()
    }
}
