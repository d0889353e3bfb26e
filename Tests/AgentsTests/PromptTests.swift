import Agents
import Testing

/// Prompts of programs of which nothing is known.
@Suite struct PromptTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let output: String
        /// What yes types; nil: no prompt.
        let yes: String?
        var columns = 60
        var testDescription: String { output }
        init(_ output: String, _ yes: String?, _ columns: Int = 60) {
            (self.output, self.yes, self.columns) = (output, yes, columns)
        }
    }

    static let rows: [Row] = [
        Row("Install 3 packages? [y/N] ", "y\r"), Row("Go on (Y/n)?", "y\r"), Row("Proceed ([y]/n)? ", "y\r"),
        Row("Continue? [yes/no]: ", "yes\r"), Row("Press ENTER to continue...", "\r"),
        Row("press [return] to continue ", "\r"), Row("Proceed? ", "y\r"),
        Row("a\n\nIs this correct? ", "y\r"), Row("Is this correct?", "y\r"),
        Row("\u{1B}[1mSure?\u{1B}[0m \u{1B}[2m[y/N]\u{1B}[0m ", "y\r"),
        // No prompts: something follows, or was typed, or the cursor stands elsewhere.
        Row("Continue? [y/N] y", nil), Row("Continue? [y/N]\n", nil), Row("Continue? [y/N]\n$ ", nil),
        Row("Continue? [y/N]  ", nil), Row("Continue? [y/N] $ ", nil), Row("say [y/N] or else\n", nil),
        Row("Continue? [y/N] \u{1B}[1;1H", nil), Row("\n\nContinue? [y/N] \u{1B}[s\nmore\u{1B}[u", nil),
        Row("Continue? [y/N] \u{1B}[?25l", nil), Row("Continue? [y/N] \u{1B}[1G", nil),
        Row("Continue? [y/N] now\u{1B}[4D", nil), Row("Continue? [Y/A/q]", nil), Row("proceed", nil),
        Row("we proceed.", nil), Row("$ ", nil), Row("", nil), Row("Password: ", nil), Row("[y/n", nil),
        Row("enter to continue", nil),
    ]

    @Test("a prompt is the last thing on the screen, with the cursor behind it", arguments: rows)
    func prompts(_ row: Row) {
        let program = AgentPrograms.program(of: ["sh"])
        let dialog = program.dialog(on: ShownScreens.screen(row.output, row.columns, 10))
        #expect(dialog?.choices.first?.keys == row.yes)
    }

    @Test func `a prompt whose beginning has left the screen is known not to be whole`() throws {
        let program = AgentPrograms.program(of: ["sh"])
        let list = (1...12).map { "file \($0)\n" }.joined()
        func dialog(_ text: String) throws -> Dialog {
            try #require(program.dialog(on: ShownScreens.screen(text, 60, 10)))
        }
        #expect(try !dialog("To go:\n\(list)Go on? [y/N] ").isWhole)
        #expect(try dialog("To go:\n\(list)\nGo on? [y/N] ").isWhole)
        #expect(try dialog("To go:\nfile 1\nGo on? [y/N] ").isWhole)
        #expect(try dialog("To go:\nfile 1\nGo on? [y/N] ").body == ["To go:", "file 1", "Go on? [y/N]"])
    }
}
