import FoundationEssentials
import Glibc
import Linux
import SessionModel
import Testing

@Suite struct Restarting {
    /// Fails with code 3 until it was started so many times.
    private static func failing(_ times: Int) -> String {
        "n=$(cat n || echo 0); echo $((n+1)) > n; echo start $n; [ $n -ge \(times) ] || exit 3; echo stays; read x"
    }

    private static let onFailure = "\"restart\": \"on-failure\""

    /// Changes what the supervisor, which must not run, remembers of restarts.
    private func remember(
        _ box: Sandbox, _ name: String, agoMs: [Int64], dueInMs: Int64? = nil, bootID: String? = nil
    ) throws {
        let path = "\(box.root)/.git/claudia/sessions/\(name)/record.json"
        let data = Data(try #require(text(of: path)).utf8)
        var record = try JSONDecoder().decode([String: JSONValue].self, from: data)
        let nowMs = Clock.bootNs / 1_000_000
        record["restarting"] = .object([
            "bootID": .string(bootID ?? ProcessTable.bootID()),
            "startedMs": .array(agoMs.map { .integer(Int(nowMs - $0)) }),
            "dueMs": dueInMs.map { .integer(Int(nowMs + $0)) } ?? .null,
        ])
        try write(String(decoding: try JSONEncoder().encode(record), as: UTF8.self), to: path)
    }

    @Test func `a failed agent is started again after a while, one that exits with 0 is not`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fails", shell: Self.failing(1), Self.onFailure)
            try box.make("ends", shell: "echo done", Self.onFailure)
            try box.make("never", shell: "exit 3")
            try box.wait("fails", "exited")
            let failed = try #require(try box.status("fails"))
            #expect(failed.exit?.code == 3 && failed.restartAt != nil)
            #expect(
                failed.reason?.contains("started again after 1 s (restart 1 of at most 5 in 10 minutes)")
                    == true)
            try box.untilPrinted("stays", "fails")
            try box.wait("fails", "running")
            let status = try #require(try box.status("fails"))
            #expect(status.restarts == 1 && status.restartAt == nil)
            for name in ["ends", "never"] {
                try box.wait(name, "exited")
                let status = try #require(try box.status(name))
                #expect(status.phase == .exited && status.restarts == 0 && status.restartAt == nil)
            }
            // Ended by a signal that nobody asked claudia for.
            try ProcessHandle(try #require(status.agentPID)).send(SIGKILL)
            try box.wait("fails", "exited")
            #expect(try box.status("fails")?.reason?.contains("after 4 s (restart 2") == true)
        }
    }

    @Test func `the wait goes on over a kill of the supervisor, and every restart is counted once`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fails", shell: Self.failing(1), Self.onFailure)
            try box.wait("fails", "exited")
            let due = try #require(try box.status("fails")?.restartAt)
            try box.killSupervisor()
            try box.ok("up", "--detach")
            if let status = try box.status("fails"), status.phase == .exited {
                #expect(status.restartAt == due)
            }
            try box.wait("fails", "running")
            #expect(Clock.realMs >= due.ms)
            #expect(try box.status("fails")?.restarts == 1)
            #expect(box.log("fails").components(separatedBy: "start ").count == 3)
        }
    }

    @Test func `five restarts in ten minutes are the most, and touch starts over`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fails", shell: Self.failing(2), Self.onFailure)
            try box.wait("fails", "exited")
            try box.killSupervisor()
            try remember(box, "fails", agoMs: [500_000, 300_000, 60_000, 40_000], dueInMs: 0)
            try box.ok("up", "--detach")
            let capped = try box.until("no further restart") {
                try box.status("fails").flatMap {
                    $0.reason?.contains("as often as is allowed") == true ? $0 : nil
                }
            }
            #expect(capped.phase == .exited && capped.restartAt == nil && capped.restarts == 1)
            #expect(
                capped.reason?.hasSuffix(
                    "as often as is allowed (5 in 10 minutes); touching the file starts over.") == true)
            #expect(try box.claudia("wait", "fails", "running").code == 1)
            try box.sh("touch .claudia/sessions/fails.json")
            try box.wait("fails", "running")
        }
    }

    @Test func `an agent that can't be started is tried again, until its file says otherwise`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write("{\"agent\": [\"/no/such\"], \"restart\": \"on-failure\"}\n", to: box.file("lacks"))
            try box.until("a try is due") { try box.status("lacks")?.restartAt }
            #expect(try box.status("lacks")?.phase == .failed)
            try write("{\"agent\": [\"/no/such\"]}\n", to: box.file("lacks"))
            try box.until("no try is due") {
                try box.status("lacks").flatMap {
                    $0.spec?.restart == .never && $0.phase == .failed ? $0 : nil
                }
            }
            #expect(try box.status("lacks")?.restartAt == nil)
        }
    }

    @Test func `an end that was asked for and a reboot are no failures`() throws {
        try Sandbox.with { box in
            let deaf = "trap 'exit 7' TERM; echo ready; while :; do read -t 9 x <> <(:); done"
            try box.ok("up", "--detach")
            for name in ["killed", "parked", "down"] {
                try box.make(name, shell: deaf, Self.onFailure)
                try box.untilPrinted("ready", name)
                try box.wait(name, "running")
            }
            try box.make("rebooted", shell: "exit 3", Self.onFailure)
            try box.wait("rebooted", "exited")
            try box.ok("kill", "killed")
            try box.ok("park", "parked")
            try box.ok("down", "--all")
            // On a busy machine a second may have passed before.
            let before = try box.status("rebooted")?.restarts
            try remember(box, "rebooted", agoMs: [], dueInMs: 0, bootID: "another")
            try box.ok("up", "--detach")
            try box.wait("killed", "terminated")
            try box.wait("parked", "parked")
            try box.wait("down", "interrupted")
            try box.wait("rebooted", "interrupted")
            #expect(try box.status("rebooted")?.reason?.hasPrefix("The machine was restarted") == true)
            for name in ["killed", "parked", "down", "rebooted"] {
                let status = try #require(try box.status(name))
                let restarts = name == "rebooted" ? before : 0
                #expect(status.restarts == restarts && status.restartAt == nil, "\(name)")
            }
        }
    }
}
