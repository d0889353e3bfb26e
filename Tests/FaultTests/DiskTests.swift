import Glibc
import Linux
import SessionModel
import Testing

/// The disk is full, or refuses single calls.
@Suite(.serialized) struct `The disk fails` {
    /// Prints numbered lines as fast as they are taken, until told to end.
    private static let flooding = """
        echo ready; read x; i=0; until [ -e ../../../end ]; do i=$((i+1)); echo "line $i of what is printed"; done
        echo "END $i"; read x
        """

    @Test(.enabled(if: geteuid() == 0, "only root may mount a file system"))
    func `disk full`() throws {
        try Sandbox.with { box in
            let disk = try SmallDisk(under: box, megabytes: 24)
            try box.ok("up", "--detach")
            let all = ["a", "b", "c"]
            for name in all { try box.make(name, shell: Self.flooding) }
            for name in all { try box.untilPrinted("ready", name) }
            for name in all { try box.wait(name, "running") }
            let agents = try all.map { try #require(try box.status($0)?.agentPID) }
            let supervisor = try box.supervisor().pid
            for name in all { try box.ok("send", name, "go") }
            // Most of it at once, so that it doesn't take long.
            try box.sh("head -c 20M /dev/zero > ballast")
            try box.until("the disk is full", ms: 60_000) { try box.freeBytes() == 0 ? true : nil }
            try box.until("what is printed waits") { try box.standStill(all) ? true : nil }
            // Nothing dies, nothing is cut, and whoever asks is told.
            #expect(agents.allSatisfy { ProcessTable.entry($0) != nil })
            for verb in [["ls"], ["status", "a"]] {
                let outcome = try box.start([try Sandbox.program()] + verb).ending()
                #expect(outcome.code == 0)
                #expect(outcome.err.contains("The disk is full"), "\(outcome.told)")
            }
            #expect(try box.start([try Sandbox.program(), "doctor"]).ending().out.contains("0 B free"))
            // What a person can still do is done once there is room.
            try box.sh("touch .claudia/sessions/new.json; rm .claudia/sessions/c.json")
            try box.expectParsing("on a full disk")
            try disk.grow(toMegabytes: 200)
            let room = Clock.bootNs
            try write("", to: "\(box.root)/end")
            for name in ["a", "b"] { try box.untilPrinted("END", name) }
            try box.wait("new", "running")
            try box.untilRemoved("c")
            #expect(Clock.bootNs - room < Scale.limitMs(5_000) * 1_000_000)
            #expect(try box.supervisor().pid == supervisor)
            #expect(try ["a", "b"].map { try box.status($0)?.agentPID } == Array(agents.prefix(2)))
            for name in ["a", "b"] { try expectAllLines(name, in: box) }
            try box.expectParsing("with room again")
            try disk.end(box)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "only root may mount a file system"))
    func `disk full: a wipe then is no removal`() throws {
        try Sandbox.with { box in
            let disk = try SmallDisk(under: box, megabytes: 24)
            try box.ok("up", "--detach")
            try box.make("a", shell: "echo ready; while read x; do echo \"got<$x>\"; done")
            try box.wait("a", "running")
            let agent = try #require(try box.status("a")?.agentPID)
            try box.sh("rm -rf .claudia/sessions; head -c 100M /dev/zero > ballast || true")
            try box.until("the failure") {
                box.supervisorLog().contains("can't be put back") ? true : nil
            }
            // Longer than a file must be gone to count as removed.
            try box.pause(ms: 2_500)
            #expect(ProcessTable.entry(agent) != nil)
            try box.sh("rm ballast")
            try box.wait("a", "running")
            #expect(try box.status("a")?.agentPID == agent)
            #expect(exists(box.file("a")) && exists(box.worktree("a") + "/file.txt"))
            try box.ok("send", "a", "still")
            try box.untilPrinted("got<still>", "a")
            try disk.end(box)
        }
    }

    /// That what is kept of the log ends in whole numbered lines without a gap.
    private func expectAllLines(_ name: String, in box: Sandbox) throws {
        let parts = names(in: "\(box.sessions)/\(name)").filter { $0.hasPrefix("output.log") }.sorted(by: >)
        let log = parts.map { text(of: "\(box.sessions)/\(name)/\($0)") ?? "" }.joined()
        let numbers = log.split(separator: "\r\n").compactMap { line in
            line.hasPrefix("line ") ? Int(line.split(separator: " ")[1]) : nil
        }
        let gap = zip(numbers, numbers.dropFirst()).first { $0.0 + 1 != $0.1 }
        #expect(gap == nil, "\(name)")
        #expect(log.contains("END \(numbers.last ?? 0)\r\n"), "\(name)")
    }
}

extension Sandbox {
    fileprivate func supervisorLog() -> String { text(of: "\(root)/.claudia/supervisor.log") ?? "" }

    fileprivate func freeBytes() throws -> Int64 { try Folder(at: root).fileSystem().freeBytes }

    /// Whether no log of these sessions grows.
    fileprivate func standStill(_ all: [String]) throws -> Bool {
        func sizes() -> [Int64?] {
            all.map { try? Folder(at: "\(sessions)/\($0)").status("output.log")?.size }
        }
        let before = sizes()
        try pause(ms: 300)
        return sizes() == before
    }
}

/// A file system of few megabytes, mounted over the sandbox's repository with a copy of that in it.
final class SmallDisk {
    private let root: String

    init(under box: Sandbox, megabytes: Int) throws {
        root = box.root
        try box.sh(
            "cp -a '\(root)' copy; mount -t tmpfs -o size=\(megabytes)m,mode=755 none '\(root)'", in: box.home
        )
        try box.sh("cp -a ../copy/. .")
    }

    func grow(toMegabytes megabytes: Int) throws {
        _ = try RunningProgram(
            Spawn(
                ["mount", "-o", "remount,size=\(megabytes)m", root], environment: ["PATH": "/usr/bin:/bin"])
        )
        .ending()
    }

    /// Ends all that runs on it, and unmounts it.
    func end(_ box: Sandbox) throws {
        try box.ok("down", "--all")
        try box.until("nobody is on it") { box.processes().isEmpty ? true : nil }
    }

    deinit { umount2(root, CInt(MNT_DETACH)) }
}
