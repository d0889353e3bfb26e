import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Every way of saving` {
    /// Ways in which the session file `$F`, in which `10000` becomes `77`, is saved; `$N` is the new text.
    private static let saves = [
        "vim, backupcopy=no": "vim -es -u NONE --cmd 'set backupcopy=no' -c '%s/10000/77/' -c wq $F",
        "vim, backupcopy=yes": "vim -es -u NONE --cmd 'set backupcopy=yes' -c '%s/10000/77/' -c wq $F",
        "vim, backupcopy=auto": "vim -es -u NONE --cmd 'set backupcopy=auto' -c '%s/10000/77/' -c wq $F",
        "vim, backup kept": "vim -es -u NONE --cmd 'set backup backupcopy=no' -c '%s/10000/77/' -c wq $F",
        "vim, no backup": "vim -es -u NONE --cmd 'set nowritebackup' -c '%s/10000/77/' -c wq $F",
        "vim, twice": "vim -es -u NONE -c '%s/10000/77/' -c w -c wq $F",
        "nano": nano(""), "nano, backup": nano("--backup"),
        "emacs, first save": """
        ln -s me@host.1:2 ${F%/*}/.#${F##*/}; cp $N ${F%/*}/#${F##*/}#
        mv $F $F~; cat $N > $F; rm ${F%/*}/.#${F##*/} ${F%/*}/#${F##*/}#
        """,
        "emacs, later save": "ln -s me@host.1:2 ${F%/*}/.#${F##*/}; cat $N > $F; rm ${F%/*}/.#${F##*/}",
        "VS Code, in place": #"""
        perl -e 'open(my $f, "+<", $ARGV[0]); truncate($f, 0); select(undef, undef, undef, 0.05);
            syswrite($f, `cat $ARGV[1]`)' $F $N
        """#,
        "sed -i": "sed -i s/10000/77/ $F", "sed -i, backup": "sed -i.bak s/10000/77/ $F",
        "perl -i": "perl -pi -e s/10000/77/ $F",
        "jq and mv": "jq '.max_output_buffer = 77' $F > $F.tmp && mv $F.tmp $F",
        "cp": "cp $N $F", "cp -p": "touch $N; cp -p $N $F", "install": "install -m 600 $N $F",
        "remove, then cp": "rm $F; cp $N $F", "backup, then cp": "mv $F $F.orig; cp $N $F",
        ">": "cat $N > $F", ">>": "echo '// max_output_buffer: 77' >> $F",
        "ed": "printf ',s/10000/77/\\nwq\\n' | ed -s $F",
        "ed, twice": "printf ',s/10000/77/\\nw\\nwq\\n' | ed -s $F",
        "rename over": "cp $N ${F%/*}/.tmp.1234; mv ${F%/*}/.tmp.1234 $F",
        "exchange": "cp $N $F.new; mv --exchange $F.new $F 2>/dev/null || mv $F.new $F",
        "rsync": "rsync --ignore-times $N $F", "rsync, backup": "rsync --ignore-times --backup $N $F",
        "bit by bit": "exec 7>$F; head -c 9 $N >&7; vim --version >/dev/null; tail -c +10 $N >&7",
        "emptied first": "exec 7>$F; vim --version >/dev/null; cat $N >&7",
    ]

    /// nano wants a terminal: tmux is one.
    private static func nano(_ option: String) -> String {
        """
        t="tmux -L nano-$$ -f /dev/null"
        TERM=xterm $t new-session -d -x 500 -y 24 "nano --ignorercfiles \(option) $F"
        until $t capture-pane -p | grep -q max_output; do :; done
        $t send-keys M-r 10000 Enter 77 Enter
        until $t capture-pane -p | grep -q Yes; do :; done
        $t send-keys a C-s C-x
        while $t has-session 2>/dev/null; do :; done
        """
    }

    /// How often the agent of a session was started.
    private func starts(_ name: String, _ box: Sandbox) -> Int {
        (text(of: "\(box.home)/\(name).starts") ?? "").split(separator: "\n").count
    }

    /// Makes a session whose agent ends at once: each time that its file counts as edited there is one more.
    private func make(_ name: String, _ box: Sandbox) throws {
        try box.make(
            name, shell: "echo started >> \"$HOME/$CLAUDIA_SESSION.starts\"", #""max_output_buffer": 10000"#)
        try box.wait(name, "exited")
        #expect(starts(name, box) == 1)
    }

    @Test func `each edit is applied exactly once, and nothing else is taken for one`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            let ways = Self.saves.sorted { $0.key < $1.key }
            for (index, way) in ways.enumerated() {
                let name = "s\(index)"
                try make(name, box)
                try box.sh("sed s/10000/77/ \(box.file(name)) > new")
                try box.sh("F=\(box.file(name)); N=$PWD/new\n\(way.value)")
                try box.until("\(way.key) is seen") { starts(name, box) == 2 ? true : nil }
                try box.wait(name, "exited")
                #expect(text(of: box.file(name))?.contains("77") == true, "\(way.key)")
            }
            // So long does it take until a file counts as removed.
            try box.pause(ms: 1_300)
            let events = try box.events()
            for (index, way) in ways.enumerated() {
                let name = "s\(index)"
                let own = events.filter { $0.session?.text == name }
                #expect(starts(name, box) == 2, "\(way.key)")
                #expect(own.filter { $0.data["phase"] == .string("exited") }.count == 2, "\(way.key)")
                #expect(own.filter { $0.type == .error } == [], "\(way.key)")
                let startedAt = try #require(own.last { $0.data["phase"] == .string("starting") }?.at.ms)
                // An end that the keeper wrote down is not waited for as long as a start may take (ten seconds).
                #expect(try #require(own.last?.at.ms) - startedAt < 9_000, "\(way.key)")
                let status = try #require(try box.status(name))
                #expect(status.error == nil, "\(way.key)")
                #expect(status.spec?.maxOutputBuffer == (way.key == ">>" ? 10_000 : 77), "\(way.key)")
            }
            #expect(events.filter { $0.type == .sessionTerminated } == [])
            #expect(events.filter { $0.type == .sessionCreated }.count == ways.count)
            #expect(try box.ok("ls", "--json").matches(of: /"phase"/).count == ways.count)
        }
    }

    @Test func `an agent that runs goes on over a save, and is paused by it once`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for how in ["no", "yes"] {
                try box.make(how, shell: Agents.echoing, #""state": "running""#)
                try box.wait(how, "running")
                let agent = try box.status(how)?.agentPID
                try box.sh(
                    "vim -es -u NONE --cmd 'set backupcopy=\(how)' -c s/running/paused/ -c wq \(box.file(how))"
                )
                try box.wait(how, "paused")
                try box.pause(ms: 1_300)
                #expect(try box.status(how)?.agentPID == agent)
                let phases = try box.events().filter { $0.session?.text == how }.compactMap {
                    $0.data["phase"]
                }
                #expect(phases.filter { $0 == .string("paused") }.count == 1)
                #expect(phases.last == .string("paused"))
            }
        }
    }

    @Test func `temporary and backup files are no sessions`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try box.sh(
                """
                cd .claudia/sessions
                touch .x.json.swp 4913 x.json~ .hidden.json '#x.json#' notes.txt x.bak x.json.orig .x.json.AbC123
                touch x.json.save x.json.1 .x.json.un~ sedAbC123 x.JSON; ln -s me@host.1:2 '.#x.json'; mkdir folder
                touch real.json
                """)
            try box.wait("real", "running")
            #expect(
                try box.events().compactMap { $0.type == .sessionCreated ? $0.session?.text : nil } == [
                    "real"
                ])
            #expect(try box.events().filter { $0.type == .error } == [])
            #expect(text(of: box.sessions + "/x.bak") == "")
        }
    }

    @Test func `a file counts as removed when it is still gone a second later`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["back", "gone"] {
                try box.make(name, shell: Agents.echoing)
                try box.wait(name, "running")
            }
            let agent = try box.status("back")?.agentPID
            let removedAt = Clock.realMs
            try box.sh("cd .claudia/sessions; cp back.json ../kept; rm back.json gone.json")
            try box.pause(ms: 600)
            #expect(try box.status("gone")?.phase == .running)
            try box.sh("mv .claudia/kept .claudia/sessions/back.json")
            try box.untilRemoved("gone")
            let event = try #require(try box.events().first { $0.type == .sessionTerminated })
            #expect(event.session?.text == "gone" && event.at.ms - removedAt >= 1_000, "\(event)")
            try box.pause(ms: 600)
            #expect(try box.status("back")?.agentPID == agent)
            #expect(try box.events().filter { $0.type == .sessionTerminated }.count == 1)
        }
    }

    @Test func `touch counts, live and when no supervisor runs, once each`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try make("fix", box)
            try box.sh("touch .claudia/sessions/fix.json")
            try box.until("a second start") { starts("fix", box) == 2 ? true : nil }
            try box.wait("fix", "exited")
            try box.ok("down")
            try box.sh("touch .claudia/sessions/fix.json")
            try box.ok("up", "--detach")
            try box.until("a third start") { starts("fix", box) == 3 ? true : nil }
            try box.wait("fix", "exited")
            let status = try #require(try box.status("fix"))
            let file = try Folder(at: box.sessions).status("fix.json")
            #expect(status.specMtime == file?.modifiedNs)
            for way in ["down", "kill"] {
                if way == "down" { try box.ok("down") } else { try box.killSupervisor() }
                try box.ok("up", "--detach")
            }
            try box.pause(ms: 300)
            #expect(starts("fix", box) == 3, "what was answered before is no edit")
        }
    }
}
