internal import Glibc
internal import Linux

/// The terminal of the person who attached: raw while it lives, put back by `leave`.
///
/// Written to through an open file of its own that doesn't block, so that a terminal that stands still
/// (Ctrl-S)
/// holds nothing up; the shell's own open file stays as it is.
struct PersonsTerminal: ~Copyable {
    /// Bytes that wait to be written, past which no more is taken from the keeper.
    static let queueBytesMax = 1_048_576

    /// Milliseconds that the terminal has to take the last bytes.
    private static let leavingMs: CInt = 1_000

    private let output: Descriptor
    private let raw: RawTerminal
    private var queue: [UInt8] = []
    private var written = 0

    /// Makes standard input's terminal raw.
    init() throws {
        let path = ttyname(1).map { String(cString: $0) } ?? "/dev/tty"
        let number = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw SystemError.last("open", path) }
        let output = Descriptor(adopting: number)
        raw = try RawTerminal(0)
        self.output = output
    }

    /// The number to poll(2) for writing.
    var number: CInt { output.number }

    /// Bytes that wait to be written.
    var pending: Int { queue.count - written }

    /// Its size now.
    var size: TerminalSize {
        let size = output.terminalSize() ?? .unattached
        return size.columns > 0 && size.rows > 0 ? size : .unattached
    }

    /// Writes bytes, at once as far as it goes.
    mutating func write(_ bytes: [UInt8]) throws {
        queue += bytes
        try flush()
    }

    /// Writes text.
    mutating func write(_ text: String) throws { try write(Array(text.utf8)) }

    /// Writes what waits, as far as it goes.
    mutating func flush() throws {
        while written < queue.count {
            let put = try queue.withUnsafeBytes { all in
                try output.write(UnsafeRawBufferPointer(rebasing: all[written...]))
            }
            guard let put else { break }
            written += put
        }
        if written == queue.count {
            queue.removeAll(keepingCapacity: true)
            written = 0
        } else if written > PersonsTerminal.queueBytesMax {
            queue.removeFirst(written)
            written = 0
        }
    }

    /// Puts everything back; what still waits is dropped when `abruptly`, and so are keys not yet read.
    consuming func leave(abruptly: Bool) {
        if abruptly { (queue, written) = ([], 0) }
        queue += Array(TerminalReset.leaving.utf8)
        let deadlineNs = Clock.bootNs + Int64(PersonsTerminal.leavingMs) * 1_000_000
        while (try? flush()) != nil, pending > 0, Clock.bootNs < deadlineNs {
            var waiting = pollfd(fd: output.number, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, PersonsTerminal.leavingMs)
        }
        tcflush(0, TCIFLUSH)
        raw.restore()
    }
}
