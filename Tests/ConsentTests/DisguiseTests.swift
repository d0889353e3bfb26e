import Testing

@testable import Consent

/// Dangerous commands in ever new clothes: the meaning stays, so the verdict may not become milder.
@Suite struct DisguiseTests {
    /// What has no quotes, so that it can be put between any.
    static let plain = (Fixture.rows(NeverCommands.rows) + Fixture.rows(AskedCommands.rows)).filter {
        row in
        !row.contains { "'\"\\`#$!(){}|&;<>".contains($0) } && Fixture.verdict(row) != .allow
            && row.allSatisfy(\.isASCII)
    }

    static func quoted(_ text: String) -> String {
        "'" + text.map { $0 == "'" ? #"'\''"# : String($0) }.joined() + "'"
    }

    static func wrapped(_ command: String, _ dice: inout Dice) -> String {
        let isOneLine = !command.contains("\n")
        let forms: [(String) -> String] = [
            { "{ \($0); }" }, { "(\($0))" }, { "ls && \($0)" }, { "ls; \($0)" }, { "ls | \($0)" },
            { "! \($0)" },
            { "if ls; then \($0); fi" }, { "if ls; then :; else \($0); fi" },
            { "for i in a b; do \($0); done" },
            { "while ls; do \($0); done" }, { "until \($0); do ls; done" }, { "case a in a) \($0);; esac" },
            { "echo $( \($0))" }, { "echo \"$( \($0))\"" }, { "x=$( \($0))" }, { "f() { \($0); }; f" },
            { "cat <(\($0))" }, { "bash -c \(quoted($0))" }, { "eval \(quoted($0))" },
            { "sh -c \(quoted($0)) | cat" },
            { "ls\n\($0)" }, { "\($0)\nls" }, { "echo ${x:-$( \($0))}" }, { "{\n\($0)\n}" }, { "ls & \($0)" },
            { "\($0) > /dev/null 2>&1" }, { "echo a | { cat; \($0); }" }, { "time { \($0); }" },
            { "cd . && \($0) || ls" },
            { "bash <<'EOF'\n\($0)\nEOF" }, { "cat <<EOF\n$( \($0))\nEOF" }, { "[[ -n $( \($0)) ]]" },
            { "echo $((1 + $( \($0))))" }, { "echo [$( \($0))]" }, { "ls *[a$( \($0))b]*" },
            { "case x in [$( \($0))]) ls;; esac" }, { "[[ x == [$( \($0))]* ]]" }, { "[[ -e <(\($0)) ]]" },
            { "x=([$( \($0))]=1)" }, { "echo {[$( \($0))],b}" },
        ]
        let form = dice.pick(isOneLine ? forms : Array(forms.prefix(20)))
        return form(command)
    }

    /// The same words, written otherwise.
    static func respelled(_ command: String, _ dice: inout Dice) -> String {
        command.split(separator: " ").map { word in
            var result = ""
            var mayChange = !word.contains { "~*?[=".contains($0) }
            // A tilde stays one only while what stands before the slash is plain.
            for character in word {
                if character == "/" { mayChange = true }
                guard mayChange, character.isLetter, Int.random(in: 0..<4, using: &dice) == 0 else {
                    result.append(character)
                    continue
                }
                let scalar = character.unicodeScalars.first.map { String($0.value, radix: 16) } ?? ""
                result += dice.pick([
                    "'\(character)'", "\"\(character)\"", "\\\(character)", "''\(character)",
                    "\(character)\"\"", "$'\(character)'",
                    "$'\\x\(scalar)'", "\\\n\(character)",
                ])
            }
            return result
        }.joined(separator: dice.pick([" ", "  ", "\t", " \\\n "]))
    }

    @Test func `quotes, escapes and blanks change no verdict`() {
        var dice = Dice(seed: 1)
        var wrong: [String] = []
        for command in Self.plain {
            let verdict = Fixture.verdict(command)
            for _ in 0..<(3 * Scale.factor) {
                let other = Self.respelled(command, &dice)
                if Fixture.verdict(other) < verdict { wrong.append("\(command) ⇒ \(other)") }
            }
        }
        #expect(Self.plain.count > 150)
        #expect(wrong == [])
    }

    @Test func `what stands in something else is judged all the same`() {
        var dice = Dice(seed: 2)
        var wrong: [String] = []
        for command in Self.plain {
            for _ in 0..<(3 * Scale.factor) {
                var other = command
                for _ in 0..<Int.random(in: 1...4, using: &dice) { other = Self.wrapped(other, &dice) }
                if Fixture.verdict(other) == .allow { wrong.append("\(command) ⇒ \(other)") }
            }
        }
        #expect(wrong == [])
    }

    @Test func `harmless commands in something else stay allowed, mostly`() {
        var dice = Dice(seed: 3)
        let commands = [
            "ls", "git status", "npm test", "rm a.txt", "cat src/a.txt", "grep -rn x src", "make test",
            "touch a",
        ]
        var count = 0
        let all = 400
        for _ in 0..<all where Fixture.verdict(Self.wrapped(dice.pick(commands), &dice)) == .allow {
            count += 1
        }
        #expect(count > all * 8 / 10)
    }

    /// Bytes of commands, mixed.
    static func mutated(_ command: String, _ dice: inout Dice) -> String {
        var bytes = Array(command.utf8)
        for _ in 0..<Int.random(in: 1...4, using: &dice) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &dice)
            switch Int.random(in: 0..<4, using: &dice) {
            case 0: bytes.remove(at: place)
            case 1: bytes.insert(dice.pick(Array("'\"\\`$(){}[]|&;<>#!*?~=-,\n \t/ax0".utf8)), at: place)
            case 2: bytes[place] = dice.pick(Array("'\"\\`$(){}[]|&;<>#!*?~=-,\n \t/ax0".utf8))
            default: bytes.insert(contentsOf: bytes[place..<min(place + 8, bytes.count)], at: place)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `what bash can't parse isn't allowed`() throws {
        var dice = Dice(seed: 4)
        let seeds =
            Fixture.rows(HarmlessCommands.looking) + Fixture.rows(HarmlessCommands.changing)
            + HarmlessCommands.long
        let allowed = (0..<(2_000 * Scale.factor)).map { _ in Self.mutated(dice.pick(seeds), &dice) }
            .filter { Fixture.verdict($0) == .allow }
        #expect(allowed.count > 100)
        for start in stride(from: 0, to: allowed.count, by: 500) {
            let part = Array(allowed[start..<min(start + 500, allowed.count)])
            let parsed = try Bash.parses(part)
            #expect(zip(part, parsed).filter { !$1 }.map(\.0) == [])
        }
    }

    @Test func `no bytes at all bring the judge down`() {
        var dice = Dice(seed: 5)
        let alphabet = Array(
            "'\"\\`$(){}[]|&;<>#!*?~=-,\n \t/axEO<<if do done case esac in for ls rm cat git 0123".utf8)
        for _ in 0..<(3_000 * Scale.factor) {
            let count = Int.random(in: 0..<80, using: &dice)
            _ = Fixture.verdict(String(decoding: (0..<count).map { _ in dice.pick(alphabet) }, as: UTF8.self))
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            _ = Fixture.verdict(String(decoding: bytes, as: UTF8.self))
        }
    }
}
