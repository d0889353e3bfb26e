internal import CLinux
internal import Glibc
internal import Synchronization

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

    /// Runs `body` on a thread of its own and waits for it; the thread, and all that it starts, get little of a
    /// processor that others want (nice 19).
    ///
    /// Nil when no thread can be started.
    public static func inBackground<Result: Sendable>(
        _ body: @escaping @Sendable () -> Result
    ) -> Result? {
        let work = Background { body() }
        var thread = pthread_t()
        let lent = Unmanaged.passRetained(work)
        let code = pthread_create(
            &thread, nil,
            { lent in
                // On Linux the priority is a thread's own, setpriority(2).
                _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 19)
                if let lent { Unmanaged<Background>.fromOpaque(lent).takeRetainedValue().run() }
                return nil
            }, lent.toOpaque())
        guard code == 0 else {
            lent.release()
            return nil
        }
        pthread_join(thread, nil)
        return work.result.withLock { $0 } as? Result
    }

    /// What a thread is handed through C's pointer.
    private final class Background: Sendable {
        let result = Mutex<(any Sendable)?>(nil)
        private let body: @Sendable () -> any Sendable

        init(_ body: @escaping @Sendable () -> any Sendable) { self.body = body }

        func run() {
            let value = body()
            result.withLock { $0 = value }
        }
    }
}
