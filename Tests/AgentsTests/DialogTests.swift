import Agents
import SessionModel
import Testing

/// What is understood of dialogs on screens, and which keys answer them.
@Suite struct DialogTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let recording: String
        let kind: String
        let text: String
        let choices: [String]
        let marked: Int
        var isWhole = true
        var isList = false
        var testDescription: String { recording }
    }

    static let rows: [Row] = [
        Row(
            recording: "claude-bash", kind: "permission", text: "Do you want to proceed?",
            choices: [
                "Yes", "Yes, and always allow access to /tmp/project from this project",
                "Yes, and switch to auto mode · auto mode handles these prompts for you", "No",
            ], marked: 0),
        Row(
            recording: "claude-small", kind: "permission", text: "Do you want to proceed?",
            choices: [
                "Yes", "Yes, and always allow access to /tmp/project from this project",
                "Yes, and switch to auto mode · auto mode handles these prompts for you", "No",
            ], marked: 0, isWhole: false),
        Row(
            recording: "claude-write", kind: "permission", text: "Do you want to create notes.txt?",
            choices: [
                "Yes",
                "Yes, and switch to accept edits (auto-approve file edits and common file commands) "
                    + "for this session (shift+tab)",
                "No",
            ], marked: 0),
        Row(
            recording: "claude-fetch", kind: "permission",
            text: "Do you want to allow Claude to fetch this content?",
            choices: [
                "Yes", "Yes, and don't ask again for example.com",
                "No, and tell Claude what to do differently",
            ], marked: 0),
        Row(
            recording: "claude-plan", kind: "permission",
            text: "Claude has written up a plan and is ready to execute. Would you like to proceed?",
            choices: ["Yes, and use auto mode", "Yes, manually approve edits", "Tell Claude what to change"],
            marked: 0),
        Row(
            recording: "claude-ask", kind: "question", text: "Which colour?",
            choices: ["Red", "Blue", "Type something.", "Chat about this"], marked: 0),
        Row(
            recording: "claude-several", kind: "question", text: "Which?",
            choices: ["[ ] One", "[ ] Two", "[ ] Type something", "Chat about this"], marked: 0,
            isList: true),
        Row(
            recording: "claude-trust", kind: "permission",
            text: "Quick safety check: Is this a project you created or one you trust? (Like your own code, "
                + "a well-known open source project, or work from your team). If not, take a moment to review "
                + "what's in this folder first.",
            choices: ["No, exit", "Yes, I trust this folder"], marked: 0),
        Row(
            recording: "claude-key", kind: "auth", text: "Do you want to use this API key?",
            choices: ["Yes", "No (recommended)"], marked: 1),
        Row(
            recording: "codex-exec", kind: "permission",
            text: "Would you like to run the following command? touch /tmp/outside.txt",
            choices: [
                "Yes, proceed",
                "Yes, and don't ask again for commands that start with `touch /tmp/outside.txt`",
                "No, and tell Codex what to do differently",
            ], marked: 0),
        Row(
            recording: "codex-small", kind: "permission",
            text: "Would you like to run the following command?",
            choices: ["Yes, proceed", "Yes, and don't ask again for commands that start with `echo"],
            marked: 0, isWhole: false),
        Row(
            recording: "codex-patch", kind: "permission",
            text: "Would you like to make the following edits? /opt/my-tools/outside2.txt",
            choices: [
                "Yes, proceed", "Yes, and don't ask again for these files",
                "No, and tell Codex what to do differently",
            ], marked: 0),
        Row(
            recording: "codex-ask", kind: "question", text: "Which colour?",
            choices: ["Red", "Blue", "None of the above"], marked: 0),
        Row(
            recording: "codex-trust", kind: "permission",
            text: "Trust this folder? Codex can read, edit, and run files here, subject to your permission "
                + "settings. Folder settings can run code automatically, even without a model request. Continue "
                + "only if you trust these files. Your trust decision will be saved.",
            choices: ["Trust and continue", "Quit"], marked: 0),
        Row(
            recording: "codex-login", kind: "auth",
            text: "Sign in with ChatGPT to use Codex as part of your paid plan or connect an API key for "
                + "usage-based billing",
            choices: ["Sign in with ChatGPT", "Sign in with Device Code", "Provide your own API key"],
            marked: 0),
        Row(
            recording: "codex-hooks", kind: "permission",
            text:
                "Hooks need review 1 hook is new or changed. Hooks can run outside the sandbox after you trust them.",
            choices: [
                "Review hooks", "Trust all and continue", "Continue without trusting (hooks won't run)",
            ], marked: 0),
        Row(
            recording: "claude-theme", kind: "question",
            text: "Choose the text style that looks best with your terminal To change this later, run /theme",
            choices: [
                "Auto (match terminal)", "Dark mode", "Light mode", "Dark mode (colorblind-friendly)",
                "Light mode (colorblind-friendly)", "Dark mode (ANSI colors only)",
                "Light mode (ANSI colors only)",
            ], marked: 0),
        Row(
            recording: "claude-notes", kind: "question", text: "Press Enter to continue",
            choices: ["continue"], marked: 0),
    ]

    private static func program(_ recording: String) -> any AgentProgram {
        AgentPrograms.program(of: [String(recording.prefix { $0 != "-" })])
    }

    private static func dialog(_ recording: String) throws -> Dialog {
        try #require(program(recording).dialog(on: ShownScreens.recorded(recording)))
    }

    @Test("each dialog of the real programs is understood", arguments: rows)
    func understanding(_ row: Row) throws {
        let dialog = try Self.dialog(row.recording)
        #expect(dialog.kind == row.kind)
        #expect(dialog.text == row.text)
        #expect(dialog.choices.map(\.label) == row.choices)
        #expect(dialog.marked == row.marked)
        #expect(dialog.isWhole == row.isWhole)
        #expect(dialog.isList == row.isList)
    }

    @Test(arguments: ["claude-idle", "codex-idle"])
    func `a program that asks nothing shows no dialog`(_ recording: String) throws {
        #expect(try Self.program(recording).dialog(on: ShownScreens.recorded(recording)) == nil)
    }

    @Test("no beginning of a recording shows another dialog", arguments: rows)
    func half(_ row: Row) throws {
        // A screen may be read at any moment, in the midst of being drawn too.
        let whole = try Self.dialog(row.recording)
        let all = try ShownScreens.recorded(row.recording)
        for count in 0..<all.rows.count {
            var part = all
            for index in count..<part.rows.count { part.rows[index] = "" }
            guard let dialog = Self.program(row.recording).dialog(on: part) else { continue }
            #expect(dialog.text == whole.text && whole.choices.starts(with: dialog.choices))
        }
    }

    @Test("the text of a dialog that was printed is none", arguments: rows)
    func printed(_ row: Row) throws {
        // As `cat` prints it in a shell, and as an agent's own output, with its input line below.
        let rows = try ShownScreens.recorded(row.recording).rows
        let text = rows.joined(separator: "\n")
        for after in ["\n$ ", "\n\u{1B}[?25l────\n❯ \n────\n  ? for shortcuts", "\n\u{1B}[?25l› Ask Codex"] {
            let screen = ShownScreens.screen(text + after, 120, 60)
            for name in ["claude", "codex", "sh"] {
                #expect(AgentPrograms.program(of: [name]).dialog(on: screen) == nil)
            }
        }
        // Even alone: a shell has its cursor shown.
        for name in ["claude", "codex", "sh"] {
            #expect(AgentPrograms.program(of: [name]).dialog(on: ShownScreens.screen(text)) == nil)
        }
    }

    struct AnswerRow: Sendable, CustomTestStringConvertible {
        let recording: String
        let answer: String
        /// nil: refused.
        let goal: Dialog.Goal?
        var testDescription: String { "\(recording): \(answer)" }
        init(_ recording: String, _ answer: String, _ goal: Dialog.Goal?) {
            (self.recording, self.answer, self.goal) = (recording, answer, goal)
        }
    }

    static let answers: [AnswerRow] = [
        AnswerRow("claude-bash", "yes", .choose(0)), AnswerRow("claude-bash", "Y", .choose(0)),
        AnswerRow("claude-bash", "no", .refuse), AnswerRow("claude-bash", "4", .choose(3)),
        AnswerRow("claude-bash", "5", nil), AnswerRow("claude-bash", "0", nil),
        AnswerRow("claude-bash", "Yes, and switch", .choose(2)), AnswerRow("claude-bash", "yes,", nil),
        AnswerRow("claude-bash", "maybe", nil),
        // One of them is auto mode: the person has to say which.
        AnswerRow("claude-plan", "yes", nil), AnswerRow("claude-plan", "2", .choose(1)),
        AnswerRow("claude-plan", "no", .refuse),
        AnswerRow("claude-ask", "blue", .choose(1)), AnswerRow("claude-ask", "2", .choose(1)),
        AnswerRow("claude-ask", "green", .write(2, "green")), AnswerRow("claude-ask", "yes", nil),
        AnswerRow("claude-ask", "3", nil), AnswerRow("claude-ask", "green\nblue", nil),
        AnswerRow("claude-ask", "green\u{1B}", nil),
        AnswerRow("claude-several", "1", nil), AnswerRow("claude-several", "no", nil),
        AnswerRow("claude-trust", "yes", .choose(1)), AnswerRow("claude-trust", "no", .refuse),
        AnswerRow("claude-key", "yes", .choose(0)),
        AnswerRow("codex-exec", "yes", .choose(0)), AnswerRow("codex-exec", "no", .refuse),
        AnswerRow("codex-trust", "yes", .choose(0)), AnswerRow("codex-login", "no", nil),
        AnswerRow("codex-login", "provide", .choose(2)), AnswerRow("codex-hooks", "yes", nil),
        AnswerRow("codex-hooks", "trust all", .choose(1)), AnswerRow("codex-hooks", "no", .refuse),
        AnswerRow("claude-theme", "dark mode", .choose(1)), AnswerRow("claude-notes", "yes", .choose(0)),
        AnswerRow("codex-ask", "none of the above", .choose(2)),
    ]

    @Test("an answer means what the dialog shows", arguments: answers)
    func answering(_ row: AnswerRow) throws {
        let dialog = try Self.dialog(row.recording)
        #expect((try? dialog.goal(of: row.answer)) == row.goal)
    }

    @Test func `a choice is marked key by key, and taken only where the mark is seen on it`() throws {
        var dialog = try Self.dialog("claude-trust")
        func step(_ goal: Dialog.Goal) -> Dialog.Step? { dialog.step(toward: goal, applicationCursor: false) }
        #expect(step(.choose(1))?.bytes == Array("\u{1B}[B".utf8))
        #expect(step(.choose(1))?.isLast == false)
        #expect(
            dialog.step(toward: .choose(1), applicationCursor: true)?.bytes == Array("\u{1B}OB".utf8))
        dialog.marked = 1
        #expect(step(.choose(1))?.bytes == [0x0D])
        #expect(step(.choose(1))?.isLast == true)
        #expect(step(.choose(0))?.bytes == Array("\u{1B}[A".utf8))
        #expect(step(.refuse)?.bytes == [0x1B])
        #expect(step(.choose(2)) == nil)
    }

    @Test func `a text is sent only once the field holds it and nothing else`() throws {
        var dialog = try Self.dialog("claude-ask")
        let goal = Dialog.Goal.write(2, "deep green")
        func step() -> Dialog.Step? { dialog.step(toward: goal, applicationCursor: false) }
        #expect(step()?.bytes == Array("\u{1B}[B".utf8))
        dialog.marked = 2
        #expect(step()?.bytes == Array("deep green".utf8))
        #expect(step()?.isLast == false)
        let seen = dialog
        dialog.choices[2] = Dialog.Choice("deep green", .other)
        #expect(step()?.bytes == [0x0D])
        #expect(dialog.isSame(as: seen))
        #expect(try !dialog.isSame(as: Self.dialog("claude-bash")))
        dialog.choices[2] = Dialog.Choice("deep red", .other)
        #expect(step() == nil)
    }
}
