import Glibc
import Linux
import SessionModel
import Testing

/// Answers to dialogs that stand on an agent's screen: no hook is open for them.
@Suite struct KeyAnswerTests {
    /// Stands in for Codex as far as its dialogs go: draws each of `dialogs`, moves its mark, and tells what was taken.
    private static let codex = #"""
        #!/usr/bin/env python3
        import os, sys, time, tty
        tty.setraw(0)
        def out(text): os.write(1, text.encode())
        def osc(text): out("\033]7501;" + text + "\033\\")
        def draw(title, labels, mark):
            rows = [title, ""] + [f"{'›' if i == mark else ' '} {i + 1}. {l}" for i, l in enumerate(labels)]
            out("\033[?25l\033[H\033[2J\r\n  " + "\r\n".join(rows) + "\r\n\r\n  Press enter to confirm or esc to cancel")
        titles = ["Would you like to run the following command?", "Would you like to make the following edits?"]
        labels = ["Yes, proceed (y)", "Yes, and don't ask again (p)", "No, and tell Codex what to do (esc)"]
        moody = "--moody" in sys.argv
        out("ready")
        for title in titles + titles:
            mark, shown = 0, title
            osc("state=blocked")
            draw(shown, labels, mark)
            while True:
                key = os.read(0, 100)
                if key == b"\033[B": mark += 1
                elif key == b"\033[A": mark -= 1
                elif key == b"\r": took = labels[mark]; break
                elif key == b"\033": took = "refused"; break
                else: took = "stray " + repr(key); break
                # Shows another dialog than the one in which the mark was moved.
                if moody: shown = "Would you like to delete everything?"
                draw(shown, labels, mark)
            out("\033[H\033[2J\033[?25htook <" + took + ">\r\n")
            osc("state=working")
        osc("state=done")
        time.sleep(1000)
        """#

    private func started(_ box: Sandbox, _ file: String = #"{"agent": ["codex"]}"#) throws {
        try write(Self.codex, to: "\(box.home)/bin/codex", mode: 0o755)
        try box.ok("up", "--detach")
        try write(file + "\n", to: box.file("one"))
    }

    private func asked(_ text: String, _ box: Sandbox, since last: Question? = nil) throws -> Question {
        try box.until(text) {
            guard let question = try box.status("one")?.question, question.id != last?.id,
                question.text.contains(text), !question.choices.isEmpty
            else { return nil }
            return question
        }
    }

    @Test func `a dialog's choices are shown, and each is answered by the keys that take it`() throws {
        try Sandbox.with { box in
            try started(box)
            let first = try asked("run the following", box)
            #expect(first.kind == "permission")
            #expect(
                first.choices == [
                    "Yes, proceed", "Yes, and don't ask again", "No, and tell Codex what to do",
                ])
            #expect(try box.ok("next").contains("2. Yes, and don't ask again"))
            try box.ok("answer", "one", "yes")
            try box.untilPrinted("took <Yes, proceed (y)>", "one")
            let second = try asked("following edits", box)
            try box.ok("answer", "one", "2")
            try box.untilPrinted("took <Yes, and don't ask again (p)>", "one")
            let third = try asked("run the following", box, since: second)
            #expect(third.id != first.id)
            let late = try box.claudia("answer", "one", "yes", "--to", first.id)
            #expect(late.code == 1 && late.err.contains("doesn't ask that any more"))
            // By file, as the command does it.
            try write(
                #"{"answer": "no", "to": "\#(third.id)"}"# + "\n", to: "\(box.sessions)/one/input")
            try box.untilPrinted("took <refused>", "one")
            _ = try asked("following edits", box)
            let wrong = try box.claudia("answer", "one", "perhaps")
            #expect(wrong.code == 1 && wrong.err.contains("1. Yes, proceed"))
            try box.ok("answer", "one", "no, and")
            try box.untilPrinted("took <No, and tell Codex what to do (esc)>", "one")
            #expect(!box.log("one").contains("stray"))
            let decisions = text(of: "\(box.sessions)/one/decisions.jsonl") ?? ""
            #expect(decisions.ranges(of: #""source":"person","tool":"screen""#).count == 4)
        }
    }

    @Test func `a dialog that becomes another one while it is answered gets no further key`() throws {
        try Sandbox.with { box in
            try started(box, #"{"agent": ["codex", "--moody"]}"#)
            _ = try asked("run the following", box)
            let run = try box.claudia("answer", "one", "2")
            #expect(run.code == 1 && run.err.contains("not asked any more"))
            #expect(try asked("delete everything", box).choices.count == 3)
            #expect(!box.log("one").contains("took"))
        }
    }

    @Test func `nothing is typed at a paused agent, and an answer to it is refused in time`() throws {
        try Sandbox.with { box in
            try started(box)
            let question = try asked("run the following", box)
            try box.ok("pause", "one")
            let run = try box.claudia("answer", "one", "yes", "--to", question.id)
            #expect(run.code == 1)
            try box.ok("resume", "one")
            _ = try asked("run the following", box)
            try box.ok("answer", "one", "yes")
            try box.untilPrinted("took <Yes, proceed (y)>", "one")
        }
    }

    @Test func `a prompt of any program is seen when it falls quiet, and answered`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make(
                "one", shell: #"printf 'Install it? [y/N] '; read x; echo "got<$x>"; sleep 1000"#)
            let question = try asked("Install it?", box)
            #expect(question.choices == ["yes", "no"])
            #expect(try box.status("one")?.activitySource == "screen")
            try box.ok("answer", "one", "no")
            try box.untilPrinted("got<n>", "one")
        }
    }
}
