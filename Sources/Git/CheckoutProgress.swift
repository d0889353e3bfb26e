import CGit2
import Synchronization

/// How far a checkout is, counted by all its threads.
public final class CheckoutProgress: Sendable {
    /// Takes how many files are written, and of how many.
    public typealias Report = @Sendable (_ done: Int, _ total: Int) -> Void

    /// After how many files there is a report; 256 take some 10 ms.
    static let step = 256

    private let done = Atomic<Int>(0)
    private let total: Int
    private let report: Report

    init(total: Int, _ report: @escaping Report) {
        self.total = total
        self.report = report
        report(0, total)
    }

    /// Counts a file.
    func add() {
        let done = done.add(1, ordering: .relaxed).newValue
        if done % Self.step == 0 || done == total { report(done, total) }
    }

    /// Counts all the rest, for a checkout that doesn't tell of each file.
    func finish() { report(total, total) }

    /// Has libgit2's checkout tell it.
    func follow(_ options: inout git_checkout_options) {
        options.progress_payload = Unmanaged.passUnretained(self).toOpaque()
        options.progress_cb = { _, done, total, payload in
            guard let payload, done % CheckoutProgress.step == 0 || done == total else { return }
            Unmanaged<CheckoutProgress>.fromOpaque(payload).takeUnretainedValue().report(done, total)
        }
    }
}
