internal import Lifecycle
internal import Linux
internal import Synchronization

/// How many files of a new worktree are written, and of how many.
struct CheckoutCount: Equatable, Sendable {
    let done: Int
    let total: Int

    /// For a status.
    var sentence: String { "\(done) of \(total) files are written." }
}

/// Passes on how far a checkout is, now and then and only of one that takes a while.
final class ProgressTeller: Sendable {
    private let dueNs: Atomic<Int64>
    private let tell: @Sendable (CheckoutCount) -> Void

    init(_ tell: @escaping @Sendable (CheckoutCount) -> Void) {
        dueNs = Atomic(Clock.bootNs + Patience.progressMs * 1_000_000)
        self.tell = tell
    }

    /// Called by each thread that writes.
    @Sendable func report(_ done: Int, _ total: Int) {
        let (now, due) = (Clock.bootNs, dueNs.load(ordering: .relaxed))
        guard now >= due,
            dueNs.compareExchange(
                expected: due, desired: now + Patience.progressMs * 1_000_000, ordering: .relaxed
            ).exchanged
        else { return }
        tell(CheckoutCount(done: done, total: total))
    }
}

extension MadeWorktree {
    /// Says something more of the worktree.
    mutating func add(_ sentences: [String]) {
        let all = [note].compactMap(\.self) + sentences
        note = all.isEmpty ? nil : all.joined(separator: " ")
    }
}
