import Linux
import SessionModel
import Testing

@Suite struct `The queue` {
    private func limit(_ count: Int, _ box: Sandbox) throws {
        try write(
            "{\"multi_session\": {\"max_concurrent_sessions\": \(count)}}\n",
            to: "\(box.root)/.claudia/config.json")
    }

    @Test func `never more agents than slots, in order of creation, and the limit can be raised live`() throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try limit(2, box)
            let names = ["e", "d", "c", "b", "a"]
            for name in names {
                try box.make(name, shell: "echo ready; read x")
                try box.until("\(name) is known") { try box.status(name) }
            }
            for name in ["e", "d"] { try box.wait(name, "running") }
            for name in ["c", "b", "a"] {
                try box.wait(name, "queued")
                #expect(
                    try box.status(name)?.reason == "All 2 slots of max_concurrent_sessions are taken.")
                #expect(!exists(box.worktree(name)))
            }
            try box.ok("kill", "e")
            try box.wait("c", "running")
            #expect(try box.status("b")?.phase == .queued)
            try box.ok("pause", "d")
            try box.pause(ms: 200)
            #expect(try box.status("b")?.phase == .queued, "a paused session keeps its slot")
            try limit(9, box)
            for name in ["b", "a"] { try box.wait(name, "running") }
            try limit(1, box)
            try box.pause(ms: 200)
            #expect(try names.filter { try box.status($0)?.phase == .running } == ["c", "b", "a"])
            var most = 0
            var running: Set<String> = []
            for event in try box.events() where event.type == .statusChanged {
                guard case .string(let phase)? = event.data["phase"], let name = event.session?.text else {
                    continue
                }
                if phase == "running" || phase == "paused" {
                    running.insert(name)
                } else {
                    running.remove(name)
                }
                if name == "e" || name == "d" || name == "c" { most = max(most, running.count) }
            }
            #expect(most == 2)
        }
    }

    @Test func `the order is that of creation also for files of before the start and over a restart`() throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try limit(1, box)
            try box.until("the settings") { try box.events().first { $0.type == .configChanged } }
            try box.ok("down")
            let names = ["c", "a", "b"]
            for name in names {
                try box.make(name, shell: "read x")
                try box.pause()
            }
            try box.ok("up", "--detach")
            try box.wait("c", "running")
            for name in ["a", "b"] { try box.wait(name, "queued") }
            try box.killSupervisor()
            try box.ok("up", "--detach")
            try box.make("0-last", shell: "read x")
            try box.wait("0-last", "queued")
            for name in names + ["0-last"] {
                try box.wait(name, "running")
                try box.ok("kill", name)
            }
            let starts = try box.events().filter { $0.data["phase"] == .string("creating") }
            #expect(starts.compactMap(\.session?.text) == names + ["0-last"])
        }
    }

    @Test func `broken settings keep the last good ones in force, and say so`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try limit(1, box)
            try box.make("a", shell: "echo ready; read x")
            try box.wait("a", "running")
            try write(
                "{\n \"multi_session\": {\"max_concurrent_sessions\": -3}\n}\n",
                to: "\(box.root)/.claudia/config.json")
            let problem = try box.until("the problem") { try box.supervisor().configError }
            #expect(problem.line == 2 && problem.key == "multi_session.max_concurrent_sessions", "\(problem)")
            try box.make("b", shell: "echo ready; read x")
            try box.wait("b", "queued")
            try box.killSupervisor()
            try box.ok("up", "--detach")
            #expect(try box.supervisor().configError == problem)
            try box.pause(ms: 200)
            #expect(
                try box.status("b")?.phase == .queued, "the last good ones are in force after a restart too")
            try limit(2, box)
            try box.wait("b", "running")
            #expect(try box.supervisor().configError == nil)
        }
    }
}
