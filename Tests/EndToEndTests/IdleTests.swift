import Linux
import SessionModel
import Testing

@Suite struct `Idle costs nothing` {
    /// How often a process's loop went to sleep, so since it had been woken; idle threads beside it may end.
    private func wakings(_ pid: Int32) -> Int {
        let status = text(of: "/proc/\(pid)/status") ?? ""
        return status.firstMatch(of: /\nvoluntary_ctxt_switches:\t(\d+)/).flatMap { Int($0.1) } ?? 0
    }

    @Test func `with ten idle sessions neither supervisor nor keepers wake up`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let names = (0..<10).map { "s\($0)" }
            for name in names { try box.make(name, shell: "echo ready; read x") }
            for name in names {
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            let pids = try [box.supervisor().pid] + names.compactMap { try box.status($0)?.keeperPID }
            #expect(pids.count == 11)
            // Until the first quiet, and the diff after it, there is something to do.
            var before: [Int] = []
            try box.until("the beginning is over", ms: 30_000) {
                let now = pids.map(wakings)
                defer { before = now }
                if now == before { return true }
                try box.pause(ms: 3_000)
                return nil
            }
            let ticks = pids.map { ProcessTable.entry($0)?.cpuTicks }
            try box.pause(ms: 5_000)
            #expect(pids.map(wakings) == before)
            #expect(pids.map { ProcessTable.entry($0)?.cpuTicks } == ticks)
            #expect(!before.contains(0) && !ticks.contains(nil))
        }
    }
}
