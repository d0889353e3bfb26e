/// A terminal's state, and what text does to it.
struct Machine: Sendable {
    /// Rows above the screen that a taller terminal shows again.
    private static let historyRows = 100

    /// The screen that is shown; `hidden` is the other of the main and the alternate one.
    var page: Page
    var hidden: Page
    var isAlternate = false
    var cursor = Cursor()
    /// The rows that scroll: from `marginTop` up to and not with `marginBottom`.
    var marginTop = 0
    var marginBottom: Int
    var tabStops: [Bool]
    var modes = PrivateModes()
    var isInserting = false
    /// Whether a line feed goes to the first column too (LNM).
    var isNewline = false
    /// The cursor's look (DECSCUSR), 0 to 6.
    var cursorShape = 0
    /// xterm's modifyOtherKeys.
    var otherKeys = 0
    var title = ""
    var bells = 0
    var promptMark: PromptMark?
    var clusters = InternTable()
    var links = InternTable()
    /// The last character printed, for REP.
    var lastPrinted: UInt32?
    /// Whether the next character joins the last one: a zero-width joiner came.
    var isJoining = false

    init(columns: Int, rows: Int, keepsCells: Bool) {
        func empty(_ historyMax: Int) -> Page {
            Page(grid: Grid(columns: columns, rows: rows, historyMax: historyMax, keepsCells: keepsCells))
        }
        page = empty(Machine.historyRows)
        hidden = empty(0)
        marginBottom = rows
        tabStops = Machine.standardTabs(columns)
    }

    var columns: Int { page.grid.columns }
    var rows: Int { page.grid.rows }
    /// Whether it knows what stands on its screens, and not only where the cursor is.
    var keepsCells: Bool { page.grid.keepsCells }
    /// What erased cells look like now.
    var erased: CellStyle { cursor.style.erased }

    static func standardTabs(_ columns: Int) -> [Bool] { (0..<columns).map { $0 % 8 == 0 } }

    /// Takes another size; margins go, as in a terminal.
    mutating func resize(columns: Int, rows: Int) {
        guard columns != self.columns || rows != self.rows else { return }
        let hiddenRow = min(hidden.saved.row, self.rows - 1)
        let wasPending = cursor.isPending
        cursor.row = page.grid.resize(columns: columns, rows: rows, cursorRow: cursor.row)
        let savedRow = hidden.grid.resize(columns: columns, rows: rows, cursorRow: hiddenRow)
        if isAlternate { hidden.saved.row = savedRow }
        page.saved.row = min(page.saved.row, rows - 1)
        hidden.saved.row = min(hidden.saved.row, rows - 1)
        for column in [\Machine.cursor.column, \.page.saved.column, \.hidden.saved.column] {
            self[keyPath: column] = min(self[keyPath: column], columns - 1)
        }
        cursor.isPending = false
        page.saved.isPending = false
        hidden.saved.isPending = false
        if wasPending, cursor.column < columns - 1 { cursor.column += 1 }
        (marginTop, marginBottom) = (0, rows)
        tabStops = Array(tabStops.prefix(columns)) + Machine.standardTabs(columns).dropFirst(tabStops.count)
    }

    // MARK: Text

    mutating func print(ascii text: UnsafeRawBufferPointer) {
        guard let last = text.last else { return }
        isJoining = false
        if cursor.charsets.isDrawing {
            for byte in text { put(cursor.charsets.scalar(byte), width: 1) }
            return
        }
        var rest = text[...]
        while !rest.isEmpty {
            wrapIfPending()
            // What doesn't fit and mustn't wrap is written over and over into the last column.
            if !modes[7], rest.count > columns - cursor.column {
                let room = columns - cursor.column
                rest = Slice(base: text, bounds: rest.startIndex..<(rest.startIndex + room - 1))
                run(UnsafeRawBufferPointer(rebasing: rest))
                put(UInt32(last), width: 1)
                return
            }
            let piece = rest.prefix(columns - cursor.column)
            run(UnsafeRawBufferPointer(rebasing: piece))
            rest = rest.dropFirst(piece.count)
        }
        lastPrinted = UInt32(last)
    }

    /// Writes text that fits into the row.
    private mutating func run(_ text: UnsafeRawBufferPointer) {
        if isInserting {
            page.grid.insertBlanks(row: cursor.row, column: cursor.column, text.count, erased)
        }
        page.grid.write(text, cursor.style, row: cursor.row, column: cursor.column)
        advance(text.count)
    }

    mutating func print(_ scalar: UInt32) {
        switch CellWidth.kind(of: scalar) {
        case .hidden: break
        case .combining: join(scalar)
        case .cells(let width):
            if isJoining {
                isJoining = false
                join(scalar)
            } else {
                put(scalar, width: width)
            }
        }
    }

    /// Puts a character at the cursor, `width` cells wide.
    mutating func put(_ scalar: UInt32, width: Int) {
        guard width <= columns else { return }
        lastPrinted = scalar
        wrapIfPending()
        if cursor.column + width > columns {
            guard modes[7] else { return }
            page.grid.erase(row: cursor.row, from: cursor.column, to: columns, erased)
            cursor.column = 0
            lineFeed()
        }
        if isInserting { page.grid.insertBlanks(row: cursor.row, column: cursor.column, width, erased) }
        page.grid.put(Cell(scalar, width: width, cursor.style), row: cursor.row, column: cursor.column)
        advance(width)
    }

    /// Adds a scalar to the character before the cursor.
    private mutating func join(_ scalar: UInt32) {
        isJoining = scalar == 0x200D
        var column = cursor.isPending ? cursor.column : cursor.column - 1
        guard column >= 0, keepsCells else { return }
        if page.grid[cursor.row, column].isTrailing { column -= 1 }
        var text = self.text(of: page.grid[cursor.row, column])
        guard text.unicodeScalars.count < Machine.clusterScalarsMax, let added = Unicode.Scalar(scalar) else {
            return
        }
        text.unicodeScalars.append(added)
        guard let number = internCluster(text) else { return }
        page.grid.modify(row: cursor.row, column: column) { $0.setCluster(UInt32(number)) }
    }

    /// The most scalars of one character; what combines with it beyond is left out.
    private static let clusterScalarsMax = 16

    private mutating func advance(_ count: Int) {
        cursor.column += count
        if cursor.column >= columns {
            cursor.column = columns - 1
            cursor.isPending = true
        }
    }

    private mutating func wrapIfPending() {
        guard cursor.isPending else { return }
        cursor.isPending = false
        guard modes[7] else { return }
        cursor.column = 0
        lineFeed()
    }

    /// The text of a cell: a space for a blank, nothing for a second half.
    func text(of cell: Cell) -> String {
        switch cell.content {
        case .blank: " "
        case .trailing: ""
        case .scalar(let value): Unicode.Scalar(value).map { String(Character($0)) } ?? " "
        case .cluster(let number): clusters[Int(number)]
        }
    }

    // MARK: Lines

    /// Goes a row down, and scrolls at the bottom margin.
    mutating func lineFeed() {
        if cursor.row == marginBottom - 1 {
            page.grid.scrollUp(marginTop, marginBottom, by: 1, erased)
        } else if cursor.row < rows - 1 {
            cursor.row += 1
        }
    }

    /// Goes a row up, and scrolls at the top margin.
    mutating func reverseLineFeed() {
        if cursor.row == marginTop {
            page.grid.scrollDown(marginTop, marginBottom, by: 1, erased)
        } else if cursor.row > 0 {
            cursor.row -= 1
        }
    }

    /// Goes somewhere on the screen; whatever was asked for, it stays there.
    mutating func move(row: Int, column: Int) {
        cursor.row = min(max(0, row), rows - 1)
        cursor.column = min(max(0, column), columns - 1)
        cursor.isPending = false
    }
}
