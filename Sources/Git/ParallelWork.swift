import Glibc
import Synchronization

/// The same work on a few threads at once, each returning a value.
enum ParallelWork {
    /// How many threads help: more than four don't make a file system faster.
    static let threadsMax = 4

    /// The threads that are worth starting on this machine.
    static var threads: Int { min(threadsMax, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// Runs `body` once on each of `count` threads, this one among them; their results, in no order.
    ///
    /// When a thread can't be started the others do its share.
    static func run<Result: Sendable>(_ count: Int, _ body: @escaping @Sendable () -> Result) -> [Result] {
        Begun(count, body).finish()
    }

    /// Work that other threads have begun, and that this one joins when it comes to it; they are waited for at its end.
    struct Begun<Result: Sendable>: ~Copyable {
        private let results = Results<Result>()
        private let share: Share
        private let started: Threads

        /// Starts `body` on `count` threads less one.
        init(_ count: Int, _ body: @escaping @Sendable () -> Result) {
            let results = results
            share = Share { results.add(body()) }
            started = Threads(count - 1, share)
        }

        /// Runs `body` on this thread too, and waits for the others; the results, in no order.
        borrowing func finish() -> [Result] {
            share.body()
            started.join()
            return results.all
        }
    }

    /// Threads that run to their end before this goes.
    private final class Threads {
        private var running: [pthread_t] = []

        init(_ count: Int, _ share: Share) {
            for _ in 0..<max(0, count) {
                var thread = pthread_t()
                let lent = Unmanaged.passRetained(share)
                let code = pthread_create(&thread, nil, Share.enter, lent.toOpaque())
                if code == 0 { running.append(thread) } else { lent.release() }
            }
        }

        func join() {
            for thread in running { pthread_join(thread, nil) }
            running = []
        }

        deinit { join() }
    }

    /// What a thread is handed through C's pointer.
    private final class Share: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }

        static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = { lent in
            if let lent { Unmanaged<Share>.fromOpaque(lent).takeRetainedValue().body() }
            return nil
        }
    }

    private final class Results<Value: Sendable>: Sendable {
        private let values = Mutex<[Value]>([])

        var all: [Value] { values.withLock { $0 } }

        func add(_ value: Value) { values.withLock { $0.append(value) } }
    }
}
