public import SessionModel

/// A session's screen as a fold over its log and the sizes that its terminal had.
///
/// A value: as far as it has come it can be kept, and fed what is printed next.
public struct ScreenFold: Sendable {
    /// The most bytes of a log that are worth folding: a second's work.
    public static let bytesMax: Int64 = 64 << 20

    /// The terminal after the bytes that were fed.
    public private(set) var terminal: VirtualTerminal
    /// The offset of the next byte.
    public private(set) var offset: Int64
    private var changes: ArraySlice<SizeChange>
    /// Whether the beginning of a line or sequence was found: a log that begins later may begin amid one.
    private var isAligned: Bool

    /// A fold that begins with the byte at `offset`; `sizes` in order, the newest of those before it holds.
    ///
    /// Where they tell none, the terminal is `columns` by `rows`.
    public init(from offset: Int64, sizes: [SizeChange], columns: Int, rows: Int) {
        self.offset = offset
        isAligned = offset == 0
        let next = sizes.firstIndex { $0.offset > offset } ?? sizes.endIndex
        changes = sizes[next...]
        let first = next > 0 ? sizes[next - 1] : nil
        terminal = VirtualTerminal(columns: first?.columns ?? columns, rows: first?.rows ?? rows)
    }

    /// Reads the next bytes of the log, changing the size where it changed.
    public mutating func feed(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let room = changes.first.map { Int(clamping: $0.offset - offset) } ?? rest.count
                let piece = rest.prefix(room)
                rest = rest.dropFirst(piece.count)
                offset += Int64(piece.count)
                terminal.feed(UnsafeRawBufferPointer(rebasing: aligned(piece)))
                resizeIfDue()
            }
        }
    }

    /// Takes the sizes as they are known by now, in order.
    public mutating func take(_ sizes: [SizeChange]) {
        // One at the next byte itself may be new; applied again it changes nothing.
        changes = sizes[(sizes.firstIndex { $0.offset >= offset } ?? sizes.endIndex)...]
        resizeIfDue()
    }

    /// Goes on with a later byte: those before it are gone.
    public mutating func skip(to later: Int64) {
        offset = max(offset, later)
        isAligned = false
        resizeIfDue()
    }

    private mutating func resizeIfDue() {
        while let change = changes.first, change.offset <= offset {
            terminal.resize(columns: change.columns, rows: change.rows)
            changes.removeFirst()
        }
    }

    private mutating func aligned(_ piece: Slice<UnsafeRawBufferPointer>) -> Slice<UnsafeRawBufferPointer> {
        guard !isAligned else { return piece }
        guard let start = piece.firstIndex(where: { $0 == 0x0A || $0 == 0x1B }) else {
            return piece.suffix(0)
        }
        isAligned = true
        return piece[start...].drop { $0 == 0x0A }
    }
}
