import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `The mailbox under every kind of writer` {
    private func got(_ box: Sandbox) -> [String] {
        // The first of two renames is replaced, or was taken before.
        box.log("fix").matches(of: /got<([^>]*)>/).map { String($0.1) }.filter { $0 != "again 1" }
    }

    /// Ways in which lines come into `$I`, and which lines then.
    private static let writers: [(name: String, script: String, lines: [String])] = [
        (">", "echo over > $I", ["over"]),
        (">>", "echo more >> $I", ["more"]),
        ("two at once", "printf 'a\\nb\\n' >> $I", ["a", "b"]),
        ("tee", "echo tee | tee -a $I > out", ["tee"]),
        ("cp", "echo copied > new; cp new $I", ["copied"]),
        ("rename", "echo renamed > $I.tmp; mv $I.tmp $I", ["renamed"]),
        ("rename twice", "for i in 1 2; do echo again $i > $I.tmp; mv $I.tmp $I; done", ["again 2"]),
        ("remove and make", "rm $I; echo made > $I", ["made"]),
        (
            "vim, rename", "vim -es -u NONE --cmd 'set backupcopy=no' -c 'call setline(1, \"vim\")' -c wq $I",
            ["vim"]
        ),
        (
            "vim, in place",
            "vim -es -u NONE --cmd 'set backupcopy=yes' -c 'call setline(1, \"vi\")' -c wq $I", ["vi"]
        ),
        ("ed", "printf 'a\\nby ed\\n.\\nwq\\n' | ed -s $I", ["by ed"]),
        ("rsync", "echo synced > new; rsync new $I", ["synced"]),
        (
            "held open", "exec 7>>$I; echo first >&7; vim --version > out; echo second >&7",
            ["first", "second"]
        ),
        ("no newline yet", "printf hal >> $I; vim --version > out; printf 'f\\n' >> $I", ["half"]),
        ("JSON", #"printf '%s\n' '"f\u00fcnf \"5\""' > $I"#, ["fünf \"5\""]),
        ("JSON with newlines", #"printf '%s\n' '"line one\nline two"' >> $I"#, ["line one", "line two"]),
        ("keys", #"echo '{"keys": ["k", "e", "y", "Enter"]}' > $I"#, ["key"]),
        ("carriage return", "printf 'cr\\r\\n' >> $I", ["cr"]),
    ]

    @Test func `each line is typed once, in order, and taken out`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            let folder = try Folder(at: "\(box.sessions)/fix")
            var expected: [String] = []
            for writer in Self.writers {
                expected += writer.lines
                try box.sh("I=\(box.sessions)/fix/input\n\(writer.script)")
                try box.until(writer.name) { got(box).count >= expected.count ? true : nil }
                try box.until("\(writer.name) is taken out") {
                    try folder.status("input")?.size == 0 ? true : nil
                }
                #expect(got(box) == expected, "\(writer.name)")
            }
            #expect(try box.events().filter { $0.type == .error } == [])
            #expect(try box.ok("ls", "--json").matches(of: /"phase"/).count == 1)
        }
    }

    @Test func `a megabyte at once comes whole, and lines after it`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.make("fix", shell: "stty -echo; echo ready; exec cat > \"$HOME/got\"")
            try box.untilPrinted("ready", "fix")
            try box.wait("fix", "running")
            try box.sh(
                """
                seq -f 'line %06.0f of many, all of which come in order' 21000 > big
                cat big > .claudia/sessions/fix/input
                echo last >> .claudia/sessions/fix/input
                """)
            try box.until("the last line", ms: 60_000) {
                text(of: "\(box.home)/got")?.hasSuffix("\nlast\n") == true ? true : nil
            }
            let big = try #require(text(of: "\(box.root)/big"))
            #expect(big.utf8.count > 1_000_000)
            #expect(text(of: "\(box.home)/got") == big + "last\n")
        }
    }

    @Test func `what waits when an agent goes is put aside, never typed at the next one`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let agent =
                "stty -echo; echo ready; while read -r x; do echo \"got<$x>\"; [ $x != end ] || exit; done"
            try box.make("fix", shell: agent)
            for round in 1...3 {
                try box.until("start \(round)") {
                    box.log("fix").matches(of: /ready/).count == round ? true : nil
                }
                try box.wait("fix", "running")
                try box.sh("echo end >> .claudia/sessions/fix/input")
                try box.wait("fix", "exited")
                try box.sh("echo 'stale \(round)' >> .claudia/sessions/fix/input")
                // Once by a restart of the agent, once by one of the supervisor too.
                if round == 2 {
                    try box.killSupervisor()
                    try box.ok("up", "--detach")
                }
                try box.sh("touch .claudia/sessions/fix.json")
            }
            try box.until("the last start") { box.log("fix").matches(of: /ready/).count == 4 ? true : nil }
            #expect(text(of: "\(box.sessions)/fix/input.stale") == "stale 1\nstale 2\nstale 3\n")
            #expect(got(box) == ["end", "end", "end"])
        }
    }
}
