import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `Handing a session over` {
    /// A second clone, as another person's machine has it, with a remote between.
    private func withClones(_ body: (Sandbox, String) throws -> Void) throws {
        try Sandbox.with { box in
            try box.sh(
                "git clone --quiet --bare . ../remote.git; git remote add origin ../remote.git; git fetch --quiet"
            )
            try box.sh("git clone --quiet remote.git other", in: box.home)
            let other = "\(box.home)/other"
            try body(box, other)
            if exists("\(other)/.claudia/supervisor.json") { try box.ok("down", "--all", in: other) }
        }
    }

    private func run(_ words: String..., in folder: String, of box: Sandbox) throws -> Outcome {
        try box.start([try Sandbox.program()] + words, in: folder).ending()
    }

    private func status(_ name: String, in root: String) throws -> String {
        text(of: "\(root)/.claudia/sessions/\(name)/status.json") ?? ""
    }

    /// Replaces what the remote has of `fix` by one whose files `change` made, as anybody could who may push.
    private func forge(_ change: String, in box: Sandbox) throws {
        try box.ok("new", "fix", "--", "sh", "-c", "echo ready; read x")
        try box.wait("fix", "running")
        try box.ok("push", "fix")
        try box.sh(
            """
            git clone --quiet remote.git forge; cd forge
            git fetch --quiet origin refs/claudia/handover/fix; git checkout --quiet FETCH_HEAD
            parents=$(git log -1 --format=%P | sed 's/[0-9a-f]\\{40\\}/-p &/g')
            \(change)
            git add --all; made=$(echo forged | git commit-tree $(git write-tree) $parents)
            git push --quiet --force origin $made:refs/claudia/handover/fix
            """, in: box.home)
    }

    @Test func `it arrives parked, as it was, and starts when a person says so`() throws {
        try withClones { box, other in
            try box.ok("up", "--detach")
            let more =
                #""prompts": ["first", "second"], "environment_vars": {"TOKEN": "s3cret"}, "#
                + #""auto_yes": true, "restart": "on-failure""#
            try box.make("fix", shell: "echo \"here $PWD\"; while read x; do echo \"got<$x>\"; done", more)
            try box.untilPrinted("got<second>", "fix")
            try box.until("the prompts are sent") {
                try box.status("fix")?.promptsSent.count == 2 ? true : nil
            }
            let fix = box.worktree("fix")
            try box.sh("echo three >> file.txt; git commit --quiet -am third", in: fix)
            try write("new\n", to: "\(fix)/new.txt")
            try write("mine\n", to: "\(fix)/key.ignored")
            try box.ok("set", "fix", "prompts+=third one")
            try box.ok("pause", "fix")
            let pushed = try run("push", "fix", in: box.root, of: box)
            #expect(
                pushed.code == 0 && pushed.out.hasPrefix("fix: handed over through origin, at "),
                "\(pushed.told)")
            #expect(pushed.err == "not carried: the values of 'TOKEN'\n")
            let sent = try box.sh("git -C ../remote.git show refs/claudia/handover/fix:session.json")
            #expect(sent.contains("third one") && !sent.contains("s3cret"))

            #expect(try run("pull", in: other, of: box).out == "fix\n")
            let pulled = try run("pull", "fix", in: other, of: box)
            #expect(pulled.code == 0 && pulled.out == "fix\n", "\(pulled.told)")
            #expect(pulled.err.contains("  agent    bash -c 'echo \"here $PWD\""))
            #expect(
                pulled.err.contains("  prompt   third one\n") && !pulled.err.contains("  prompt   second"))
            #expect(pulled.err.contains("  without  TOKEN"))
            #expect(pulled.err.contains("  | here \(fix)"))
            try box.ok("wait", "fix", "parked", "--timeout", "20", in: other)
            let file = try #require(text(of: "\(other)/.claudia/sessions/fix.json"))
            for part in [
                #""state": "parked""#, #""auto_yes": false"#, #""restart": "never""#,
                #""environment_vars": {}"#,
            ] {
                #expect(file.contains(part), "\(file)")
            }
            #expect(try status("fix", in: other).contains("\"agent_pid\" : null"))
            #expect(
                try box.sh("git log --format=%s claudia-session/fix", in: other)
                    == "What the session 'fix' had not committed\nthird\nfirst\n")
            #expect(
                try box.sh("git rev-parse refs/claudia/checkpoints/fix", in: other)
                    == box.sh("git rev-parse refs/claudia/checkpoints/fix"))

            try box.ok("resume", "fix", in: other)
            let there = "\(other)/.claudia/worktrees/fix"
            #expect(text(of: "\(there)/file.txt") == "one\ntwo\nthree\n")
            #expect(text(of: "\(there)/new.txt") == "new\n" && !exists("\(there)/key.ignored"))
            #expect(try box.ok("diff", "fix", "--name-only", in: other) == "file.txt\nnew.txt\n")
            try box.until("the rest of the prompts") {
                text(of: "\(other)/.claudia/sessions/fix/output.log")?.contains("got<third one>") == true
                    ? true : nil
            }
            // And back again, by way of the same remote.
            try box.ok("push", "fix", in: other)
            let clash = try run("push", "fix", in: box.root, of: box)
            #expect(clash.code == 1 && clash.err.contains("has another 'fix'"), "\(clash.told)")
            #expect(
                try run("pull", "fix", in: box.root, of: box).err.contains("There is already a session 'fix'")
            )
            #expect(try run("pull", "fix", "--as", "back", in: box.root, of: box).code == 0)
            try box.ok("wait", "back", "parked", "--timeout", "20")
            #expect(try box.sh("git log -1 --format=%s claudia-session/back").hasPrefix("What the session"))
        }
    }

    @Test func `its checkpoints go on, and each can be gone back to`() throws {
        try withClones { box, other in
            try box.ok("new", "fix", "--", "sh", "-c", "echo ready; read x")
            try box.wait("fix", "running")
            func keep(_ name: String, _ number: Int, in root: String) throws {
                try write("\(number)\n", to: "\(root)/.claudia/worktrees/fix/\(name).txt")
                try box.ok("pause", "fix", in: root)
                try box.until("checkpoint \(number)") {
                    try box.ok("log", "fix", "--json", in: root).contains("\"number\" : \(number)")
                        ? true : nil
                }
                try box.ok("resume", "fix", in: root)
            }
            try keep("a", 1, in: box.root)
            try keep("b", 2, in: box.root)
            try box.ok("push", "fix")
            #expect(try run("pull", "fix", in: other, of: box).code == 0)
            try box.ok("wait", "fix", "parked", "--timeout", "20", in: other)
            // It is handed on as it came.
            try box.ok("resume", "fix", in: other)
            try box.ok("push", "fix", in: other)
            try keep("c", 3, in: other)
            try box.ok("pause", "fix", in: other)
            try box.ok("restore", "fix", "--to", "1", in: other)
            #expect(
                names(in: "\(other)/.claudia/worktrees/fix").filter { $0.hasSuffix(".txt") }.sorted() == [
                    "a.txt", "file.txt",
                ])
            #expect(try box.sh("git for-each-ref refs/claudia/former", in: other) == "")
            // An earlier session's are not gone on with.
            try box.ok("rm", "fix", in: other)
            try box.ok("new", "fix", "--", "sh", "-c", "echo ready; read x", in: other)
            try box.ok("wait", "fix", "running", "--timeout", "20", in: other)
            try keep("d", 1, in: other)
            #expect(try box.sh("git for-each-ref refs/claudia/former", in: other) != "")
        }
    }

    @Test func `a conversation goes along where its file is known, and is gone on with`() throws {
        try withClones { box, other in
            // Stands in for Claude Code: keeps its conversation where that does, and tells how it was called.
            try write(
                """
                #!/bin/bash
                echo "called: $*"
                while [ $# -gt 0 ]; do
                    case $1 in --session-id | --resume) id=$2 ;; esac
                    shift
                done
                folder=$HOME/.claude/projects/${PWD//[^a-zA-Z0-9]/-}
                mkdir -p "$folder"
                echo "{\\"said\\": \\"$PWD\\"}" >> "$folder/$id.jsonl"
                read x
                """, to: "\(box.home)/bin/claude", mode: 0o755)
            try box.ok("up", "--detach")
            try write("{\"agent\": [\"claude\"]}\n", to: box.file("talk"))
            try box.untilPrinted("called: ", "talk")
            let id = try #require(try box.status("talk")?.id)
            func file(_ root: String) -> String {
                let folder = String(
                    "\(root)/.claudia/worktrees/talk".map { $0.isLetter || $0.isNumber ? $0 : "-" })
                return "\(box.home)/.claude/projects/\(folder)/\(id).jsonl"
            }
            try box.until("the conversation") { exists(file(box.root)) ? true : nil }
            let pushed = try run("push", "talk", in: box.root, of: box)
            #expect(pushed.code == 0 && pushed.err == "", "\(pushed.told)")
            // What can't be put in its place leaves nothing behind.
            let nowhere = try box.start(
                ["env", "CLAUDE_CONFIG_DIR=/dev/null/x", try Sandbox.program(), "pull", "origin", "talk"],
                in: other
            ).ending()
            #expect(nowhere.code == 1)
            #expect(try box.sh("git for-each-ref refs/heads/claudia-session refs/claudia", in: other) == "")
            let pulled = try run("pull", "origin", "talk", in: other, of: box)
            #expect(pulled.err.contains("its conversation lies at \(file(other))"), "\(pulled.told)")
            #expect(text(of: file(other)) == text(of: file(box.root)))
            try box.ok("resume", "talk", in: other)
            try box.until("it was called") {
                text(of: "\(other)/.claudia/sessions/talk/output.log")?.contains("--resume \(id)") == true
                    ? true : nil
            }
            try box.ok("push", "talk", "--no-conversation", in: other)
            #expect(
                !(try box.sh("git ls-tree --name-only refs/claudia/handover/talk", in: other)).contains(
                    "conversation"))
        }
    }

    @Test(
        "what is not as it should be is refused, and changes nothing",
        arguments: [
            ("echo '{\"version\": 9}' > handover.json", "handover.json"),
            ("sed -i 's/\"version\" : 1/\"version\" : 2/' handover.json", "has the form 2"),
            ("sed -Ei 's/(\"head\" : \")[0-9a-f]{8}/\\100000000/' handover.json", "did not come along"),
            ("sed -i 's/\"parked\"/\"runing\"/; s/\"running\"/\"runing\"/' session.json", "did you mean"),
            ("echo '{\"agent\": \"sh -c evil\"}' > session.json", "session file: line 1"),
            ("rm session.json; ln -s /etc/passwd session.json", "that is no file"),
            ("rm session.json; mkdir session.json; touch session.json/x", "that is no file"),
            ("rm handover.json", "not whole"),
            ("head -c 2000000 /dev/zero > screen.txt", "more than 1048576"),
            (
                "sed -i 's/\"head\"/\"conversation\" : \"..\\/..\\/x\", \"head\"/' handover.json",
                "no valid id"
            ),
        ])
    func hostile(_ change: String, _ told: String) throws {
        try withClones { box, other in
            try forge(change, in: box)
            let before = try box.sh("git for-each-ref", in: other)
            let outcome = try run("pull", "fix", in: other, of: box)
            #expect(outcome.code == 1 && outcome.out == "", "\(outcome.told)")
            #expect(outcome.err.lowercased().contains(told.lowercased()), "\(outcome.err)")
            #expect(try box.sh("git for-each-ref", in: other) == before)
            #expect(names(in: "\(other)/.claudia/sessions") == [])
        }
    }

    @Test func `a stranger's words are shown safely, and its variables and branch don't come in`() throws {
        try withClones { box, other in
            try forge(
                """
                printf '{"agent": ["sh", "-c", "\\\\u001b[31mred"], "branch": "main", "state": "running",' > session.json
                printf '"environment_vars": {"LD_PRELOAD": "./x.so"}}' >> session.json
                printf 'screen \\033]0;title\\007\\n' > screen.txt
                """, in: box)
            let main = try box.sh("git rev-parse main", in: other)
            let outcome = try run("pull", "fix", in: other, of: box)
            #expect(outcome.code == 0, "\(outcome.told)")
            #expect(!outcome.err.contains("\u{1B}") && outcome.err.contains("\\u{1B}[31mred"))
            #expect(outcome.err.contains("  | screen \\u{1B}]0;title"))
            let file = try #require(text(of: "\(other)/.claudia/sessions/fix.json"))
            #expect(!file.contains("LD_PRELOAD") && file.contains("\"branch\": \"claudia-session/fix\""))
            #expect(try box.sh("git rev-parse main", in: other) == main)
            try box.ok("wait", "fix", "parked", "--timeout", "20", in: other)
        }
    }

    @Test func `which remote, and which session, is said when it isn't clear`() throws {
        try Sandbox.with { box in
            try box.ok("new", "fix", "--", "sh", "-c", "echo ready; read x")
            try box.wait("fix", "running")
            #expect(try box.claudia("push", "fix").err.contains("This repository has no remote."))
            #expect(try box.claudia("push", "fix", "nowhere").err.contains("There is no remote 'nowhere'."))
            try box.sh(
                "git init --quiet --bare ../a.git; git remote add a ../a.git; git remote add b ../b.git")
            #expect(try box.claudia("push", "fix").err.contains("Which remote? There are 'a' and 'b'."))
            #expect(try box.claudia("push", "fix", "b").code == 1)
            #expect(try box.claudia("pull", "a").err.contains("'a' has no session."))
            #expect(
                try box.claudia("pull", "a", "fix", "--as", "x").err.contains("'a' has no session 'fix'."))
            try box.ok("push", "fix", "a")
            #expect(try box.ok("pull", "a") == "fix\n")
            #expect(try box.claudia("pull", "a", "../x").code == 64)
        }
    }
}
