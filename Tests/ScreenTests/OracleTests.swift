import Glibc
import Linux
import Screen
import Testing

/// The same bytes in tmux, a terminal that others made.
@Suite struct OracleTests {
    /// The screen that tmux shows for these bytes, and where its cursor is.
    private static func tmux(_ bytes: [UInt8], _ columns: Int, _ rows: Int) throws -> (
        lines: [String], cursor: [Int]
    ) {
        // Told once: a second signal would take the first one back.
        let settings = #"""
            set -g status off
            set -g default-terminal xterm-256color
            set-hook -g pane-title-changed \
            'if -F "#{&&:#{==:#{pane_title},all was read},#{==:#{@told},}}" "set -g @told yes ; wait-for -S read"'

            """#
        // Ends what the bytes may have begun, then tells by the title that they were read.
        let end = "\u{18}\u{1B}\\\u{1B}]2;all was read\u{7}"
        let script = """
            export TMUX_TMPDIR=$(mktemp -d) LC_ALL=C.UTF-8
            cd $TMUX_TMPDIR; cat /proc/self/fd/3 > bytes; cat /proc/self/fd/4 > settings
            tmux -u -f settings new-session -d -x \(columns) -y \(rows) \
            'stty raw -echo; cat bytes; exec sleep 1000'
            timeout 20 tmux wait-for read
            tmux display-message -p '#{cursor_y} #{cursor_x}'; tmux capture-pane -p; tmux kill-server
            rm -rf $TMUX_TMPDIR
            """
        let out = try Descriptor.memory("out", [])
        let input = try Descriptor.memory("bytes", bytes + Array(end.utf8))
        let configuration = try Descriptor.memory("settings", Array(settings.utf8))
        let spawn = Spawn(
            ["/bin/sh", "-c", script], environment: ["PATH": "/usr/bin:/bin", "SHELL": "/bin/sh"])
        let pid = try spawn.start(descriptors: [-1, out.number, 2, input.number, configuration.number])
        var status: CInt = 0
        waitpid(pid, &status, 0)
        let said = String(decoding: try out.read(at: 0, most: 1 << 20), as: UTF8.self)
        let lines = said.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let cursor = (lines.first ?? "").split(separator: " ").compactMap { Int($0) }
        return (Array(lines.dropFirst().prefix(rows)), cursor)
    }

    private static func compare(_ bytes: [UInt8], _ columns: Int, _ rows: Int, _ what: String) throws {
        var terminal = VirtualTerminal(columns: columns, rows: rows)
        terminal.feed(bytes)
        let theirs = try tmux(bytes, columns, rows)
        #expect(terminal.lines == theirs.lines, "\(what)")
        // A full row that waits to wrap: tmux counts the column behind it.
        let column = min(theirs.cursor.last ?? -1, columns - 1)
        #expect([terminal.cursor.row, terminal.cursor.column] == [theirs.cursor.first, column], "\(what)")
    }

    @Test("tmux shows the same of what real programs print", arguments: Recording.all)
    func recording(_ recording: Recording) throws {
        let count = recording.bytes.count
        for part in [4, 8] {
            // Not amid a sequence or character, which we and tmux may end differently.
            let cut = recording.bytes[..<(count * part / 8)].lastIndex(of: 0x1B) ?? count
            try Self.compare(
                Array(recording.bytes[..<(part == 8 ? count : cut)]), recording.columns, recording.rows,
                "\(recording.name), \(part) eighths")
        }
    }

    @Test("the cursor is where tmux has it whenever a program asks", arguments: Recording.starts)
    func question(_ recording: Recording) throws {
        // Each program's first questions stand at one place.
        let places = recording.questions.reduce(into: [Int]()) { places, place in
            if places.last.map({ place - $0 > 8 }) != false { places.append(place) }
        }
        #expect(places.isEmpty == ["htop", "fish"].contains(recording.name))
        for place in places {
            try Self.compare(
                Array(recording.bytes[..<place]), recording.columns, recording.rows,
                "\(recording.name) up to \(place)")
        }
    }

    @Test func `tmux shows the same of many small cases`() throws {
        let cases = [
            "0123456789a\r\n漢字かな\r\nab\u{1B}[1;5H\u{1B}[3@\u{1B}[2;3H\u{1B}[2P",
            "e\u{301}o\u{308}x\u{1B}[3;9H漢x",
            "1\r\n2\r\n3\r\n4\u{1B}[2;3r\u{1B}[3;1H\n\nx\u{1B}[r\u{1B}[4;1Hy\n",
            "a\tb\u{1B}[3g\tc\u{1B}[1;3H\u{1B}H\r\td",
            "one\u{1B}[?1049hvi\u{1B}[2;2Hx\u{1B}[?1049ltwo",
            "\u{1B}[2;3r\u{1B}[?6h\u{1B}[2;2Hx\u{1B}[?6l\u{1B}[Hy",
            "xy\u{1B}[5bz\u{1B}[2;1Hq\u{1B}[9b", "abc\u{1B}[2D\u{1B}[4hXY\u{1B}[4lZ\u{1B}[K",
            "\u{1B}[?7l0123456789abc",
            "1\r\n2\r\n3\r\n4\u{1B}[H\u{1B}M\u{1B}Mx\u{1B}[2;1H\u{1B}[Ly\u{1B}[4;1H\u{1B}[Mz",
            "1\r\n2\r\n3\r\n4\u{1B}[S\u{1B}[2T", "ab\u{1B}7\u{1B}[3;3Hc\u{1B}8d\u{1B}[s\u{1B}[4;4He\u{1B}[uf",
        ]
        for bytes in cases { try Self.compare(Array(bytes.utf8), 10, 4, bytes.debugDescription) }
    }
}
