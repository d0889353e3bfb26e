import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `What comes from elsewhere starts nothing until it is trusted` {
    /// How a stranger's `.claudia` comes to be in `~/guest`; each brings a session, a hook and settings.
    static let ways = [
        "a clone": """
        cd stranger; git add --force .claudia/config.json .claudia/hooks .claudia/sessions; git commit --quiet -m x
        git clone --quiet . ../guest
        """,
        "an archive of the work tree": """
        git init --quiet guest; git -C guest commit --quiet --allow-empty -m x
        tar -C stranger --exclude .git --exclude worktrees -c . | tar -C guest -x
        """,
        "an archive of all": "mkdir guest && tar -C stranger -c . | tar -C guest -x && rm -rf .local",
        "a copy": "cp -a stranger guest",
        "a copy with hard links": "cp -al stranger guest",
    ]

    /// Makes the stranger's repository, with a supervisor that has run there, and brings it to `~/guest`.
    private func bring(_ way: String, _ box: Sandbox) throws {
        try box.sh("git clone --quiet repo stranger", in: box.home)
        let folder = "\(box.home)/stranger"
        try box.ok(
            "new", "evil", "--env", "SECRET=1\u{1B}[2J", "--", "sh", "-c", "touch $HOME/ran; exec cat",
            in: folder)
        try box.ok("wait", "evil", "running", "--timeout", "20", in: folder)
        try box.ok("down", "--all", in: folder)
        try write(
            "{\"agent\": [\"sh\"], \"worktrees\": {\"setup\": [[\"touch\", \"../set-up\"]]}}\n",
            to: "\(folder)/.claudia/config.json")
        try write(
            "#!/bin/sh\ntouch $HOME/hooked # \u{1B}]0;x\u{07}\n",
            to: "\(folder)/.claudia/hooks/status_changed",
            mode: 0o755)
        try box.sh("rm -f ran", in: box.home)
        try box.sh(Self.ways[way] ?? "false", in: box.home)
    }

    @Test(arguments: ways.keys.sorted()) func `not one process, and ls, status and doctor say so`(
        _ way: String
    ) throws {
        try Sandbox.with { box in
            try bring(way, box)
            let guest = "\(box.home)/guest"
            let before = try box.sh("find . -path ./.git/objects -prune -o -print | sort", in: guest)
            for arguments in [["up", "--detach"], ["up"], ["new", "fix"], ["restore", "evil"]] {
                let outcome = try box.start([Sandbox.program()] + arguments, in: guest).ending()
                #expect(outcome.code == 1 && outcome.out == "", "\(arguments): \(outcome.told)")
                #expect(
                    outcome.err.contains("so nothing in it is acted on.\nhint: 'claudia trust' shows"),
                    "\(arguments): \(outcome.told)")
            }
            try box.sh(
                """
                python3 - <<'END'
                import json
                try: status = json.load(open(".claudia/sessions/evil/status.json"))
                except FileNotFoundError: exit()
                status["question"] = {"id": "1", "kind": "question", "text": "running?", "choices": []}
                json.dump(status, open(".claudia/sessions/evil/status.json", "w"))
                END
                """, in: guest)
            for arguments in [["ls"], ["status", "evil"], ["doctor"], ["inbox"]] {
                let outcome = try box.start([Sandbox.program()] + arguments, in: guest).ending()
                #expect((outcome.out + outcome.err).contains("trust"), "\(arguments): \(outcome.told)")
                #expect(!outcome.out.contains("running"), "\(arguments): \(outcome.told)")
            }
            #expect(try box.sh("find . -path ./.git/objects -prune -o -print | sort", in: guest) == before)

            let shown = try box.claudia("trust", in: guest)
            #expect(shown.code == 1 && shown.err.contains("Say --yes"), "\(shown.told)")
            for part in [
                "session evil (sessions/evil.json)", "runs      sh -c 'touch $HOME/ran; exec cat'",
                "with      SECRET=1\\u{1B}[2J", "| touch $HOME/hooked # \\u{1B}]0;x\\u{7}",
                "setup     touch ../set-up, in each new worktree",
            ] { #expect(shown.out.contains(part), "\(part) in \(shown.out)") }
            #expect(!shown.out.contains("\u{1B}"))
            #expect(try box.claudia("up", "--detach", in: guest).code == 1)
            #expect(!exists("\(box.home)/ran") && !exists("\(box.home)/hooked"))

            try box.ok("trust", "--yes", in: guest)
            try box.ok("up", "--detach", in: guest)
            try box.ok("wait", "evil", "running", "--timeout", "20", in: guest)
            try box.until("the agent and the hook") {
                exists("\(box.home)/ran") && exists("\(box.home)/hooked") ? true : nil
            }
            try box.ok("down", "--all", in: guest)
        }
    }

    @Test func `up asks on a terminal, and takes no for an answer`() throws {
        try Sandbox.with { box in
            try bring("an archive of all", box)
            let guest = "\(box.home)/guest"
            let program = try Sandbox.program()
            func up(_ answer: String) throws -> String {
                try box.sh(
                    "echo \(answer) | script -qec '\(program) up --detach; echo code $?' /dev/null", in: guest
                )
            }
            let refused = try up("n")
            #expect(
                refused.contains("sh -c 'touch $HOME/ran; exec cat'") && refused.contains("code 1"),
                "\(refused)")
            #expect(!exists("\(box.home)/ran") && !exists("\(box.home)/hooked"))
            let agreed = try up("y")
            #expect(agreed.contains("May all of that run") && agreed.contains("code 0"), "\(agreed)")
            try box.ok("wait", "evil", "running", "--timeout", "20", in: guest)
            try box.ok("down", "--all", in: guest)
        }
    }

    @Test func `a folder that was exchanged for another's under a running supervisor`() throws {
        try Sandbox.with { box in
            try bring("an archive of the work tree", box)
            try box.ok("new", "mine", "--", "claude")
            try box.wait("mine", "running")
            let pid = try #require(try box.status("mine")?.agentPID)
            let supervisor = try ProcessHandle(box.supervisor().pid)
            try box.sh("mv .claudia ../mine; mv ../guest/.claudia .")
            #expect(try isReadable(supervisor.descriptor, ms: 10_000))
            #expect(kill(pid, 0) == 0)
            #expect(!exists("\(box.home)/ran") && !exists("\(box.home)/hooked"))
            #expect(try box.claudia("up", "--detach").code == 1)
            try box.sh("rm -rf .claudia; mv ../mine .claudia")
            try box.ok("up", "--detach")
            #expect(try box.status("mine")?.agentPID == pid)
        }
    }
}

@Suite struct `Files in .claudia that Git tracks count only as they were trusted` {
    private let evil = "{\"agent\": [\"sh\", \"-c\", \"touch $HOME/ran; exec cat\"]}\n"
    private let problem = "Git tracks this file, and it was not trusted as it is now"

    /// A running supervisor, and a branch `evil` that brings a session, a hook, settings and input.
    private func begin(_ box: Sandbox) throws {
        try box.sh("git checkout --quiet -b evil")
        try write(evil, to: "\(box.root)/.claudia/sessions/evil.json")
        try write("touch $HOME/typed\n", to: "\(box.root)/.claudia/sessions/mine/input")
        try write("{\"agent\": [\"sh\"]}\n", to: "\(box.root)/.claudia/config.json")
        try write(
            "#!/bin/sh\ntouch $HOME/hooked\n", to: "\(box.root)/.claudia/hooks/status_changed", mode: 0o755)
        try box.sh(
            "git add --force .claudia; git commit --quiet -m evil; git checkout --quiet main; rm -rf .claudia"
        )
        try box.ok("new", "mine", "--", "sh", "-c", "while read -r line; do eval $line; done")
        try box.wait("mine", "running")
        try box.sh("rm .claudia/sessions/mine/input")
    }

    @Test func `a checkout brings them to a running supervisor`() throws {
        try Sandbox.with { box in
            try begin(box)
            try box.sh("git checkout --quiet evil")
            let status = try box.until("the refusal") {
                try box.status("evil")?.error == nil ? nil : box.status("evil")
            }
            #expect(status.error?.message.hasPrefix(problem) == true && status.phase == .failed, "\(status)")
            try box.until("the refusal of input") {
                try box.events().first { "\($0.data)".contains("so nothing in it is typed") }
            }
            try box.ok("pause", "mine")
            try box.ok("resume", "mine")
            #expect(try box.ok("ls").contains("Git tracks this file"))
            let doctor = try box.claudia("doctor").out
            for path in ["sessions/evil.json", "hooks/status_changed", "config.json"] {
                #expect(doctor.contains("Git tracks .claudia/\(path)"), "\(doctor)")
            }
            for name in ["ran", "hooked", "typed"] { #expect(!exists("\(box.home)/\(name)")) }

            try box.ok("trust", "--yes")
            try box.wait("evil", "running")
            try box.until("agent and hook") {
                exists("\(box.home)/ran") && exists("\(box.home)/hooked") ? true : nil
            }
            #expect(!exists("\(box.home)/typed"))
            #expect(!(try box.claudia("doctor").out.contains("Git tracks")))

            // Another commit, another content.
            try box.sh(
                "rm ../ran; sed -i s/cat/tail/ .claudia/sessions/evil.json; git commit --quiet -am more")
            try box.until("the refusal") { try box.status("evil")?.error }
            #expect(try box.status("evil")?.phase == .running)
            try box.sh("git checkout --quiet HEAD~1")
            try box.until("as it was trusted") { try box.status("evil")?.error == nil ? true : nil }
            #expect(!exists("\(box.home)/ran"))
            try box.sh("git checkout --quiet main")
        }
    }

    @Test func `a checkout writes files first and its index last`() throws {
        try Sandbox.with { box in
            try box.ok("new", "mine", "--", "sh", "-c", "while read -r line; do eval $line; done")
            try box.wait("mine", "running")
            try write("", to: "\(box.root)/.git/index.lock")
            try write(evil, to: box.file("evil"))
            try box.make("late", shell: "exec cat")
            try box.pause(ms: 400)
            #expect(try box.status("evil") == nil && box.status("late") == nil)
            try box.sh(
                "cp .git/index ../next; GIT_INDEX_FILE=../next git add --force .claudia/sessions/evil.json")
            try box.sh("cp ../next .git/index.lock; mv .git/index.lock .git/index")
            let refused = try box.until("the refusal") { try box.status("evil")?.error }
            #expect(refused.message.hasPrefix(problem))
            try box.wait("late", "running")
            // As `git commit -a` holds it while the message is edited.
            try box.sh("cp .git/index .git/index.lock")
            try box.ok("pause", "late")
            try box.sh("rm .git/index.lock")
            #expect(!exists("\(box.home)/ran"))
        }
    }

    @Test func `up and new with what was checked out while no supervisor ran`() throws {
        try Sandbox.with { box in
            try begin(box)
            try box.ok("down", "--all")
            try box.sh("git checkout --quiet evil")
            #expect(try box.ok("ls").contains("Git tracks this file"))
            let up = try box.claudia("up", "--detach")
            #expect(
                up.code == 0
                    && up.err.contains("Git tracks .claudia/hooks/status_changed, and it was not trusted"),
                "\(up.told)")
            // The agent of a settings file that isn't trusted is not the default.
            try box.ok("new", "other")
            try box.wait("other", "running")
            #expect(text(of: box.file("other"))?.contains("\"agent\": [\"claude\"]") == true)
            try box.until("the refusal") { try box.status("evil")?.error }
            for name in ["ran", "hooked", "typed"] { #expect(!exists("\(box.home)/\(name)")) }
            try box.sh("git checkout --quiet main")
        }
    }
}
