import Glibc
import Linux
import SessionModel
import Testing

/// The supervisor may die at any moment, as often as it likes.
@Suite(.serialized) struct `The supervisor is killed` {
    /// Prints a numbered line a millisecond.
    private static let printing = """
        exec 9<> <(:); i=0; while :; do i=$((i+1)); echo "line $i"; read -t 0.001 -u 9 none; done
        """

    @Test func `kill the supervisor`() throws {
        let all = (1...Scale.count(5, of: 20)).map { "s\($0)" }
        try Sandbox.with { box in
            try box.allow(sessions: all.count)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            for name in all { try box.make(name, shell: Self.printing) }
            for name in all { try box.untilPrinted("line 1\r\n", name) }
            for name in all { try box.wait(name, "running") }
            let agents = try all.map { try #require(try box.status($0)?.agentPID) }
            var adoptionsMs: [Int64] = []
            for _ in 1...Scale.count(8, of: 200) {
                try box.pause(ms: .random(in: 1...60))
                try box.killSupervisor()
                let begin = Clock.bootNs
                try box.ok("up", "--detach")
                adoptionsMs.append((Clock.bootNs - begin) / 1_000_000)
                #expect(try all.map { try box.status($0)?.agentPID } == agents)
            }
            let late = adoptionsMs.sorted()[(adoptionsMs.count * 99 + 99) / 100 - 1]
            print("\(adoptionsMs.count) adoptions of \(all.count) sessions: p99 \(late) ms")
            #expect(late < Scale.limitMs(1_000))
            for name in all { try box.ok("pause", name) }
            for name in all {
                let lines = box.log(name).split(separator: "\r\n")
                let wrong = zip(lines, 1...).dropLast().first { $0.0 != "line \($0.1)" }
                #expect(wrong == nil, "\(name)")
                #expect(lines.count > 100)
            }
            #expect(try all.map { try box.status($0)?.agentPID } == agents)
        }
    }

    @Test func `exit while nobody watches`() throws {
        let all = (0..<Scale.count(9, of: 200)).map { "s\($0)" }
        try Sandbox.with { box in
            try box.allow(sessions: all.count)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            for (number, name) in all.enumerated() {
                try box.sh("mkfifo ../\(name)")
                let end = ["exit \(number % 256)", "kill -KILL $$", "kill -TERM $$"][number % 3]
                try box.make(name, shell: "read x < $HOME/\(name); \(end)")
            }
            for name in all {
                try box.until("\(name) runs") { try box.status(name)?.phase == .running ? true : nil }
            }
            let keepers = try all.map { try #require(try box.status($0)?.keeperPID) }
            try box.killSupervisor()
            let begin = Clock.realMs
            // Held open until all have gone through, since a reader must find its writer.
            for name in all { try write("go\n", toPipe: "\(box.home)/\(name)", of: box) }
            try box.until("the keepers have left", ms: 60_000) {
                keepers.allSatisfy { ProcessTable.entry($0).map { $0.state == "Z" } ?? true } ? true : nil
            }
            let end = Clock.realMs
            for _ in 1...2 {
                try box.ok("up", "--detach")
                for (number, name) in all.enumerated() {
                    try box.until("\(name) is known") { try box.status(name)?.phase == .exited ? true : nil }
                    let exit = try #require(try box.status(name)?.exit)
                    let codes: [Int32?] = [Int32(number % 256), nil, nil]
                    #expect(exit.code == codes[number % 3])
                    #expect(exit.signal == [nil, "SIGKILL", "SIGTERM"][number % 3])
                    #expect((begin...end).contains(exit.at.ms))
                }
                let told = try box.events().filter { $0.data["phase"] == .string("exited") }
                #expect(told.compactMap(\.session?.text).sorted() == all.sorted())
                try box.killSupervisor()
            }
        }
    }

    private func write(_ text: String, toPipe path: String, of box: Sandbox) throws {
        let number = try box.until("a reader of \(path)") {
            let number = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC)
            return number >= 0 ? number : nil
        }
        try Descriptor(adopting: number).writeAll(Array(text.utf8))
    }

    @Test func `agents that end at once are known to have ended at once`() throws {
        let all = (0..<Scale.count(10, of: 100)).map { "s\($0)" }
        try Sandbox.with { box in
            try box.allow(sessions: all.count)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            for name in all { try box.make(name, shell: "exit 3") }
            for name in all {
                // Well before a keeper counts as one that never came up.
                try box.until("\(name) has ended", ms: 8_000) {
                    try box.status(name)?.exit?.code == 3 ? true : nil
                }
            }
        }
    }

    @Test func `kill the supervisor: an end that it asked for is none that the agent chose`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "read x", "\"restart\": \"on-failure\"")
            try box.wait("fix", "running")
            // From then on keeper and supervisor say nothing by themselves.
            try box.pause(ms: 3_000)
            // The command is answered, the keeper told to end the agent, and its supervisor dies at the next message.
            let supervisor = try ProcessHandle(try box.supervisor().pid)
            let trace = try Trace(box, supervisor.pid, .loop, inject: ["sendmsg:signal=KILL:when=3"])
            _ = try box.claudia("down", "--all")
            #expect(try isReadable(supervisor.descriptor, ms: 10_000))
            try? trace.end()
            try box.ok("up", "--detach")
            try box.wait("fix", "interrupted")
        }
    }

    @Test func `input once`() throws {
        let (lines, kills) = (Scale.count(200, of: 2_000), Scale.count(4, of: 40))
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "fix", shell: "stty -echo; echo ready; while read -r line; do echo \"got<$line>\"; done")
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            for number in 1...lines {
                try append("\(number)\n", to: "\(box.sessions)/fix/input")
                guard number.isMultiple(of: lines / kills) else { continue }
                if Bool.random() { try box.pause(ms: .random(in: 1...20)) }
                try box.killSupervisor()
                try box.ok("up", "--detach")
            }
            try box.untilPrinted("got<\(lines)>", "fix")
            let got = box.log("fix").split(separator: "\r\n").filter { $0.hasPrefix("got") }
            #expect(got.map(String.init) == (1...lines).map { "got<\($0)>" })
            try box.until("the mailbox is empty") { text(of: "\(box.sessions)/fix/input") == "" ? true : nil }
        }
    }

    private func append(_ line: String, to path: String) throws {
        let number = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
        guard number >= 0 else { throw SystemError.last("open", path) }
        try Descriptor(adopting: number).writeAll(Array(line.utf8))
    }
}
