import Glibc
import Linux
import SessionModel
import Testing

@testable import Supervisor

@Suite struct DeadlinesTests {
    private let name = SessionName("fix")

    /// Whether the one timer of `deadlines` is due within `ms`.
    private func isDue(_ deadlines: borrowing Deadlines, withinMs ms: CInt) -> Bool {
        var wanted = pollfd(fd: deadlines.timer.descriptor.number, events: Int16(POLLIN), revents: 0)
        return poll(&wanted, 1, ms) == 1
    }

    @Test func `each deadline is told once, the earliest first`() throws {
        var deadlines = try Deadlines()
        deadlines.set(.trash, afterMs: 20)
        deadlines.set(.hook(1), afterMs: 10)
        deadlines.set(.putBack, afterMs: 60_000)
        let isDue1 = isDue(deadlines, withinMs: 5_000)
        #expect(isDue1)
        var told = deadlines.due()
        while told.count < 2 {
            let isDue2 = isDue(deadlines, withinMs: 5_000)
            #expect(isDue2)
            told += deadlines.due()
        }
        #expect(told == [.hook(1), .trash])
        let due1 = deadlines.due()
        #expect(due1 == [])
        let (stays, went) = (deadlines.isSet(.putBack), deadlines.isSet(.trash))
        #expect(stays && !went)
    }

    @Test func `what was cancelled is never told, and the timer is at rest without deadlines`() throws {
        var deadlines = try Deadlines()
        let name = try #require(name)
        deadlines.set(.confirmDeletion(name), afterMs: 5)
        deadlines.cancel(.confirmDeletion(name))
        let isDue3 = isDue(deadlines, withinMs: 50)
        #expect(!isDue3)
        let due2 = deadlines.due()
        #expect(due2 == [])
    }

    @Test func `a deadline that is set again counts from the last time`() throws {
        var deadlines = try Deadlines()
        deadlines.set(.putBack, afterMs: 1)
        deadlines.set(.putBack, afterMs: 60_000)
        let isDue4 = isDue(deadlines, withinMs: 50)
        #expect(!isDue4)
        deadlines.set(.putBack, afterMs: 0)
        let isDue5 = isDue(deadlines, withinMs: 5_000)
        #expect(isDue5)
        let due3 = deadlines.due()
        #expect(due3 == [.putBack])
    }
}
