internal import Glibc
internal import Linux

/// The terminal of the person who attached: raw while it lives, put back by `leave`.
///
/// A terminal that stands still (Ctrl-S) holds nothing up.
struct PersonsTerminal: ~Copyable {
    /// Bytes that wait to be written, past which no more is taken from the keeper.
    static let queueBytesMax = 1_048_576

    /// Milliseconds that the terminal has to take the last bytes.
    private static let leavingMs: CInt = 1_000

    private var output: TerminalOutput
    private let raw: RawTerminal

    /// Makes standard input's terminal raw.
    init() throws {
        let output = try TerminalOutput()
        raw = try RawTerminal(0)
        self.output = output
    }

    /// The number to poll(2) for writing.
    var number: CInt { output.descriptor.number }

    /// Bytes that wait to be written.
    var pending: Int { output.pending }

    /// Its size now.
    var size: TerminalSize {
        let size = output.descriptor.terminalSize() ?? .unattached
        return size.columns > 0 && size.rows > 0 ? size : .unattached
    }

    /// Writes bytes, at once as far as it goes.
    mutating func write(_ bytes: [UInt8]) throws { try output.write(bytes) }

    /// Writes text.
    mutating func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes what waits, as far as it goes.
    mutating func flush() throws { try output.flush() }

    /// Puts everything back; what still waits is dropped when `abruptly`, and so are keys not yet read.
    consuming func leave(abruptly: Bool) {
        if abruptly { output.drop() }
        try? output.write(Array(TerminalReset.leaving.utf8))
        output.drain(ms: PersonsTerminal.leavingMs)
        tcflush(0, TCIFLUSH)
        raw.restore()
    }
}
