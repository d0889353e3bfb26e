internal import CLinux

/// A timer on CLOCK_BOOTTIME, timerfd_create(2): jumps of the wall clock don't touch it.
public struct Timer: ~Copyable {
    /// Readable when the time has come.
    public let descriptor: Descriptor

    /// Makes a timer that is not armed.
    public init() throws(SystemError) {
        descriptor = Descriptor(adopting: try check("timerfd_create") { clinux_timerfd_create() })
    }

    /// Arms the timer at `bootNs` of `Clock.bootNs`, at once when that is past; nil disarms it.
    public borrowing func arm(at bootNs: Int64?) throws(SystemError) {
        let number = descriptor.number
        try check("timerfd_settime") { clinux_timerfd_arm(number, bootNs.map { max($0, 1) } ?? 0) }
    }

    /// Takes note that the time has come, so that the descriptor isn't readable any more.
    public borrowing func acknowledge() throws(SystemError) { _ = try descriptor.read(most: 8) }
}
