import Linux
import SessionModel
import Testing

/// Dialogs at an agent's start, of which it doesn't tell: they are seen.
@Suite struct StartDialogTests {
    /// Draws Claude Code's dialog about an API key, all but what stands below its choices before the file `go` is there,
    /// until `over` is.
    private static let claude = #"""
        #!/usr/bin/env python3
        import os, time, tty
        tty.setraw(0)
        def out(text): os.write(1, text.encode())
        out("\033[?25l\033[H\033[2J" + "\r\n".join([
            "─" * 80, "  Detected a custom API key in your environment", "", "  Do you want to use this API key?", "",
            "    1. Yes", "  ❯ 2. No (recommended)", ""]))
        while not os.path.exists("go"): time.sleep(0.001)
        out("\r\n  Enter to confirm · Esc to cancel")
        with open("drawn", "w") as drawn: drawn.write(str(int(time.time() * 1000)))
        for name in ["more", "again"]:
            while not os.path.exists(name): time.sleep(0.001)
            # Draws nothing.
            out("\033[?7h")
        while not os.path.exists("over"): time.sleep(0.001)
        out("\033[H\033[2J")
        while True: os.read(0, 100)
        """#

    @Test func `one is told soon after it is drawn, and not before all of it is`() throws {
        try Sandbox.with { box in
            try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write(#"{"agent": ["claude"]}"# + "\n", to: box.file("one"))
            try box.untilPrinted("(recommended)", "one")
            // Longer than a look takes, and shorter than the quiet after which nothing more is expected.
            try box.pause(ms: 500)
            #expect(try box.status("one")?.question == nil)
            try write("", to: "\(box.worktree("one"))/go")
            let blocked = try box.until("it is told") { try box.events().first { $0.type == .blocked } }
            #expect(blocked.data["kind"] == .string("auth"))
            let drawn = Int64(text(of: "\(box.worktree("one"))/drawn") ?? "") ?? 0
            // Half of the quiet by which it would be seen anyway, since a test's machine is busy.
            #expect(blocked.at.ms - drawn < 1_000)
        }
    }

    @Test func `one that stands while more is printed is told once, until it is gone`() throws {
        try Sandbox.with { box in
            try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write(#"{"agent": ["claude"]}"# + "\n", to: box.file("one"))
            try box.untilPrinted("(recommended)", "one")
            try write("", to: "\(box.worktree("one"))/go")
            let question = try box.until("it is told") { try box.status("one")?.question }
            try untilHeard("more", box)
            // Longer than a look takes.
            try box.pause(ms: 500)
            #expect(try box.status("one")?.question == question)
            #expect(try box.events().filter { $0.type == .blocked }.count == 1)
            // Within the second in which events tell of output once, and after the look at what they told of.
            try untilHeard("again", box)
            try box.pause(ms: 200)
            let began = Clock.bootNs
            try write("", to: "\(box.worktree("one"))/over")
            try box.until("it is gone") { try box.status("one")?.question == nil ? true : nil }
            #expect(Clock.bootNs - began < 500_000_000)
        }
    }

    /// Has the agent print something by that file, and waits until an event tells of it.
    private func untilHeard(_ file: String, _ box: Sandbox) throws {
        let before = box.log("one").utf8.count
        try write("", to: "\(box.worktree("one"))/\(file)")
        try box.until("what is printed is heard of") { () -> Bool? in
            let told = try box.events().last { $0.type == .outputAppended }
            guard case .integer(let end)? = told?.data["to"] else { return nil }
            return end > before ? true : nil
        }
    }
}
