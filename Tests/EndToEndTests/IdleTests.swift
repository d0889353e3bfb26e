import Linux
import SessionModel
import Testing

@Suite struct `Idle costs nothing` {
    @Test func `ten idle sessions use no CPU in supervisor and keepers`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let names = (0..<10).map { "s\($0)" }
            for name in names { try box.make(name, shell: "echo ready; read x") }
            for name in names {
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            // Until the first quiet, and the diff after it, there is something to do.
            try box.pause(ms: 3_500)
            let pids = try [box.supervisor().pid] + names.compactMap { try box.status($0)?.keeperPID }
            #expect(pids.count == 11)
            let before = pids.map { ProcessTable.entry($0)?.cpuTicks }
            try box.pause(ms: 5_000)
            #expect(pids.map { ProcessTable.entry($0)?.cpuTicks } == before)
            #expect(!before.contains(nil))
        }
    }
}
