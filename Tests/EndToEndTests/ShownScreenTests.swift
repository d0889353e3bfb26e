import Linux
import Testing

/// Screens, compared with those of tmux.
@Suite struct ShownScreenTests {
    /// A tmux in the sandbox, whose one window is as large as an agent's terminal.
    private struct Tmux {
        let box: Sandbox

        /// Runs `command` in the window.
        init(_ box: Sandbox, _ command: String) throws {
            self.box = box
            try write(
                "set -g status off\nset -g default-terminal xterm-256color\n", to: "\(box.home)/tmux.conf")
            try write("exec \(command)\n", to: "\(box.home)/inside")
            try run("-f \(box.home)/tmux.conf new-session -d -x 120 -y 40 'sh \(box.home)/inside'")
        }

        @discardableResult
        func run(_ words: String) throws -> String { try box.sh("tmux -u -S \(box.home)/tmux \(words)") }

        /// The screen without the empty rows at its end.
        func screen() throws -> String { trimmed(try run("capture-pane -p")) }

        func end() throws { try run("kill-server") }
    }

    private static func trimmed(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        while lines.last == "" { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    private static func fill(_ box: Sandbox) throws {
        let lines = (1...200).map { "\($0)\tline \($0) – 漢字 e\u{301} \(String(repeating: "x", count: $0))" }
        try write(lines.joined(separator: "\n") + "\n", to: "\(box.home)/text")
    }

    /// Waits until claudia and tmux show the same, and that has `text` in it.
    private static func same(_ box: Sandbox, _ tmux: Tmux, _ name: String, _ text: String) throws {
        var shown = ("", "")
        do {
            try box.until("the same screens") {
                shown = (Self.trimmed(try box.ok("output", name, "--screen")), try tmux.screen())
                return shown.0 == shown.1 && shown.0.contains(text) ? true : nil
            }
        } catch {
            throw Failure("\(error)\nclaudia:\n\(shown.0)\ntmux:\n\(shown.1)")
        }
    }

    private static let programs = [
        (
            "vim -u NONE -i NONE -N -n +'set nu noswapfile' ~/text",
            [
                "1", "0", "j", "d", "d", "p", "C-f", "O", "n", "e", "w", "Escape", ":", "s", "p", "Enter",
                "G",
            ], "new"
        ),
        ("less ~/text", ["Space", "Space", "b", "/", "1", "5", "0", "Enter", "k"], "150"),
    ]

    @Test func `output --screen is what tmux shows of the same editor and pager`() throws {
        for (command, keys, text) in Self.programs {
            try Sandbox.with { box in
                try Self.fill(box)
                try box.make(
                    "a", shell: "exec \(command)", "\"environment_vars\": {\"HOME\": \"\(box.home)\"}")
                try box.ok("trust", "--yes")
                try box.ok("up", "--detach")
                try box.wait("a", "running")
                let tmux = try Tmux(box, command)
                try Self.same(box, tmux, "a", "漢字")
                for key in keys {
                    try box.ok("keys", "a", key)
                    try tmux.run("send-keys '\(key)'")
                }
                try Self.same(box, tmux, "a", text)
                try tmux.end()
            }
        }
    }

    @Test func `output --screen is what tmux makes of the same bytes of top, and needs no supervisor`() throws
    {
        try Sandbox.with { box in
            try box.make("a", shell: "top -n 3 -d 0.2; printf '\\033[2;5Hdone'; exec sleep 1000")
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            try box.untilPrinted("done", "a")
            try box.ok("down")
            try box.sh("cp .claudia/sessions/a/output.log ~/bytes")
            let tmux = try Tmux(box, "sh -c 'stty raw -echo; cat ~/bytes; exec sleep 1000'")
            try Self.same(box, tmux, "a", "done")
            let colored = try box.ok("output", "a", "--screen", "--ansi")
            #expect(colored.contains("\u{1B}[0;7m"))
            try tmux.end()
        }
    }

    @Test func `a screen is made from the parts of a log that are left`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let output = "{\"output\": {\"rotate_bytes\": 20000, \"keep\": 2}}\n"
            try write(output, to: "\(box.root)/.claudia/config.json")
            try box.make("a", shell: "seq 1 20000 | sed 's/.*/line &/'; echo done; exec sleep 1000")
            try box.until("the last part") { try box.ok("output", "a", "-n", "1") == "done\n" ? true : nil }
            #expect(exists("\(box.sessions)/a/output.log.2") && !exists("\(box.sessions)/a/output.log.3"))
            let lines = (19_963...20_000).map { "line \($0)" } + ["done"]
            #expect(try box.ok("output", "a", "--screen").hasSuffix(lines.joined(separator: "\n") + "\n"))
        }
    }

    @Test func `attach draws the screen and sets the modes, however long ago they were set`() throws {
        try Sandbox.with { box in
            let script = """
                printf '\\033[?1h\\033[?1002h\\033[?1006h'; seq 1 30000; printf '\\033[5;10H\\033[31mhere\\033[0m 漢字\\033[9;3H'
                stty -echo; trap '' WINCH; while read line; do printf '<%s>' "$line"; done
                """
            try box.make("a", shell: script)
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            try box.untilPrinted("here", "a")
            let tmux = try Tmux(box, "sh -c 'cd \(box.root); exec \(try Sandbox.program()) attach a'")
            try Self.same(box, tmux, "a", "here 漢字")
            let flags = "#{keypad_cursor_flag} #{mouse_button_flag} #{mouse_sgr_flag} #{cursor_y} #{cursor_x}"
            let told = try tmux.run("display-message -p '\(flags)'")
            #expect(told == "1 1 1 8 2\n")
            try box.ok("send", "a", "word")
            try Self.same(box, tmux, "a", "<word>")
            try tmux.end()
        }
    }

    @Test func `attach draws both screens of an editor, and leaves the person's as it was`() throws {
        try Sandbox.with { box in
            try Self.fill(box)
            try box.make(
                "a", shell: "echo before; vim -u NONE -i NONE -N -n ~/text; echo after; exec sleep 1000",
                "\"environment_vars\": {\"HOME\": \"\(box.home)\"}")
            try box.ok("trust", "--yes")
            try box.ok("up", "--detach")
            try box.untilPrinted("漢字", "a")
            let claudia = "\(try Sandbox.program()) attach a"
            let tmux = try Tmux(
                box, "sh -c 'cd \(box.root); echo mine; \(claudia); echo left; exec sleep 1000'")
            try Self.same(box, tmux, "a", "漢字")
            #expect(try tmux.run("display-message -p '#{alternate_on}'") == "1\n")
            try box.ok("keys", "a", ":", "q", "Enter")
            try Self.same(box, tmux, "a", "before\nafter")
            #expect(try tmux.run("display-message -p '#{alternate_on}'") == "0\n")
            try tmux.run("send-keys 'C-\\' 'C-\\'")
            try box.until("the person's terminal") {
                let screen = try tmux.run("capture-pane -p -S -100")
                return screen.contains("mine") && screen.contains("left") ? true : nil
            }
            try tmux.end()
        }
    }
}
