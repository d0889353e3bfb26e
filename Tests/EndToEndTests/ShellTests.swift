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
            let inside = box.worktree("a") + "/folder"
            for verb in [
                ["wait", "running"], ["send", "hello"], ["keys", "x"], ["prompt", "Now this"],
                ["set", "max_output_buffer=7"], ["output", "-n", "1"], ["status"], ["diff"], ["log"],
                ["land"],
                ["sync"],
                ["path"], ["pause"], ["resume"], ["migrate"], ["park"], ["kill"], ["rm"],
            ] {
                let outcome = try box.start([try Sandbox.program()] + verb, in: inside).ending()
                #expect(outcome.code == 0, "\(verb): \(outcome.told)")
                if verb == ["send", "hello"] { try box.untilPrinted("got<hello>", "a") }
            }
            #expect(!exists(box.file("a")))
            let outside = try box.claudia("prompt", "Now this")
            #expect(outside.code == 64 && outside.err.contains("Which session?"))
        }
    }
}
