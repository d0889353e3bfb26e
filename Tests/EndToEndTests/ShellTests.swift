import Glibc
import Linux
import SessionModel
import Testing

@Suite struct `In the shell` {
    private func session(_ name: String, in box: Sandbox) throws {
        try box.make(name, shell: "echo ready; while read x; do echo \"got<$x>\"; done")
        try box.wait(name, "running")
    }

    @Test func `bash, zsh and fish complete the names of sessions`() throws {
        try Sandbox.with { box in
            for name in ["fix-login", "fix-logout", "other"] {
                try write("{\"state\": \"parked\"}\n", to: box.file(name))
            }
            let bin = "\(box.home)/bin"
            symlink(try Sandbox.program(), "\(bin)/claudia")
            for (shell, file) in [("bash", "claudia.bash"), ("zsh", "_claudia"), ("fish", "claudia.fish")] {
                try write(
                    try box.ok("--generate-completion-script", shell), to: "\(box.home)/\(shell)/\(file)")
            }
            let starts = [
                ("bash --norc --noprofile -i", "shopt -s extglob; source ~/bash/claudia.bash"),
                ("zsh -f -i", "fpath=(~/zsh $fpath); autoload -U compinit; compinit -u -d ~/dump"),
                ("fish --no-config -i", "source ~/fish/claudia.fish"),
            ]
            for (shell, setup) in starts {
                // The shells complete only for who types on a terminal.
                let typing = """
                    zmodload zsh/zpty
                    zpty shell \(shell)
                    zpty -w shell '\(setup); echo rea""dy'
                    zpty -r shell line '*ready*'
                    zpty -w -n shell $'claudia status fix\\t\\t\\t'
                    zpty -r shell line '*fix-log(in|out)*fix-log(in|out)*' && print -r -- "$line"
                    """
                let outcome = try box.start(["zsh", "-f", "-c", typing]).ending()
                #expect(
                    outcome.out.contains("fix-login") && outcome.out.contains("fix-logout"), "\(outcome.told)"
                )
                #expect(!outcome.out.contains("other"))
            }
            // Where there is nothing to complete, nothing is said.
            let nothing = try box.claudia(
                "---completion", "status", "--", "positional@0", "2", "0", in: box.home)
            #expect(nothing.out.trimmingPrefix { $0.isNewline } == "" && nothing.err == "", "\(nothing.told)")
        }
    }

    @Test func `every verb that takes a session's name completes it, also of those that were removed`() throws
    {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            for name in ["fix-login", "gone", "other"] {
                try write("{\"state\": \"parked\"}\n", to: box.file(name))
            }
            for name in ["fix-login", "gone", "other"] { try box.wait(name, "parked") }
            try write("{\"agent\": [\"cat\"]}\n", to: box.file("fix-old"))
            try box.wait("fix-old", "running")
            try box.ok("rm", "fix-old")
            symlink(try Sandbox.program(), "\(box.home)/bin/claudia")
            let here = [
                "status", "attach", "output", "pause", "resume", "park", "kill", "rm", "rm other", "migrate",
                "wait", "set", "send", "keys", "prompt", "answer", "ls", "conflicts", "diff",
                "diff other --against",
                "land", "sync", "push", "path", "new next --from", "consent --session", "consent --replay",
            ]
            let old = ["restore", "log", "rescues"]
            let script = """
                source <(claudia --generate-completion-script bash)
                for verb in \((here + old).map { "'\($0)'" }.joined(separator: " ")); do
                    COMP_LINE="claudia $verb fix" COMP_TYPE=9 COMP_KEY=9
                    COMP_WORDS=($COMP_LINE) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_POINT=${#COMP_LINE}
                    COMPREPLY=()
                    _claudia claudia fix "${COMP_WORDS[COMP_CWORD - 1]}"
                    echo "$verb:" $(printf '%s\\n' "${COMPREPLY[@]}" | sort)
                done
                """
            let expected =
                here.map { "\($0): fix-login\n" } + old.map { "\($0): fix-login fix-old\n" }
            let outcome = try box.start(["bash", "-O", "extglob", "-c", script]).ending(deadlineS: 60)
            #expect(outcome.out == expected.joined(), "\(outcome.told)")
        }
    }

    @Test func `git finds claudia`() throws {
        try Sandbox.with { box in
            symlink(try Sandbox.program(), "\(box.home)/bin/git-claudia")
            #expect(
                try box.sh("git claudia new a -- sh -c 'echo ready; read x'", in: "\(box.root)/folder")
                    == "a\n")
            try box.wait("a", "running")
            #expect(try box.sh("git claudia path", in: box.worktree("a")) == "\(box.worktree("a"))\n")
        }
    }

    @Test func `a prompt shows the session, what it does, and how many wait`() throws {
        try Sandbox.with { box in
            func shown(_ folder: String) throws -> String {
                let outcome = try box.claudia("prompt-info", in: folder)
                #expect(outcome.code == 0 && outcome.err == "")
                return outcome.out
            }
            #expect(try shown(box.root) == "")
            #expect(try shown(box.home) == "")
            try box.ok("up", "--detach")
            try box.make("a", shell: "echo ready; read x")
            let asking = "printf '\\033]7501;state=blocked:kind=question:msg=UmVhbGx5Pw==\\033\\\\'; read x"
            try box.make("b", shell: asking)
            try box.wait("b", "blocked")
            #expect(try shown(box.root) == "?1\n")
            #expect(try shown(box.worktree("b") + "/folder") == "b blocked ?1\n")
            try box.ok("pause", "a")
            #expect(try shown(box.worktree("a")) == "a paused ?1\n")
            // A stranger's words are nobody's prompt.
            try box.sh("cp -a \(box.root) \(box.home)/copy", in: box.home)
            #expect(try shown("\(box.home)/copy") == "")
            try write("\u{1B}[31m{", to: "\(box.sessions)/a/status.json")
            #expect(try shown(box.root) == "?1\n")
        }
    }

    @Test func `in a session's worktree every verb takes it for granted`() throws {
        try Sandbox.with { box in
            try box.ok("up", "--detach")
            try session("a", in: box)
            try box.sh("git init --quiet --bare ../remote.git; git remote add origin ../remote.git")
            let inside = box.worktree("a") + "/folder"
            for verb in [
                ["wait", "running"], ["send", "hello"], ["keys", "x"], ["keys", "y", "C-a", "Enter"],
                ["prompt", "Now this"],
                ["set", "max_output_buffer=7"], ["set", "restart=never", "max_output_buffer=8"],
                ["output", "-n", "1"], ["status"], ["diff"], ["log"], ["consent", "--", "ls"],
                ["land"],
                ["sync"], ["push"], ["push", "origin"],
                ["path"], ["pause"], ["resume"], ["migrate"], ["park"], ["kill"], ["rm"],
            ] {
                let outcome = try box.start([try Sandbox.program()] + verb, in: inside).ending()
                #expect(outcome.code == 0, "\(verb): \(outcome.told)")
                if verb == ["send", "hello"] { try box.untilPrinted("got<hello>", "a") }
            }
            #expect(!exists(box.file("a")))
            try session("b", in: box)
            let within = box.worktree("b")
            try write("x", to: "\(within)/x.txt")
            try box.ok("pause", in: within)
            try box.until("a checkpoint") { try box.events().first { $0.type == .checkpoint } }
            unlink("\(within)/x.txt")
            try box.ok("restore", "--to", "1", in: within)
            #expect(exists("\(within)/x.txt"))
            for verb in [["answer", "yes"], ["attach"]] {
                let outcome = try box.start([try Sandbox.program()] + verb, in: within).ending()
                #expect(!outcome.err.contains("Which session?"), "\(outcome.told)")
            }
            // Somebody may have meant another one.
            let unclear = try box.claudia("send", "hello", "there", in: within)
            #expect(unclear.code == 1)
            #expect(
                unclear.err.contains("If all of it is for 'b', whose worktree this is, put it between quotes")
            )
            let outside = try box.claudia("prompt", "Now this")
            #expect(outside.code == 64 && outside.err.contains("Which session?"))
        }
    }
}
