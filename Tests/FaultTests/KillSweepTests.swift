import Glibc
import Linux
import SessionModel
import Testing

/// A supervisor that is killed at any system call leaves each session whole or not there.
@Suite(.serialized) struct `kill the supervisor at every system call` {
    struct Case: CustomTestStringConvertible {
        let operation: Operation
        let threads: Trace.Threads
        var testDescription: String { "\(operation), \(threads)" }
    }

    /// Workers have something to do only where a worktree is made or removed.
    static let cases =
        Operation.allCases.map { Case(operation: $0, threads: .loop) }
        + [Operation.create, .remove].map { Case(operation: $0, threads: .workers) }

    @Test(arguments: Scale.chosen(cases)) func `kill the supervisor`(_ it: Case) throws {
        var (deaths, all): (Int, [Sandbox.Point]) = (0, [])
        try Sandbox.withSupervisor { box in
            all = try it.operation.points(it.threads, in: box) { _ in true }
        }
        let some = Scale.some(all, short: 2)
        for few in Sandbox.few(some) {
            try Sandbox.withSupervisor { box in
                _ = try it.operation.counts(it.threads, in: box)
                deaths += try sweep(it, few, in: box)
            }
        }
        print("\(it): \(some.count) of \(all.count) calls, \(deaths) deaths")
        #expect(deaths > 0)
    }

    /// Kills at each of the points; returns how often the supervisor died of it.
    private func sweep(_ it: Case, _ points: [Sandbox.Point], in box: Sandbox) throws -> Int {
        var (present, removed, deaths) = ([String](), [String](), 0)
        for (round, point) in points.enumerated() {
            let name = "s\(round)"
            let when = "after kill at \(point.call) \(point.number) of \(it.operation) of \(name)"
            try it.operation.prepare(name, in: box)
            let supervisor = try ProcessHandle(try box.supervisor().pid)
            let trace = try Trace(
                box, supervisor.pid, it.threads,
                inject: ["\(point.call):signal=KILL:when=\(point.number)"])
            try it.operation.begin(name, in: box)
            try box.until("death, or the end of it") {
                let isDead = try isReadable(supervisor.descriptor, ms: 0)
                return try isDead || it.operation.isDone(name, in: box) ? true : nil
            }
            try trace.end()
            if try isReadable(supervisor.descriptor, ms: 0) { deaths += 1 }
            try box.ok("up", "--detach")
            try box.until("it is done \(when)") { try it.operation.isDone(name, in: box) ? true : nil }
            if it.operation == .remove { removed.append(name) } else { present.append(name) }
            try box.untilQuiet(when)
            try box.expectWhole(
                present + ["reference"].filter { _ in it.operation != .remove },
                removed: removed + ["reference"].filter { _ in it.operation == .remove }, when)
        }
        return deaths
    }
}

extension Operation {
    /// Every system call of the operation that `isMeant`, by its number among those of its name.
    func points(
        _ threads: Trace.Threads, in box: Sandbox, where isMeant: (String) -> Bool
    ) throws -> [Sandbox.Point] {
        try counts(threads, in: box).filter { isMeant($0.key) }.sorted { $0.key < $1.key }.flatMap {
            call, count in Scale.occurrences(count).map { Sandbox.Point(call: call, number: $0) }
        }
    }
}

extension Sandbox {
    /// A system call at which something happens.
    struct Point {
        let call: String
        let number: Int
    }

    /// The points a few at a time, each few for a repository of its own: every session makes each look longer.
    static func few(_ points: [Point]) -> [[Point]] {
        stride(from: 0, to: points.count, by: 12).map { Array(points[$0..<min($0 + 12, points.count)]) }
    }

    /// A repository with a supervisor and room for many sessions.
    static func withSupervisor(_ body: (Sandbox) throws -> Void) throws {
        try Sandbox.with { box in
            try box.allow(sessions: 1_000)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            try body(box)
        }
    }

    /// Lets so many sessions run at once.
    func allow(sessions: Int) throws {
        try write(
            "{\"multi_session\": {\"max_concurrent_sessions\": \(sessions)}}\n",
            to: "\(root)/.claudia/config.json")
    }

    /// Waits until there is a keeper for each session with an agent, and no other.
    func untilQuiet(_ when: String, at location: SourceLocation = #_sourceLocation) throws {
        var (keepers, expected) = ([Int32](), [Int32]())
        do {
            try until("no keeper that leaves", at: location) {
                keepers = processes().filter {
                    text(of: "/proc/\($0)/comm")?.hasPrefix("claudia-keeper") == true
                }
                let files = names(in: sessions).filter { $0.hasSuffix(".json") }
                expected = try files.compactMap { file in
                    try status(String(file.dropLast(5))).flatMap { $0.agentPID == nil ? nil : $0.keeperPID }
                }
                return keepers.sorted() == expected.sorted() ? true : nil
            }
        } catch {
            throw Failure("\(error) \(when): keepers \(keepers), in status.json \(expected)")
        }
    }
}
