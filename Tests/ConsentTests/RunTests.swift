import Glibc
import Linux
import Testing

@testable import Consent

/// The shell parser against bash itself: what bash runs of an allowed script is what was understood of it.
///
/// Scripts from a grammar, and what mutations make of them, are run by a real bash whose programs are stand-ins that
/// only tell their arguments, in an empty home. A crash, or a program or argument that wasn't foretold, fails.
@Suite struct RunTests {
    /// Programs that are allowed with almost any words; each stands in for itself.
    private static let programs = [
        "ls", "cat", "grep", "head", "wc", "sort", "uniq", "stat", "du", "basename",
    ]

    private static let atoms = [
        "a", "b.txt", "src", "src/a", "'x y'", "\"x y\"", "x\\ y", "$'t\\tb'", "\"$v\"", "$v", "${v}",
        "${v:-d}",
        "\"${v:+e}\"", "{p,q}", "{1..3}", "{a,b}{c,d}", "a{b,'c d'}e", "\"a\"'b'c", "''", "\"\"", "\\$v",
        "'$v'",
        "\"\\$v\"", "~+", "./~", "a=b", "#no", "a#b", "\\#", "[", "é", "\"a\\\nb\"", "a\\\nb", "$((1 + 2))",
        "\"$(basename a/b)\"", "!", "-n", "--", "*.none", "[x]none", "none?",
    ]

    private static func words(_ dice: inout Dice) -> String {
        (0..<Int.random(in: 0...3, using: &dice)).map { _ in dice.pick(atoms) }
            .joined(separator: dice.pick([" ", "  ", "\t", " \\\n "]))
    }

    private static func simple(_ dice: inout Dice) -> String {
        let command = "\(dice.pick(programs)) \(words(&dice))"
        switch Int.random(in: 0..<12, using: &dice) {
        case 0: return "v=\(dice.pick(atoms)); \(command)"
        case 1: return "v='b c'\n\(command)"
        case 2: return "echo \(words(&dice))"
        case 3: return "\(command) 2>&1"
        case 4: return "\(command) <<E\nin $v\nE"
        case 5: return "\(command) <<'E'\nin $v\nE"
        case 6: return "\(command) <<< \(dice.pick(atoms))"
        case 7: return "\(command) # \(words(&dice))"
        case 8: return "'\(dice.pick(programs))' \(words(&dice))"
        case 9: return "\(dice.pick(programs))\\\n \(words(&dice))"
        case 10: return "set -- \(words(&dice)); \(dice.pick(programs)) \"$@\" $1 \"$#\""
        default: return command
        }
    }

    static func script(_ dice: inout Dice, depth: Int = 0) -> String {
        guard depth < 3, Int.random(in: 0..<3, using: &dice) > 0 else { return simple(&dice) }
        let one = script(&dice, depth: depth + 1)
        let two = script(&dice, depth: depth + 1)
        switch Int.random(in: 0..<13, using: &dice) {
        case 0: return "\(one)\n\(two)"
        case 1: return "{ \(one)\n}; \(two)"
        case 2: return "( \(one)\n)"
        case 3: return "if \(one)\nthen \(two)\nelse \(simple(&dice))\nfi"
        case 4: return "for v in \(words(&dice)); do \(one)\ndone"
        case 5: return "case \(dice.pick(atoms)) in a|b*) \(one)\n;; *) \(two)\n;; esac"
        case 6: return "! \(one)"
        case 7: return "f() { \(one)\n}\nf \(words(&dice))"
        case 8: return "true && \(one)"
        case 9: return "false || \(one)"
        case 10: return "cat \"$( \(one)\n)\""
        case 11: return "[[ \(dice.pick(["a", "$v", "'x y'"])) == a* ]] && \(one)"
        default: return "\(one)\n\(two)"
        }
    }

    @Test func `bash runs no program, and gives it no argument, that an allowed script wasn't understood to`()
        throws
    {
        var dice = Dice(seed: Fuzzing.seed)
        var wrong: [String] = []
        var (compared, ran) = (0, 0)
        let stage = try Stage()
        for start in stride(from: 0, to: Fuzzing.count, by: 200) {
            let scripts = (start..<min(start + 200, Fuzzing.count)).map { number -> String in
                let script = Self.script(&dice)
                return number % 3 == 0 ? DisguiseTests.mutated(script, &dice) : script
            }
            let allowed = scripts.filter { !$0.contains("\u{0}") && Fixture.verdict($0) == .allow }
            for (script, runs) in zip(allowed, try stage.runs(of: allowed)) {
                compared += 1
                ran += runs.count
                let known = Fixture.consent.judge(command: script).commands
                for run in runs where !known.contains(where: { Self.fits($0, run) }) {
                    wrong.append("\(script)\n  ⇒ ran \(run), understood \(known)")
                }
            }
        }
        #expect(
            compared > Fuzzing.count / 10 && ran > compared / 2, "\(compared) scripts ran \(ran) programs")
        #expect(wrong.isEmpty, "seed \(Fuzzing.seed): \(wrong.prefix(5).joined(separator: "\n"))")
    }

    /// Whether a command as it was understood, `…` for what wasn't known, is the one that ran.
    static func fits(_ known: [String], _ run: [String]) -> Bool {
        guard let unknown = known.firstIndex(where: { $0.contains("…") }) else {
            return known.map { String($0.split(separator: "/").last ?? "") }.first == run.first
                && known.dropFirst().elementsEqual(run.dropFirst())
        }
        // A word that isn't known may become any number of words.
        return unknown > 0 && known[..<unknown].elementsEqual(run.prefix(unknown))
    }
}

/// How much of the fuzz is run, and from which seed.
enum Fuzzing {
    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    static let count = number("CLAUDIA_FUZZ_SCRIPTS") ?? 1_000 * Scale.factor
    static let seed = UInt64(number("CLAUDIA_FUZZ_SEED") ?? 11)
}

/// An empty home with stand-ins for all programs, in which scripts are run by a restricted bash.
private final class Stage {
    private let folder: String
    private static let names = RunTests.stages

    init() throws {
        var template = Array("/tmp/claudia-stage-XXXXXX".utf8CString)
        folder = try #require(mkdtemp(&template).map { String(cString: $0) })
        mkdir(folder + "/bin", 0o755)
        mkdir(folder + "/home", 0o755)
        // Tells its name and arguments; no program is needed for that.
        let text = #"""
            #!/bin/bash
            { printf '%s\0' "${0##*/}" "$@"; printf '\n\0'; } >>"$TOLD"
            # What `cat` hands on is understood too.
            [[ ${0##*/} == cat && $# == 0 ]] && while IFS= read -r l; do printf '%s\n' "$l"; done
            """#
        for name in Self.names {
            let number = open("\(folder)/bin/\(name)", O_WRONLY | O_CREAT | O_CLOEXEC, 0o755)
            try #require(number >= 0)
            try Descriptor(adopting: number).writeAll(Array(text.utf8))
        }
    }

    deinit { _ = try? Bash.output(of: "rm -rf \"$1\"", [folder]) }

    /// What each script ran, program by program.
    func runs(of scripts: [String]) throws -> [[[String]]] {
        // Without files to write to but one, for at most two seconds each, and with nothing of ours in reach.
        let runner = #"""
            stage=$1; shift
            for script; do
                : >"$stage/told"
                (
                    cd "$stage/home" || exit
                    ulimit -f 64 -t 2 -u 4096
                    exec env -i PATH="$stage/bin" HOME=/home/me TOLD="$stage/told" LC_ALL=C.UTF-8 \
                        /usr/bin/timeout -k 1 2 /bin/bash --norc --noprofile -c "$script" bash
                # Held open by all that it starts, in the background too: what that tells is none of the next one's.
                ) 200>&1 </dev/null >/dev/null 2>&1 | cat
                cat "$stage/told"; printf '\f\0'
            done
            """#
        var all: [[[String]]] = []
        var (script, run): ([[String]], [String]) = ([], [])
        let output = try Bash.output(of: runner, [folder] + scripts)
        for part in output.split(separator: 0, omittingEmptySubsequences: false).dropLast() {
            switch String(decoding: part, as: UTF8.self) {
            case "\n":
                script.append(run)
                run = []
            case "\u{C}":
                all.append(script)
                script = []
            case let word: run.append(word)
            }
        }
        return all
    }
}

extension RunTests {
    /// Every program that a stand-in is made for: those of the grammar, and what mutations may make of them.
    fileprivate static let stages =
        programs + ["rm", "git", "sh", "bash", "env", "x", "l", "s", "cp", "mv", "tee"]
}
