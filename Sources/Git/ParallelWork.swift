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
        let results = Results<Result>()
        let share = Share { results.add(body()) }
        var started: [pthread_t] = []
        for _ in 1..<max(1, count) {
            var thread = pthread_t()
            let lent = Unmanaged.passRetained(share)
            let code = pthread_create(&thread, nil, Share.enter, lent.toOpaque())
            if code == 0 { started.append(thread) } else { lent.release() }
        }
        share.body()
        for thread in started { pthread_join(thread, nil) }
        return results.all
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
