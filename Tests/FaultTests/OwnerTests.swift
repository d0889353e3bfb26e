import Glibc
import Linux
import SessionModel
import Testing

/// One owner of a repository, and one limit to its sessions.
@Suite(.serialized) struct `Many at once` {
    @Test("one owner: the next waits for a killed one's lock, and comes then", arguments: [true, false])
    func killed(isSeenDead: Bool) throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let pid = try box.supervisor().pid
            try box.killSupervisor()
            // Its process may seem to live for a moment: that of this test stands in for it.
            if !isSeenDead { try box.sh("sed -i 's/\\b\(pid)\\b/\(getpid())/' .claudia/supervisor.json") }
            // As the last thread of a killed one does, for longer.
            let file = try Folder(at: "\(box.root)/.git/claudia").open("lock", O_RDWR)
            guard let lock = try FileLock(file) else { throw Failure("the killed one holds the lock") }
            let next = try box.start([try Sandbox.program(), "up", "--detach"])
            try box.pause(ms: 300)
            _ = consume lock
            let outcome = try next.ending()
            #expect(outcome.code == 0, "\(outcome.told)")
            #expect(try box.supervisor().generation == 2)
        }
    }

    @Test func `one owner`() throws {
        try Sandbox.with { box in
            let program = try Sandbox.program()
            for round in 1...2 {
                let starts = try (1...Scale.count(12, of: 100)).map { _ in try box.start([program, "up"]) }
                var ended: [Int32: Outcome] = [:]
                try box.until("all but one have ended", ms: 60_000) {
                    for start in starts where ended[start.process.pid] == nil {
                        guard try isReadable(start.process.descriptor, ms: 0) else { continue }
                        ended[start.process.pid] = try start.ending()
                    }
                    return ended.count >= starts.count - 1 ? true : nil
                }
                #expect(ended.count == starts.count - 1)
                #expect(
                    ended.values.allSatisfy { $0.code == 1 && $0.err.contains("A supervisor runs already") })
                let owner = try #require(starts.first { ended[$0.process.pid] == nil })
                try box.until("its file") { (try? box.supervisor())?.pid == owner.process.pid ? true : nil }
                #expect(try box.supervisor().generation == round)
                try owner.process.send(SIGKILL)
                _ = try owner.ending()
            }
            // What a kill leaves behind is in nobody's way.
            try box.ok("up", "--detach")
            #expect(try box.supervisor().generation == 3)
        }
    }

    @Test func `limit`() throws {
        let (count, limit) = (Scale.count(24, of: 200), 8)
        let all = (0..<count).map { "s\($0 < 10 ? "00" : $0 < 100 ? "0" : "")\($0)" }
        try Sandbox.with { box in
            try box.allow(sessions: limit)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            for name in all { try box.sh("mkfifo ../\(name)") }
            for name in all { try box.make(name, shell: "read x < $HOME/$CLAUDIA_SESSION") }
            for ended in 0..<count {
                let live = min(limit, count - ended)
                try box.until("\(live) run beside \(ended) that ended", ms: 60_000) {
                    let now = try phases(all, in: box)
                    return now.filter { $0 == .running }.count == live
                        && now.filter { $0 == .exited }.count == ended ? true : nil
                }
                #expect(box.agents().count == live)
                // Those that were created first run; what came after them waits.
                #expect(try phases(all, in: box).prefix { $0 != .queued }.count == ended + live)
                if ended.isMultiple(of: 8) {
                    try box.killSupervisor()
                    try box.ok("up", "--detach")
                    #expect(try phases(all, in: box).prefix { $0 != .queued }.count == ended + live)
                    #expect(box.agents().count == live)
                }
                try box.release(all[ended])
            }
            try box.wait(all[count - 1], "exited")
            // In order of creation, as the events tell.
            let starts = try box.events().filter { $0.data["phase"] == .string("creating") }
            #expect(starts.compactMap(\.session?.text) == all)
        }
    }

    private func phases(_ all: [String], in box: Sandbox) throws -> [Phase?] {
        try all.map { try box.status($0)?.phase }
    }
}

extension Sandbox {
    /// The agents that live.
    fileprivate func agents() -> [Int32] {
        ProcessTable.all().filter { $0.state != "Z" }.map(\.pid).filter { pid in
            let variables = ProcessTable.environment(pid) ?? []
            return variables.contains("HOME=\(home)")
                && variables.contains { $0.hasPrefix("CLAUDIA_SESSION_ID=") }
        }
    }

    /// Lets those go on that wait to read the pipe.
    fileprivate func release(_ pipe: String) throws {
        try until("a reader of \(pipe)") {
            let number = open("\(home)/\(pipe)", O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            if number >= 0 { _ = Descriptor(adopting: number) }
            return number >= 0 ? true : nil
        }
    }
}
