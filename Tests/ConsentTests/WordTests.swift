import Testing

@testable import Consent

@Suite struct WordTests {
    /// The words that the judge makes of a text; nil when it doesn't know them.
    static func words(_ text: String) -> [String]? {
        guard let script = try? ShellParser.parse("x " + text), script.items.count == 1,
            case .simple(_, let words) = script.items[0].first.commands[0].kind
        else { return nil }
        var judge = Judge(territory: Territory(Fixture.room), rules: ConsentRules())
        var state = ShellState(folder: judge.territory.folder)
        let values = judge.expand(Array(words.dropFirst()), &state)
        let literals = values.compactMap(\.literal)
        return literals.count == values.count ? literals : nil
    }

    @Test(
        "words are read as bash reads them",
        arguments: [
            ("a b", ["a", "b"]), ("'a b'", ["a b"]), (#""a b""#, ["a b"]), (#"a\ b"#, ["a b"]), ("''", [""]),
            (#"a"b"'c'"#, ["abc"]),
            (#""\$x \" \\ \a""#, [#"$x " \ \a"#]), (#"$'a\tb\x41\101\''"#, ["a\tbAA'"]),
            ("{a,b}c", ["ac", "bc"]),
            ("{a,{b,c}}", ["a", "b", "c"]), ("{1..3}", ["1", "2", "3"]), ("{}", ["{}"]), ("a{b}c", ["a{b}c"]),
            ("{a,b", ["{a,b"]),
            ("~", ["/home/me"]), ("~/x", ["/home/me/x"]), ("'~'", ["~"]), ("a~", ["a~"]),
            ("k=~/x", ["k=/home/me/x"]),
            ("$HOME/x", ["/home/me/x"]), ("a#b", ["a#b"]), ("a # b", ["a"]), ("a\\\nb", ["ab"]),
            ("{3..1}", ["3", "2", "1"]),
            ("\"{a,b}\"", ["{a,b}"]), ("{a,b}{c,d}", ["ac", "ad", "bc", "bd"]), ("a,b", ["a,b"]),
            ("[", ["["]), ("$'\\e'", ["\u{1B}"]),
        ] as [(String, [String])])
    func word(_ text: String, _ words: [String]) { #expect(Self.words(text) == words) }

    @Test func `random quoting means what it means to bash`() throws {
        var dice = Dice(seed: 7)
        let atoms = [
            "a", "b c", "'", "\"", "\\", "'x y'", "\"x y\"", "\\ ", "$'\\x41'", "$'a\\'b'", "{", "}", ",",
            "{a,b}", "{1..3}", " ", "''", "~", "/", "=", "é", "#", "$", "\\$", "\\\\",
        ]
        let texts = (0..<(600 * Scale.factor)).map { _ in
            (0..<Int.random(in: 1...7, using: &dice)).map { _ in dice.pick(atoms) }.joined() + " z"
        }
        var wrong: [String] = []
        var compared = 0
        for (text, theirs) in zip(texts, try Bash.words(of: texts)) {
            guard let ours = Self.words(text) else { continue }
            compared += 1
            if ours != theirs {
                wrong.append("\(text) ⇒ \(ours), bash: \(theirs.map { "\($0)" } ?? "nothing")")
            }
        }
        #expect(compared > 200)
        #expect(wrong == [])
    }
}
