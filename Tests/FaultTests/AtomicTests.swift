import FoundationEssentials
import Glibc
import Linux
import SessionModel
import Testing

/// Every file of claudia's own is the old one or the new one, whatever call fails.
@Suite(.serialized) struct `Calls on state files fail` {
    struct Case: CustomTestStringConvertible {
        let operation: Operation
        let threads: Trace.Threads
        let error: String
        var testDescription: String { "\(operation), \(threads), \(error)" }
    }

    static let cases = `kill the supervisor at every system call`.cases.flatMap { it in
        ["ENOSPC", "EIO"].map { Case(operation: it.operation, threads: it.threads, error: $0) }
    }
    static let calls: Set = [
        "openat", "openat2", "write", "fsync", "rename", "renameat", "renameat2", "linkat",
    ]

    @Test(arguments: Scale.some(Scale.chosen(cases), short: 3)) func `atomic`(_ it: Case) throws {
        var all: [Sandbox.Point] = []
        try Sandbox.withSupervisor { box in
            all = try it.operation.points(it.threads, in: box, where: Self.calls.contains)
        }
        for few in Sandbox.few(Scale.some(all, short: 2)) {
            try Sandbox.withSupervisor { box in
                _ = try it.operation.counts(it.threads, in: box)
                for (round, point) in few.enumerated() { try fail(it, point, "s\(round)", in: box) }
                let made = names(in: box.sessions).filter { $0.hasSuffix(".json") }
                    .map { String($0.dropLast(5)) }
                try box.untilQuiet("at the end")
                let removed = names(in: "\(box.root)/.claudia/trash").filter { !$0.hasPrefix(".") }
                    .compactMap { $0.split(separator: "-").first }.map(String.init)
                try box.expectWhole(made, removed: removed, "at the end")
            }
        }
    }

    private func fail(_ it: Case, _ point: Sandbox.Point, _ name: String, in box: Sandbox) throws {
        let when = "after \(it.error) at \(point.call) \(point.number) of \(it.operation) of \(name)"
        try it.operation.prepare(name, in: box)
        let pid = try box.supervisor().pid
        let trace = try Trace(
            box, pid, it.threads, inject: ["\(point.call):error=\(it.error):when=\(point.number)"])
        try it.operation.begin(name, in: box)
        _ = try? box.until("the end of it", ms: 2_500) {
            try it.operation.isDone(name, in: box) || it.hasFailed(name, in: box) ? true : nil
        }
        try trace.end()
        try box.expectParsing(when)
        #expect(ProcessTable.entry(pid).map { $0.state != "Z" } == true, "the supervisor \(when)")
        let isWaiting = try it.operation == .remove && !it.hasFailed(name, in: box)
        if try !isWaiting && !it.operation.isDone(name, in: box) {
            try it.operation.beginAgain(name, in: box)
        }
        try box.until("it is done \(when)") { try it.operation.isDone(name, in: box) ? true : nil }
        try box.killSupervisor()
        try box.expectParsing(when)
        try box.ok("up", "--detach")
        try box.until("it stays done \(when)") { try it.operation.isDone(name, in: box) ? true : nil }
    }

    @Test func `atomic: what can't be found out again is on the disk before and after it takes its place`()
        throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let trace = try Trace(box, try box.supervisor().pid, .loop)
            try Operation.create.begin("fix", in: box)
            try box.wait("fix", "running")
            try trace.end()
            // What happened around the first record's rename: file opened, synced, renamed, folder synced.
            let lines = try #require(text(of: "\(box.home)/strace.txt")).split(separator: "\n").map(
                String.init)
            let opened = try #require(
                lines.firstIndex { $0.contains("\".record.json.new\"") && $0.contains("open") })
            let rest = lines[opened...]
            let renamed = try #require(
                rest.firstIndex { $0.contains("rename") && $0.contains("\"record.json\"") })
            #expect(lines[opened..<renamed].contains { $0.hasPrefix("fsync(") }, "\(rest)")
            let next = try #require(lines[(renamed + 1)...].first)
            #expect(next.hasPrefix("fsync("), "\(next)")
        }
    }

    @Test(arguments: ["signal=KILL", "error=ENOSPC", "error=EIO"])
    func `atomic: the end that a keeper writes`(_ fault: String) throws {
        try Sandbox.withSupervisor { box in
            let points = ["openat2", "write", "fsync", "renameat2", "linkat", "renameat", "unlinkat"]
                .flatMap { call in (1...3).map { "\(call):\(fault):when=\($0)" } }
            for (round, point) in Scale.some(points, short: 2).enumerated() {
                let name = "s\(round)"
                try box.sh("mkfifo ../\(name)")
                try box.make(name, shell: "echo ready; read x < $HOME/\(name); exit 7")
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
                let keeper = try #require(try box.status(name)?.keeperPID)
                let trace = try Trace(box, keeper, .loop, inject: [point])
                try box.sh("echo > ../\(name)")
                try box.until("the end after \(point)") {
                    let phase = try box.status(name)?.phase
                    return phase == .exited || phase == .interrupted ? true : nil
                }
                try trace.end()
                if let exit = try box.exit(of: name) { #expect(exit.code == 7) }
                if fault.hasPrefix("error") { #expect(try box.status(name)?.exit?.code == 7, "\(point)") }
                try box.expectParsing("after \(point)")
            }
        }
    }
}

extension `Calls on state files fail`.Case {
    /// Whether the session says that it failed.
    fileprivate func hasFailed(_ name: String, in box: Sandbox) throws -> Bool {
        let status = try box.status(name)
        return status?.phase == .failed || status?.reason?.contains("can't be removed") == true
    }
}

extension Sandbox {
    /// The content of `exit.json`; a file that isn't whole is an error.
    fileprivate func exit(of name: String) throws -> SessionModel.ExitStatus? {
        guard let text = text(of: "\(root)/.git/claudia/sessions/\(name)/exit.json") else { return nil }
        return try JSONDecoder().decode(SessionModel.ExitStatus.self, from: Data(text.utf8))
    }
}
