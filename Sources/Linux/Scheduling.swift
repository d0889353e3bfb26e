internal import CLinux
internal import Glibc

/// How the kernel's scheduler treats this process, sched(7).
public enum Scheduling {
    /// Nanoseconds: the shortest slice that Linux grants.
    private static let sliceNs: Int64 = 100_000

    /// Lets this process run soon after it wakes, also beside busy agents; its children are as they would be.
    ///
    /// A wish: a kernel that knows nothing of it goes on as before.
    public static func preferLatency() { _ = clinux_prefer_latency(sliceNs) }

    /// Lets another process run first that was just woken and would wait for this processor, sched_yield(2).
    ///
    /// For up to a tick, 4 ms at CONFIG_HZ=250, since it is no sooner that the scheduler looks again.
    public static func giveWay() { _ = sched_yield() }
}
