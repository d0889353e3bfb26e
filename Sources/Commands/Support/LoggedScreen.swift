internal import Linux
internal import Screen
internal import Store

/// An agent's screen, made from its log.
enum LoggedScreen {
    /// Bytes that are read at once.
    private static let pieceBytes = 1_048_576

    /// The terminal as it was after the byte before `end`.
    static func terminal(from log: borrowing OutputReader, upTo end: Int64) throws -> VirtualTerminal {
        let start = max(try log.start(), end - ScreenFold.bytesMax)
        let size = TerminalSize.unattached
        var fold = ScreenFold(
            from: start, sizes: try log.sizes(), columns: Int(size.columns), rows: Int(size.rows))
        while fold.offset < end {
            let most = min(Int64(pieceBytes), end - fold.offset)
            let read = try log.read(at: fold.offset, most: Int(most))
            guard !read.bytes.isEmpty else { break }
            // What was rotated away meanwhile is missing at the beginning, which is off the screen.
            if read.offset > fold.offset { fold.skip(to: read.offset) }
            fold.feed(read.bytes)
        }
        return fold.terminal
    }
}
