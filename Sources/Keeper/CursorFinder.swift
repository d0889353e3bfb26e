internal import Linux
internal import Screen
internal import SessionModel

/// Finds where the cursor stands, for programs that ask: a fold over the log's end, made when it is asked for.
///
/// Each answer costs at most a fold of `tailBytes`; what was folded is kept for the next question, until `forget`.
struct CursorFinder {
    /// Bytes of the log that are folded at most: some milliseconds' work, and more than any program draws at once.
    static let tailBytes: Int64 = 262_144
    /// How long the fold is kept after the last question, in nanoseconds.
    static let keptNs: Int64 = 2_000_000_000

    /// Where the terminal's output begins in the log: what stands before was another terminal's.
    let start: Int64
    private var fold: ScreenFold?
    private var sizes: [SizeChange]

    /// The finder of a terminal that now begins, at this size.
    init(at start: Int64, _ size: TerminalSize) {
        self.start = start
        sizes = [SizeChange(offset: start, columns: Int(size.columns), rows: Int(size.rows))]
    }

    /// The most sizes that are remembered; older ones are of no use to a tail.
    private static let sizesMax = 32

    /// Notes that from this byte on the terminal has another size.
    mutating func resized(at offset: Int64, to size: TerminalSize) {
        sizes.append(SizeChange(offset: offset, columns: Int(size.columns), rows: Int(size.rows)))
        if sizes.count > CursorFinder.sizesMax { sizes.removeFirst() }
    }

    /// Whether something is kept.
    var keepsFold: Bool { fold != nil }

    /// Gives back the memory.
    mutating func forget() { fold = nil }

    /// Row and column, from 1, after the byte before `offset`; 1;1 where the log can't be read.
    ///
    /// `read` gives as many bytes as it is asked for at an offset, or the last of them.
    mutating func position(
        before offset: Int64, read: (Int64, Int) -> [UInt8]
    ) -> (row: Int, column: Int) {
        let first = max(start, offset - CursorFinder.tailBytes)
        var fold: ScreenFold
        if let kept = self.fold, kept.offset >= first, kept.offset <= offset {
            fold = kept
            fold.take(sizes)
        } else {
            fold = ScreenFold(from: first, sizes: sizes, columns: 0, rows: 0)
            // The terminal's own beginning is no middle of a line.
            if first == start { fold.isAtBeginning() }
        }
        // Held by nobody else, or feeding would copy it.
        self.fold = nil
        let count = Int(offset - fold.offset)
        let bytes = count > 0 ? read(fold.offset, count) : []
        guard count == 0 || !bytes.isEmpty else { return (1, 1) }
        if bytes.count < count { fold.skip(to: offset - Int64(bytes.count)) }
        fold.feed(bytes)
        self.fold = fold
        return (fold.terminal.cursor.row + 1, fold.terminal.cursor.column + 1)
    }
}
