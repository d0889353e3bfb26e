import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Overflow` {
    /// Sessions with an agent that runs.
    private static let live = (1...4).map { "live\($0)" }
    /// How many sessions without an agent come to those, so that it is fifty edits in all.
    private static let quietMost = 44

    private func quiet(_ count: Int) -> [String] { (1...count).map { "quiet\($0)" } }

    private func start(_ box: Sandbox, _ count: Int) throws {
        try box.ok("up", "--detach")
        for name in Self.live { try box.make(name, shell: Agents.echoing) }
        for name in quiet(count) { try box.make(name, shell: "true", #""state": "terminated""#) }
        for name in Self.live { try box.untilPrinted("ready", name) }
        for name in Self.live { try box.wait(name, "running") }
        for name in quiet(count) { try box.until("\(name) is known") { try box.status(name) } }
    }

    /// An edit of each session file by `sed -i`, a new one, one removed, one touched; settings and a line of input.
    private func edit(_ box: Sandbox, _ count: Int) throws {
        try box.sh(
            """
            cd .claudia
            for name in \(quiet(count).joined(separator: " ")); do
                sed -i 's/"terminated"/"terminated", "max_output_buffer": 77/' sessions/$name.json
            done
            for name in live1 live2; do sed -i 's/"agent"/"state": "paused", "agent"/' sessions/$name.json; done
            rm sessions/live3.json
            touch sessions/new.json
            echo typed >> sessions/live4/input
            echo '{"trash_days": 77}' > config.json
            """)
    }

    private func isApplied(_ box: Sandbox, _ count: Int) throws -> Bool {
        for name in quiet(count) {
            guard try box.status(name)?.spec?.maxOutputBuffer == 77 else { return false }
        }
        for name in ["live1", "live2"] {
            guard try box.status(name)?.phase == .paused else { return false }
        }
        guard try box.status("new")?.phase == .running else { return false }
        return !exists("\(box.sessions)/live3") && box.log("live4").contains("got<typed>")
            && text(of: "\(box.root)/.git/claudia/config.json")?.contains("77") == true
    }

    /// Waits until every edit is applied, and looks at what they may not have cost: an agent, or a session more or
    /// less.
    private func untilApplied(_ box: Sandbox, _ count: Int, _ pids: [Int32?]) throws {
        let ms = Int(Scale.limitMs(2_000))
        try box.until("all edits are applied", ms: ms) { try isApplied(box, count) ? true : nil }
        for (name, pid) in zip(Self.live, pids) where name != "live3" {
            #expect(try box.status(name)?.agentPID == pid, "\(name)")
        }
        func told(_ type: EventType) throws -> [String] {
            try box.events().filter { $0.type == type }.compactMap(\.session?.text).sorted()
        }
        #expect(try told(.sessionTerminated) == ["live3"])
        #expect(try told(.sessionCreated) == (Self.live + quiet(count) + ["new"]).sorted())
    }

    @Test func `edits among 20,000 events that came while the supervisor was stopped are all applied`() throws
    {
        try Sandbox.with { box in
            try start(box, Self.quietMost)
            let pids = try Self.live.map { try box.status($0)?.agentPID }
            let supervisor = try ProcessHandle(try box.supervisor().pid)
            try supervisor.send(SIGSTOP)
            // Two events for each that is made and one for its removal: the kernel queues 16,384 and drops the rest.
            try box.sh(
                """
                cd .claudia/sessions
                for i in $(seq 7000); do : > .noise$i; done
                find . -name '.noise*' -delete
                """)
            try edit(box, Self.quietMost)
            try supervisor.send(SIGCONT)
            try untilApplied(box, Self.quietMost, pids)
        }
    }

    /// Ways in which another folder comes to stand where one is watched, and where the supervisor is meanwhile.
    static let replacements = [
        ("cd .claudia; mv sessions away; cp -a away sessions", ["runs", "stopped", "down"]),
        ("cd .claudia; cp -a sessions new; mv sessions away; mv new sessions", ["runs"]),
        ("cd .claudia; mv sessions away; mv away sessions", ["runs", "stopped"]),
        (
            "cd .claudia/sessions; mkdir ../away; for f in *; do cp -a $f ../new; mv $f ../away; mv ../new $f; done",
            ["runs", "down"]
        ),
    ].flatMap { way, supervisors in supervisors.map { (way, $0) } }

    @Test(arguments: replacements)
    func `edits in a folder that took the place of the watched one are all applied`(
        _ way: String, _ supervisor: String
    ) throws {
        try Sandbox.with { box in
            let count = 4
            try start(box, count)
            let pids = try Self.live.map { try box.status($0)?.agentPID }
            let process = try ProcessHandle(try box.supervisor().pid)
            if supervisor == "stopped" { try process.send(SIGSTOP) }
            if supervisor == "down" { try box.ok("down") }
            try box.sh(way)
            try edit(box, count)
            if supervisor == "stopped" { try process.send(SIGCONT) }
            if supervisor == "down" { try box.ok("up", "--detach") }
            try untilApplied(box, count, pids)
            // What is there now is watched, and linked.
            try box.ok("resume", "live1")
            try box.sh("echo again > .claudia/sessions/live1/input")
            try box.untilPrinted("got<again>", "live1")
        }
    }
}
