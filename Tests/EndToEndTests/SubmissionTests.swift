import Glibc
import Linux
import SessionModel
import Testing

/// What is typed to an agent is sent, also where it doesn't take the first Enter, and Enter is pressed for nothing else.
@Suite struct SubmissionTests {
    /// Stands in for Claude Code as far as its input goes, and prints the Enters that it got.
    ///
    /// While there is a file `deaf` it only counts Enters, in the file `enters`; `mute`, it begins no turn; `edited`,
    /// something else stands there after an Enter; `back`, it puts what it took back there at the turn's end; `mine`,
    /// something stands there at first.
    private static let claude = #"""
        #!/usr/bin/env python3
        import os, sys, time, tty
        home = os.environ["HOME"]
        def flag(name): return os.path.exists(home + "/" + name)
        tty.setraw(0)
        def out(text): os.write(1, text.encode())
        def state(text): out("\033]7501;state=" + text + "\033\\")
        def draw(): out("\033[H\033[2J" + "".join(done) + "─" * 60 + "\r\n❯ " + box.replace("\n", "\r\n  ")
            + "\0337\r\n" + "─" * 60 + "\r\n  ? for shortcuts\0338")
        box, done, enters = "mine" if flag("mine") else "", [], 0
        out("\033[?2004h")
        draw()
        state("idle")
        while True:
            key = os.read(0, 4096)
            text = key.decode().replace("\033[200~", "").replace("\033[201~", "").replace("\r\n", "\n")
            if text == "\x15":
                box = box[:box.rfind("\n") if box[box.rfind("\n"):] == "\n" else box.rfind("\n") + 1]
            elif text != "\r":
                box += text.replace("\r", "\n")
            else:
                enters += 1
                done.append(f"enter {enters}\r\n")
                if flag("edited"): box = "something else"
                elif flag("mute"): done.append(f"passed <{box}>\r\n"); box = ""
                elif flag("deaf"):
                    open(home + "/enters", "w").write(str(enters))
                    continue
                else:
                    done.append(f"took <{box}> at {enters}\r\n")
                    taken, box = box, ""
                    draw(); state("working")
                    if flag("back"): box = taken
                    draw(); state("done"); continue
            draw()
        """#

    private func started(_ box: Sandbox, _ flag: String?, _ prompts: String) throws {
        try write(Self.claude, to: "\(box.home)/bin/claude", mode: 0o755)
        if let flag { try write("", to: "\(box.home)/\(flag)") }
        try box.ok("up", "--detach")
        try write(#"{"agent": ["claude"], "prompts": [\#(prompts)]}"# + "\n", to: box.file("one"))
    }

    private func untilShown(_ text: String, _ box: Sandbox) throws {
        try box.until("'\(text)' on the screen") {
            try box.ok("output", "one", "--screen").contains(text) ? true : nil
        }
    }

    @Test func `Enter is pressed again until the turn begins, and the next prompt comes after that`() throws {
        try Sandbox.with { box in
            try started(box, "deaf", #""first\nof two", "second""#)
            try box.until("an Enter after the terminal was quiet") {
                text(of: "\(box.home)/enters") == "2" ? true : nil
            }
            #expect(unlink("\(box.home)/deaf") == 0)
            try untilShown("took <second>", box)
            let screen = try box.ok("output", "one", "--screen")
            #expect(screen.contains("took <first") && screen.contains("of two> at "))
            #expect(!screen.contains("took <>"))
            try box.ok("send", "one", "third")
            try untilShown("took <third>", box)
        }
    }

    @Test func `a line is sent too, and what an earlier supervisor typed`() throws {
        try Sandbox.with { box in
            try started(box, "deaf", "")
            try untilShown("for shortcuts", box)
            try box.ok("send", "one", "a line")
            try box.until("Enter") { exists("\(box.home)/enters") ? true : nil }
            try box.killSupervisor()
            #expect(unlink("\(box.home)/deaf") == 0)
            try box.ok("up", "--detach")
            try untilShown("took <a line>", box)
            #expect(try !box.ok("output", "one", "--screen").contains("took <>"))
        }
    }

    @Test("no Enter is pressed where something else stands", arguments: ["mute", "edited"])
    func others(_ flag: String) throws {
        try Sandbox.with { box in
            try started(box, flag, #""first""#)
            try untilShown("enter 1", box)
            try box.until("the end of the looking") {
                let record = text(of: "\(box.root)/.git/claudia/sessions/one/record.json")
                return record?.contains("\"unsent\"") == false ? true : nil
            }
            try box.ok("send", "one", "second")
            try untilShown("enter 2", box)
            #expect(try !box.ok("output", "one", "--screen").contains("enter 3"))
        }
    }

    @Test func `a prompt that was put back makes room for the next one, and a person's words don't`() throws {
        try Sandbox.with { box in
            try write("", to: "\(box.home)/mine")
            try started(box, "back", #""first\nof two\nof three", "second""#)
            func untilWaiting() throws {
                try box.until("the prompt waits") {
                    try box.status("one")?.reason?.hasPrefix("The next prompt waits") == true ? true : nil
                }
            }
            try untilShown("❯ mine", box)
            try untilWaiting()
            try box.ok("keys", "one", "C-u")
            try untilShown("took <second> at 2", box)
            #expect(try box.ok("output", "one", "--screen").contains("took <first"))
            // What was put back, and more of somebody's.
            try box.ok("keys", "one", "x")
            try untilShown("❯ secondx", box)
            try box.ok("prompt", "one", "third")
            try untilWaiting()
            try box.ok("keys", "one", "C-u")
            try untilShown("took <third> at 3", box)
            #expect(try box.status("one")?.reason == nil)
        }
    }
}
