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

    /// How often a wake-up is tried: without it what was done would never be heard of.
    private static let triesMax = 100

    /// Wakes the poller; from any thread.
    public borrowing func signal() {
        var one: UInt64 = 1
        for _ in 1...Wakeup.triesMax where retrying({ Glibc.write(descriptor.number, &one, 8) }) >= 0 {
            return
        }
    }

    /// Takes note of all signals so far.
    public borrowing func acknowledge() { _ = try? descriptor.read(most: 8) }
}
