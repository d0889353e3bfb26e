internal import Dispatch
internal import Linux
internal import Synchronization

/// Runs slow work, one job after another, on a thread of its own; results come back to the loop.
final class Worker<Result: Sendable>: Sendable {
    /// Readable while results wait.
    let wakeup: Wakeup
    private let results = Mutex<[Result]>([])
    private let queue: DispatchQueue

    init(name: String) throws(SystemError) {
        wakeup = try Wakeup()
        queue = DispatchQueue(label: name)
    }

    /// Queues a job; what it returns is handed out by `finished`.
    func run(_ job: @escaping @Sendable () -> Result) {
        queue.async {
            self.post(job())
        }
    }

    /// Hands a result out that a job has before its end; to be called by the job.
    func post(_ result: Result) {
        results.withLock { $0.append(result) }
        wakeup.signal()
    }

    /// Waits until every job that was queued is done.
    func drain() { queue.sync {} }

    /// The results since the last call.
    func finished() -> [Result] {
        wakeup.acknowledge()
        return results.withLock { results in
            defer { results = [] }
            return results
        }
    }
}
