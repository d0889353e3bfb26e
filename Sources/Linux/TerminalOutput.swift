internal import Glibc

/// Standard output's terminal, written to without ever waiting: what it doesn't take at once is kept and written later.
///
/// An open file of its own, so that the one that other programs share goes on waiting.
public struct TerminalOutput: ~Copyable {
    /// What poll(2) and epoll(7) watch for room.
    public let descriptor: Descriptor
    private var queue: [UInt8] = []
    private var written = 0
    /// Bytes that were written and are still kept, past which they are let go.
    private static let keptBytesMax = 1_048_576

    /// Opens it; throws where there is none.
    public init() throws(SystemError) {
        let path = ttyname(1).map { String(cString: $0) } ?? "/dev/tty"
        let number = open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        guard number >= 0 else { throw SystemError.last("open", path) }
        descriptor = Descriptor(adopting: number)
    }

    /// Bytes that wait to be written.
    public var pending: Int { queue.count - written }

    /// Writes bytes, at once as far as it goes.
    public mutating func write(_ bytes: [UInt8]) throws {
        queue += bytes
        try flush()
    }

    /// Writes what waits, as far as it goes.
    public mutating func flush() throws {
        while written < queue.count {
            let put = try queue.withUnsafeBytes { all in
                try descriptor.write(UnsafeRawBufferPointer(rebasing: all[written...]))
            }
            guard let put else { break }
            written += put
        }
        if written == queue.count {
            queue.removeAll(keepingCapacity: true)
            written = 0
        } else if written > TerminalOutput.keptBytesMax {
            queue.removeFirst(written)
            written = 0
        }
    }

    /// Drops what waits.
    public mutating func drop() { (queue, written) = ([], 0) }

    /// Waits until all is written, the terminal takes nothing for `ms`, or it is gone.
    public mutating func drain(ms: CInt) {
        let deadlineNs = Clock.bootNs + Int64(ms) * 1_000_000
        while (try? flush()) != nil, pending > 0, Clock.bootNs < deadlineNs {
            var waiting = pollfd(fd: descriptor.number, events: Int16(POLLOUT), revents: 0)
            _ = poll(&waiting, 1, ms)
        }
    }
}
