import Glibc
import Linux
import SessionModel
import Testing

/// Logs in the large, through the real programs.
@Suite struct LogTests {
    @Test func `the last lines are right over rotated parts, and so is what is followed meanwhile`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write(
                "{\"output\": {\"rotate_bytes\": 4096, \"keep\": 1000}}\n",
                to: "\(box.root)/.claudia/config.json")
            try box.make(
                "a", shell: "stty -echo -onlcr; echo ready; read x; seq 1 20000; read x; exit",
                "\"max_output_buffer\": 1000000")
            try box.untilPrinted("ready", "a")
            let claudia = try Sandbox.program()
            let followers = try [["--raw"], [], ["--raw", "-n", "0"]].map {
                try box.start([claudia, "output", "-f", "a"] + $0)
            }
            try box.until("three look at the log") {
                followers.allSatisfy { Self.holdsLog($0.process.pid) } ? true : nil
            }
            try box.ok("send", "a", "go")
            try box.untilPrinted("20000\n", "a")
            let whole = "ready\n" + (1...20000).map { "\($0)\n" }.joined()
            #expect(box.names(ofParts: "a").count > 20)
            for count in [0, 1, 2, 199, 200, 201, 1000, 19_999, 20_001, 99_999] {
                let shown = try box.ok("output", "a", "-n", "\(count)")
                let expected = whole.split(separator: "\n").suffix(count).map { "\($0)\n" }.joined()
                #expect(shown == expected, "\(count) lines")
                #expect(
                    try box.ok("output", "a", "--raw", "-n", "\(count)") == expected, "\(count) lines, raw")
            }
            try box.ok("send", "a", "end")
            try box.wait("a", "exited")
            for (index, follower) in followers.enumerated() {
                let got = try follower.ending().out
                #expect(
                    index == 2 ? whole.hasSuffix(got) && got.hasSuffix("\n20000\n") : got == whole, "\(index)"
                )
            }
        }
    }

    /// Whether a process has opened a log.
    private static func holdsLog(_ pid: Int32) -> Bool {
        names(in: "/proc/\(pid)/fd").contains {
            target(of: "/proc/\(pid)/fd/\($0)")?.hasSuffix("/output.log") == true
        }
    }

    @Test func `1 GB printed by one of 20 sessions: a small keeper, and the others are as quick as ever`()
        throws
    {
        let megabytes = min(1000, 40 * Scale.factor)
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try write(
                "{\"multi_session\": {\"max_concurrent_sessions\": 20}}\n",
                to: "\(box.root)/.claudia/config.json")
            try box.make(
                "loud",
                shell: "stty -echo -onlcr; echo ready; read x; yes 0123456789012345678901234567890123456789 "
                    + "| head -c \(megabytes)000000; echo END; read x")
            let others = (1...19).map { "s\($0)" }
            for name in others { try box.make(name, shell: "echo ready; read x") }
            for name in others + ["loud"] { try box.wait(name, "running") }
            try box.untilPrinted("ready", "loud")
            let keeper = try #require(try box.status("loud")?.keeperPID)
            try box.ok("send", "loud", "go")
            var (largestKB, latenciesMs): (Int, [Int64]) = (0, [])
            let end = Clock.bootNs + 120_000_000_000
            while !box.log("loud").hasSuffix("END\n"), Clock.bootNs < end {
                let name = others[latenciesMs.count / 2 % others.count]
                for (state, phase) in [("paused", Phase.paused), ("running", .running)] {
                    let begin = Clock.bootNs
                    try box.make(name, shell: "echo ready; read x", "\"state\": \"\(state)\"")
                    try box.until("\(name) \(state)") { try box.status(name)?.phase == phase ? true : nil }
                    latenciesMs.append((Clock.bootNs - begin) / 1_000_000)
                }
                largestKB = max(largestKB, Self.residentKB(keeper))
            }
            let sorted = latenciesMs.sorted()
            let worst = sorted.last ?? 0
            print(
                "\(megabytes) MB printed by one of 20: keeper \(largestKB) kB, status of others after "
                    + "\(sorted[sorted.count / 2]) ms, at most \(worst) ms, of \(sorted.count)")
            #expect(largestKB <= 8_192 * (Self.isRelease ? 1 : 4))
            #expect(worst <= (Scale.factor > 1 ? 100 : 5_000))
            let bytes = try box.sh("cat .git/claudia/sessions/loud/output.log* | wc -c")
            #expect(Int64(bytes.filter(\.isNumber)) ?? 0 >= min(Int64(megabytes) * 1_000_000, 64 << 20))
        }
    }

    private static var isRelease: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    private static func residentKB(_ pid: Int32) -> Int {
        let line = text(of: "/proc/\(pid)/status")?.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return Int(line?.filter(\.isNumber) ?? "") ?? 0
    }
}

extension Sandbox {
    fileprivate func names(ofParts name: String) -> [String] {
        EndToEndTests.names(in: "\(root)/.git/claudia/sessions/\(name)").filter { $0.hasPrefix("output.log") }
    }
}
