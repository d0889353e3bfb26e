import Consent
import SessionModel
import Testing

/// Prompts on the screens of programs without hooks: whether yes is said in the person's place.
@Suite struct ShownPromptTests {
    static let harmless: [String] = [
        "Install 3 packages? [y/N] ", "Continue? (y/n) ", "Is this correct? [Y/n]", "Press enter to continue",
        "Proceed? ", "$ make setup\nBuilding 12 of 12\n\nRun the tests now? [Y/n] ",
        "3 files changed\nGo on (y/N)?",
        "For certain files see the glossary. Close it? [y/N]", "For more information press enter to continue",
        "╭──────╮\n│ Done │ ✓\n╰──────╯\nShow more? [y/N]",
    ]

    /// What people regret, however it is written.
    static let evasive: [String] = [
        "Delete 3 files? [y/N]", "DELETE? [y/N]", "undeletable? [y/N]", "Remove it? (y/n)",
        "rm -r build? [y/N]",
        "About to force-push. Continue? [y/N]", "Overwrite a.txt? [y/N]", "This destroys data. Proceed?",
        "Enter your password, then press enter to continue", "This can't be undone. Continue? [y/N]",
        "This cannot be undone. Continue? [y/N]", "There is no way back. Continue? [y/N]",
        "It is irreversible. Continue? [y/N]", "All changes will be lost. Continue? [y/N]",
        "Discard changes? [y/N]", "Drop table users? [y/N]", "Format /dev/sda1? [y/N]", "Reset --hard? [y/N]",
        "Wipe it? [y/N]", "Publish to the registry? [y/N]", "Do you accept the license? [y/N]",
        "The authenticity of host 'x' can't be established.\nContinue (yes/no)?",
        // Cut in two, spread, disguised.
        "It will del\nete all. Continue? [y/N]", "It will del-\nete all. Continue? [y/N]",
        "D E L E T E ? [y/N]", "d.e.l.e.t.e? [y/N]", "d3l3t3? [y/N]", "de1ete? [y/N]", "0verwrite? [y/N]",
        "d\u{435}lete? [y/N]", "ｄｅｌｅｔｅ? [y/N]", "𝐝𝐞𝐥𝐞𝐭𝐞? [y/N]", "ⓓⓔⓛⓔⓣⓔ? [y/N]", "de\u{336}lete? [y/N]",
        "Удалить? [y/N]", "Löschen? [y/N]", "Loeschen? [y/N]", "Supprimer? [y/N]", "削除? [y/N]",
        // Anywhere on the screen, not only in the question.
        "These are removed:\n\n a.txt\n b.txt\n\nContinue? [y/N]", "$ rm -rf x\n\nContinue? [y/N]",
    ]

    private func verdict(_ text: String, whole: Bool = true, rules: ConsentRules = ConsentRules()) -> Verdict
    {
        let rows = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let prompt = ShownPrompt(text: rows.last ?? "", rows: rows, isWhole: whole)
        return Consent(room: Fixture.room, rules: rules).judge(prompt).verdict
    }

    @Test(arguments: harmless) func `a prompt that speaks of no harm is answered`(_ text: String) {
        #expect(verdict(text) == .allow)
        #expect(verdict(text, whole: false) == .ask)
    }

    @Test(arguments: evasive) func `a prompt that speaks of harm is the person's`(_ text: String) {
        #expect(verdict(text) == .ask)
    }

    @Test func `rules know prompts by the tool screen, and no agent's tool is taken for one`() throws {
        func rule(_ verdict: String, _ text: String) throws -> ConsentRules {
            try ConsentRules(reading: [
                .object([
                    "tool": .string("screen"), "text": .string(text), "verdict": .string(verdict),
                ])
            ])
        }
        #expect(try verdict("Overwrite a? [y/N]", rules: rule("allow", "Overwrite *")) == .allow)
        #expect(try verdict("Go on? [y/N]", rules: rule("ask", "Go on*")) == .ask)
        let call = ToolCall("screen", ["prompt": .string("Go on? [y/N]")])
        #expect(Consent(room: Fixture.room).judge(call).verdict == .ask)
    }
}
