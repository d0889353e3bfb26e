internal import KeeperProtocol
internal import Linux
internal import Screen

/// Knows where the cursor stands, for programs that ask: a terminal of which nothing else is kept.
///
/// It sees every byte, since what moved the cursor last may lie any number of bytes back; but of text that runs by, it
/// reads only the last screenful, and that only once it matters.
struct CursorTracker {
    private var terminal: VirtualTerminal
    /// The last screenful of text, not read yet; what came before it doesn't matter any more.
    private var screenful: [UInt8] = []
    /// The offset in the log of the next byte.
    private var offset: Int64

    /// A terminal of this size whose first byte stands at `offset` of the log.
    init(at offset: Int64, _ size: TerminalSize) {
        self.offset = offset
        terminal = VirtualTerminal(
            columns: Int(size.columns), rows: Int(size.rows), keepsCells: false)
    }

    /// From the next byte on the terminal has another size.
    mutating func resize(to size: TerminalSize) {
        catchUp()
        terminal.resize(columns: Int(size.columns), rows: Int(size.rows))
    }

    /// Reads what was printed, and `scanner` has read just now; before each query in it, in order, `meet` is told where
    /// the cursor stands, from 1.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer, _ scanner: inout TerminalQueries,
        meet: (TerminalQuery, _ row: Int, _ column: Int) -> Void
    ) {
        if scanner.isText, let start = terminal.lastScreen(of: bytes.dropLast(scanner.heldCount)) {
            screenful.removeAll(keepingCapacity: true)
            screenful.append(contentsOf: bytes[start...])
            return offset += Int64(bytes.count)
        }
        catchUp()
        var rest = bytes[...]
        for (place, query) in scanner.takePlacedQueries() {
            // One whose beginning came with the bytes before: what came of it moves nothing.
            feed(&rest, min(Int(max(0, place - offset)), rest.count))
            meet(query, terminal.cursor.row + 1, terminal.cursor.column + 1)
        }
        feed(&rest, rest.count)
    }

    private mutating func catchUp() {
        guard !screenful.isEmpty else { return }
        terminal.feed(apart: screenful)
        screenful = []
    }

    private mutating func feed(_ rest: inout Slice<UnsafeRawBufferPointer>, _ count: Int) {
        terminal.feed(UnsafeRawBufferPointer(rebasing: rest.prefix(count)))
        rest = rest.dropFirst(count)
        offset += Int64(count)
    }
}
