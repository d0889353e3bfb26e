import Glibc
import Linux
import SessionModel
import Testing

/// Files that a stranger, or a slip of the hand, may put where claudia reads: each is refused by name, hurts nobody and
/// leads nowhere.
@Suite struct `Hostile files` {
    /// What a shell makes at `$1`, and a part of what is said of it.
    static let contents: [(name: String, script: String, said: String)] = [
        ("link", "ln -s $HOME/secret \"$1\"", "symbolic link"),
        ("link-to-nothing", "ln -s nowhere \"$1\"", "symbolic link"),
        ("fifo", "mkfifo \"$1\"", "no regular file"),
        ("device", "mknod \"$1\" c 1 5 || mkfifo \"$1\"", "no regular file"),
        ("folder", "mkdir \"$1\"", "is a folder"),
        ("large", "truncate -s 100M \"$1\"", "larger than"),
        ("large-text", "head -c 2000000 /dev/zero | tr '\\0' '[' > \"$1\"", "larger than"),
        ("deep", "head -c 100000 /dev/zero | tr '\\0' '[' > \"$1\"", "lie in each other"),
        ("deep-objects", "yes '{\"a\":' | head -n 100000 > \"$1\"", "lie in each other"),
        ("twice", "echo '{\"agent\": [\"a\"], \"agent\": [\"b\"]}' > \"$1\"", "comes twice"),
        ("mark-inside", "printf '{}\\357\\273\\277{}' > \"$1\"", "After the end of the value"),
        ("utf-16", "printf '\\377\\376{\\0}\\0' > \"$1\"", "not UTF-8"),
        ("nul", "printf '{\"agent\": [\"a\\0\"]}' > \"$1\"", "NUL"),
        ("broken-utf-8", "printf '{\"agent\": [\"\\300\\200\"]}' > \"$1\"", "not UTF-8"),
        ("half", "printf '{\"agent\": [\"a' > \"$1\"", "has no end"),
    ]

    /// Names of session files that are none, as a shell's printf writes them.
    static let misnamed = [
        "new\\nline", "e\\033]0;x\\007sc", "a..b", "x.lock", ".json", "A", "bl ank", "\\342\\200\\256txt",
        "\\377\\376",
        String(repeating: "a", count: 65), String(repeating: "a", count: 250),
    ]

    /// A running session, by which it is seen that others are neither hurt nor held up, and what nobody may touch.
    private func begin(_ box: Sandbox) throws {
        try write("{\"agent\": [\"sh\", \"-c\", \"touch $HOME/ran\"]}\n", to: "\(box.home)/secret")
        try box.ok("up", "--detach")
        try box.ok("new", "good", "--", "claude")
        try box.untilPrinted("ready", "good")
        try box.wait("good", "running")
    }

    private func outside(_ box: Sandbox) throws -> String {
        try box.sh(
            "cat secret; find . -path ./repo -prune -o -path ./.local -prune -o -print | sort", in: box.home)
    }

    private func isUnhurt(_ box: Sandbox, _ pid: Int32, _ what: String) throws {
        #expect(try box.supervisor().pid == pid, "\(what)")
        try box.ok("pause", "good")
        try box.ok("resume", "good")
    }

    @Test func `session files`() throws {
        try Sandbox.with { box in
            try begin(box)
            let (pid, before) = (try box.supervisor().pid, try outside(box))
            for (name, script, said) in Self.contents {
                try box.sh("set -- .claudia/sessions/\(name).json; \(script)")
                let problem = try box.until("an error of \(name)") { try box.status(name)?.error }
                #expect(problem.message.contains(said), "\(name): \(problem)")
                try isUnhurt(box, pid, name)
            }
            let list = try box.ok("ls")
            for (name, _, said) in Self.contents {
                let line = list.split(separator: "\n").first { $0.hasPrefix("\(name) ") } ?? ""
                #expect(line.contains(said.prefix(10)), "\(name) (\(said)) in \(list)")
            }
            // Of those that a person wrote, one is mended and runs; of all, one is removed.
            try box.sh("rm -r .claudia/sessions/folder.json")
            try box.untilRemoved("folder")
            try box.make("twice", shell: "echo ready; exec cat")
            try box.wait("twice", "running")
            #expect(try outside(box) == before)
            #expect(!exists("\(box.home)/ran"))
        }
    }

    @Test func `names of session files`() throws {
        try Sandbox.with { box in
            try begin(box)
            let (pid, before) = (try box.supervisor().pid, try outside(box))
            for name in Self.misnamed {
                try box.sh("name=$(printf '\(name)x'); : > \".claudia/sessions/${name%x}.json\"")
            }
            // A hidden one is no session, and nothing is said of it.
            try box.sh("touch .claudia/sessions/..json .claudia/sessions/.git.json .claudia/sessions/...json")
            try box.until("a word on each") {
                try box.events().filter { "\($0.data)".contains("is no session") }.count == Self.misnamed
                    .count
                    - 1 ? true : nil
            }
            try isUnhurt(box, pid, "names")
            let list = try box.claudia("ls")
            #expect(list.code == 0 && !(list.out + list.err).contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
            #expect(list.err.contains("new\\nline.json is no session"), "\(list.told)")
            #expect(list.out.split(separator: "\n").count == 2, "\(list.told)")
            #expect(names(in: "\(box.root)/.claudia/worktrees") == ["good"])
            #expect(try outside(box) == before)
        }
    }

    @Test func `settings, hooks and the mailbox`() throws {
        try Sandbox.with { box in
            try begin(box)
            let (pid, before) = (try box.supervisor().pid, try outside(box))
            for (name, script, said) in Self.contents {
                for path in [
                    "config.json", "hooks/status_changed", "hooks/$(printf 'a\\nb')", "sessions/good/input",
                ] {
                    try box.sh(
                        "set -- \".claudia/\(path)\"; rm -rf \"$1\"; \(script); chmod -h +x \"$1\" 2> /dev/null || true"
                    )
                }
                let problem = try box.until("an error of config.json, \(name)") {
                    try box.supervisor().configError.flatMap { $0.message.contains(said) ? $0 : nil }
                }
                #expect(try box.claudia("ls").err.contains(problem.message), "\(name)")
                try isUnhurt(box, pid, name)
            }
            try box.sh("rm -rf .claudia/config.json .claudia/hooks/* .claudia/sessions/good/input")
            try box.ok("send", "good", "still here")
            try box.untilPrinted("got<still here>", "good")
            try write("{\"trash_days\": 3}\n", to: "\(box.root)/.claudia/config.json")
            try box.until("good settings") { try box.supervisor().configError == nil ? true : nil }
            #expect(try outside(box) == before)
            #expect(!exists("\(box.home)/ran"))
        }
    }

    @Test(arguments: [
        ".claudia", ".claudia/sessions", ".claudia/worktrees", ".claudia/trash", ".claudia/hooks",
    ])
    func `a folder that is a link`(_ path: String) throws {
        try Sandbox.with { box in
            try begin(box)
            try box.ok("down", "--all")
            try box.sh("mkdir -p ../other; [ ! -e \(path) ] || mv \(path) ../real; ln -s $HOME/other \(path)")
            let before = try outside(box)
            let up = try box.claudia("up", "--detach")
            let name = path.split(separator: "/").last.map(String.init) ?? path
            if path.hasSuffix("worktrees") {
                #expect(up.code == 0)
                try box.make("fix", shell: "echo ready; exec cat")
                try box.wait("fix", "failed")
                #expect(
                    try box.status("fix")?.reason?.contains("\(path) is, or leads through, a symbolic link")
                        == true)
                try box.ok("down", "--all")
            } else {
                #expect(up.code == 1 && up.err.contains("'\(name)' is a symbolic link"), "\(up.told)")
                for verb in [["ls"], ["new", "fix"], ["rm", "good"]] {
                    let outcome = try box.start([Sandbox.program()] + verb).ending()
                    #expect(
                        outcome.code
                            == (path.hasSuffix("trash") || path.hasSuffix("hooks") ? outcome.code : 1))
                }
            }
            #expect(try outside(box) == before)
            try box.sh("rm -r \(path); [ ! -e ../real ] || mv ../real \(path)")
            try box.ok("up", "--detach")
        }
    }

    @Test(arguments: ["ln -s $HOME/other", "touch", "mkfifo"]) func `a session's folder that is none`(
        _ command: String
    ) throws {
        try Sandbox.with { box in
            try begin(box)
            try box.sh("mkdir ../other; \(command) .claudia/sessions/fix")
            let (pid, before) = (try box.supervisor().pid, try outside(box))
            try box.make("fix", shell: "touch $HOME/ran; exec cat")
            try box.until("a word on it") {
                try box.events().first { $0.type == .error && $0.session?.text == "fix" }
            }
            try isUnhurt(box, pid, command)
            let list = try box.ok("ls")
            #expect(list.contains("fix is"), "\(list)")
            #expect(try outside(box) == before)
            #expect(!exists("\(box.home)/ran"))
            try box.sh("rm .claudia/sessions/fix; touch .claudia/sessions/fix.json")
            try box.wait("fix", "running")
        }
    }

    @Test func `one status that can't be read hides no other session's question`() throws {
        try Sandbox.with { box in
            try begin(box)
            for name in ["broken", "linked"] {
                try box.ok("new", name, "--", "claude")
                try box.wait(name, "running")
            }
            try box.ok("down")
            try box.sh(
                """
                cd .claudia/sessions; echo '{' > broken/status.json; mv linked ../moved; ln -s ../moved linked
                python3 - <<'END'
                import json
                status = json.load(open("good/status.json"))
                status["question"] = {"id": "1", "kind": "question", "text": "shall I?", "choices": []}
                json.dump(status, open("good/status.json", "w"))
                END
                """)
            let inbox = try box.claudia("inbox")
            #expect(inbox.code == 0 && inbox.out.contains("shall I?"), "\(inbox.told)")
            for name in ["broken", "linked"] { #expect(inbox.err.contains(name), "\(inbox.told)") }
            #expect(try box.ok("next").hasPrefix("good\tshall I?"))
            try box.sh("cd .claudia/sessions; rm linked; mv ../moved linked")
        }
    }

    @Test func `what a worktree's own settings name as pager isn't run`() throws {
        try Sandbox.with { box in
            try begin(box)
            try box.sh("git config extensions.worktreeConfig true")
            try box.sh(
                "git config --worktree core.pager 'touch $HOME/ran; cat'; echo more >> file.txt",
                in: box.worktree("good"))
            let program = try Sandbox.program()
            let shown = try box.sh("PAGER=cat script -qec '\(program) diff good' /dev/null")
            #expect(shown.contains("+more"), "\(shown)")
            #expect(!exists("\(box.home)/ran"))
        }
    }

    @Test func `a trash that is made a link under a running supervisor`() throws {
        try Sandbox.with { box in
            try begin(box)
            try box.sh("mkdir ../other; mv .claudia/trash ../real; ln -s $HOME/other .claudia/trash")
            let (pid, before) = (try box.supervisor().pid, try outside(box))
            try box.sh("rm .claudia/sessions/good.json")
            let reason = try box.until("why it can't be removed") {
                try box.status("good")?.reason.flatMap { $0.contains("can't be removed") ? $0 : nil }
            }
            #expect(reason.contains("trash") && !reason.contains("SystemError"), "\(reason)")
            #expect(try box.supervisor().pid == pid)
            #expect(exists(box.worktree("good")))
            #expect(try outside(box) == before)
            try box.sh("rm .claudia/trash; mv ../real .claudia/trash")
        }
    }
}
