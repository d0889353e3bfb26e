import FoundationEssentials
import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `input is a mailbox` {
    /// The lines that the echoing agent got, in order.
    private func got(_ box: Sandbox, _ name: String = "fix") -> [String] {
        box.log(name).matches(of: /got<([^>]*)>/).map { String($0.1) }
    }

    /// Waits until the mailbox holds nothing; looked at without opening it, which would be in the keeper's way.
    private func untilEmpty(_ box: Sandbox) throws {
        let folder = try Folder(at: "\(box.sessions)/fix")
        try box.until("an empty mailbox") { try folder.status("input")?.size == 0 ? true : nil }
    }

    private func start(_ box: Sandbox) throws {
        try box.ok("up", "--detach")
        try box.sh("touch .claudia/sessions/fix.json")
        try box.untilPrinted("ready", "fix")
        try box.wait("fix", "running")
    }

    @Test func `lines come by echo, as JSON strings and as keys, and are taken out`() throws {
        try Sandbox.with { box in
            try start(box)
            let input = ".claudia/sessions/fix/input"
            try box.sh("echo one > \(input)")
            try box.untilPrinted("got<one>", "fix")
            try untilEmpty(box)
            try box.sh("echo two >> \(input); echo three >> \(input)")
            try box.untilPrinted("got<three>", "fix")
            try box.sh(#"echo '"f\u00fcnf \"5\""' > \#(input)"#)
            try box.untilPrinted("got<fünf \"5\">", "fix")
            try box.sh(#"echo '{"keys": ["k", "e", "y", "Enter"]}' > \#(input)"#)
            try box.untilPrinted("got<key>", "fix")
            #expect(got(box) == ["one", "two", "three", "fünf \"5\"", "key"])
            try untilEmpty(box)
        }
    }

    @Test func `lines of three writers each come once and in order, though the supervisor is killed`() throws
    {
        try Sandbox.with { box in
            try start(box)
            let writers = try ["a", "b", "c"].map { writer in
                try box.start([
                    "/bin/bash", "-c",
                    """
                    exec 9<> <(:)
                    for i in $(seq 1 200); do
                      echo "\(writer)-$i" >> .claudia/sessions/fix/input
                      read -t 0.01 -u 9 none || true
                    done
                    """,
                ])
            }
            for _ in 1...5 {
                try box.pause(ms: 200)
                try box.killSupervisor()
                try box.ok("up", "--detach")
            }
            for writer in writers { #expect(try writer.ending().code == 0) }
            for writer in ["a", "b", "c"] { try box.untilPrinted("got<\(writer)-200>", "fix") }
            let lines = got(box)
            #expect(lines.count == 600)
            for writer in ["a", "b", "c"] {
                #expect(lines.filter { $0.hasPrefix(writer) } == (1...200).map { "\(writer)-\($0)" })
            }
        }
    }

    @Test func `what was typed leaves the mailbox once somebody who read it is gone`() throws {
        try Sandbox.with { box in
            try start(box)
            let number = open("\(box.sessions)/fix/input", O_RDONLY | O_CLOEXEC)
            let reader = Descriptor(adopting: try #require(number >= 0 ? number : nil))
            try box.sh("echo one > .claudia/sessions/fix/input")
            try box.untilPrinted("got<one>", "fix")
            #expect(try reader.status().size == 4)
            release(consume reader)
            try untilEmpty(box)
            try box.sh("echo one > .claudia/sessions/fix/input")
            try box.until("the same line again") { got(box).count == 2 ? true : nil }
        }
    }

    private func release(_ file: consuming Descriptor) {}

    @Test func `lines wait while the session is paused`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.ok("pause", "fix")
            try box.sh("echo later > .claudia/sessions/fix/input")
            try box.pause(ms: 300)
            #expect(!box.log("fix").contains("later"))
            #expect(text(of: "\(box.sessions)/fix/input") == "later\n")
            try box.ok("resume", "fix")
            try box.untilPrinted("got<later>", "fix")
        }
    }

    @Test func `lines from before a start go to input.stale and are never typed`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.ok("kill", "fix")
            try box.sh("echo stale > .claudia/sessions/fix/input")
            try box.ok("resume", "fix")
            try box.until("input.stale") {
                text(of: "\(box.sessions)/fix/input.stale") == "stale\n" ? true : nil
            }
            try box.ok("send", "fix", "fresh")
            try box.untilPrinted("got<fresh>", "fix")
            #expect(got(box) == ["fresh"])
        }
    }

    @Test func `a line that can't be understood is told and not typed`() throws {
        try Sandbox.with { box in
            try start(box)
            try box.sh(#"echo '{"keys": ["NoSuchKey"]}' > .claudia/sessions/fix/input"#)
            try box.until("an error event") {
                try box.events().first { $0.type == .error && $0.session?.text == "fix" }
            }
            try box.ok("send", "fix", "after")
            try box.untilPrinted("got<after>", "fix")
            #expect(got(box) == ["after"])
        }
    }
}
