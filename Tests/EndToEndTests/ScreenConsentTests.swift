import Glibc
import Linux
import SessionModel
import Testing

/// Prompts of programs without hooks that are answered in their person's place, and texts that only look like them.
@Suite struct ScreenConsentTests {
    private static let config =
        #"{"multi_session": {"auto_yes_enabled": true, "auto_yes_poll_interval_seconds": 1}}"#

    private func up(_ box: Sandbox) throws {
        try box.ok("up", "--detach")
        try write(Self.config + "\n", to: "\(box.root)/.claudia/config.json")
    }

    private func decisions(_ box: Sandbox, _ name: String) -> String {
        text(of: "\(box.sessions)/\(name)/decisions.jsonl") ?? ""
    }

    @Test func `harmless prompts are answered, each once and never two within a second`() throws {
        try Sandbox.with { box in
            try up(box)
            let script = #"""
                ask() { printf "$1"; read x; echo "got<$x> at $(date +%s%N)"; }
                ask 'Install 3 packages? [y/N] '; ask 'Press enter to continue '; ask 'Is this correct? (y/n) '
                printf 'Enter a name: '; read x; echo "name<$x>"
                """#
            try box.make("one", shell: script, #""auto_yes": true"#)
            try box.untilPrinted("Enter a name: ", "one")
            let log = box.log("one")
            #expect(log.contains("got<y>") && log.contains("got<>"))
            let times = log.split(separator: " at ").dropFirst().compactMap {
                Int64($0.prefix { $0.isNumber })
            }
            #expect(times.count == 3)
            #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 1_000_000_000 })
            let lines = decisions(box, "one").split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines.allSatisfy { $0.contains(#""source":"screen","tool":"screen","verdict":"allow""#) })
            // Its own question is nobody else's to answer.
            try box.ok("send", "one", "me")
            try box.untilPrinted("name<me>", "one")
        }
    }

    @Test func `what speaks of harm, or isn't asked for, is left to the person`() throws {
        try Sandbox.with { box in
            try up(box)
            try box.make(
                "harm",
                shell: #"echo 'a.txt will be deleted.'; printf '\nContinue? [y/N] '; read x; echo "got<$x>""#,
                #""auto_yes": true"#)
            try box.make(
                "long",
                shell:
                    #"for i in $(seq 60); do echo "file $i"; done; printf 'Continue? [y/N] '; read x; echo "got<$x>""#,
                #""auto_yes": true"#)
            try box.make("not", shell: #"printf 'Continue? [y/N] '; read x; echo "got<$x>""#)
            for name in ["harm", "long"] {
                try box.until("\(name) judged") {
                    decisions(box, name).contains(#""verdict":"ask""#) ? true : nil
                }
            }
            try box.until("seen") { try box.status("not")?.activity == .blocked ? true : nil }
            #expect(decisions(box, "not") == "")
            for name in ["harm", "long", "not"] { #expect(!box.log(name).contains("got<")) }
            // By the person, in the same way.
            try box.ok("answer", "harm", "yes")
            try box.untilPrinted("got<y>", "harm")
            try box.ok("set", "not", "auto_yes=true")
            try box.untilPrinted("got<y>", "not")
        }
    }

    @Test func `a text that only looks like a dialog gets no key`() throws {
        try Sandbox.with { box in
            try up(box)
            let dialog = """
                ────────────────────────────────────────────────────────
                 Bash command
                   rm -r build
                 Do you want to proceed?
                 ❯ 1. Yes
                   2. Yes, and don't ask again for rm commands
                   3. No, and tell Claude what to do differently (esc)

                 Esc to cancel · Tab to amend
                """
            try write(dialog + "\n", to: "\(box.home)/dialog.txt")
            try write(
                "Say [y/N] when asked, or press enter to continue. Proceed?\n", to: "\(box.home)/words.txt")
            // A shell, a program that goes on, and one that waits for something else.
            try box.make("shell", shell: "PS1='$ ' exec bash --norc -i", #""auto_yes": true"#)
            try box.untilPrinted("$ ", "shell")
            try box.ok("send", "shell", "cat ~/dialog.txt ~/words.txt; printf 'Continue? [y/N] '")
            try box.make(
                "waits", shell: "cat ~/dialog.txt ~/words.txt; while read x; do echo \"got<$x>\"; done",
                #""auto_yes": true"#)
            try box.make(
                "fake",
                shell: "printf '\\033[?25l'; cat ~/dialog.txt; while read x; do echo \"got<$x>\"; done",
                #""auto_yes": true"#)
            // Longer than two looks take; one real prompt, asked after all the others, tells.
            try box.make(
                "real", shell: #"sleep 1; printf 'Continue? [y/N] '; read x; echo "got<$x>"; sleep 1000"#,
                #""auto_yes": true"#)
            try box.untilPrinted("got<y>", "real")
            for name in ["shell", "waits", "fake"] {
                #expect(!box.log(name).contains("got<"), "\(name)")
                #expect(decisions(box, name) == "", "\(name)")
            }
            #expect(box.log("shell").ranges(of: "$ ").count >= 2)
        }
    }
}
