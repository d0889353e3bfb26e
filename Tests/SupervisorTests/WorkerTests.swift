import Glibc
import Linux
import Testing

@testable import Supervisor

@Suite struct WorkerTests {
    @Test func `jobs run one after another, in order, and each result is handed out once`() throws {
        let worker = try Worker<Int>(name: "test")
        for number in 1...50 { worker.run { number } }
        var results: [Int] = []
        while results.count < 50 {
            var wanted = pollfd(fd: worker.wakeup.descriptor.number, events: Int16(POLLIN), revents: 0)
            try #require(poll(&wanted, 1, 10_000) == 1)
            results += worker.finished()
        }
        #expect(results == Array(1...50))
        #expect(worker.finished() == [])
        var wanted = pollfd(fd: worker.wakeup.descriptor.number, events: Int16(POLLIN), revents: 0)
        #expect(poll(&wanted, 1, 20) == 0)
    }
}
