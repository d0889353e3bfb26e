internal import CLinux
internal import Glibc

/// An eventfd(2): another thread wakes the one that polls it.
public struct Wakeup: ~Copyable, Sendable {
    /// Readable after `signal`.
    public let descriptor: Descriptor

    /// Makes one that nobody has signalled.
    public init() throws(SystemError) {
        descriptor = Descriptor(adopting: try check("eventfd") { clinux_eventfd() })
    }

    /// Wakes the poller; from any thread.
    public borrowing func signal() {
        var one: UInt64 = 1
        _ = retrying { Glibc.write(descriptor.number, &one, 8) }
    }

    /// Takes note of all signals so far.
    public borrowing func acknowledge() { _ = try? descriptor.read(most: 8) }
}
