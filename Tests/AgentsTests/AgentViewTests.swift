import Agents
import SessionModel
import Testing

@Suite struct AgentViewTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let program: String
        let observations: [Observation]
        let activity: Activity
        let source: AgentView.Source?
        var question: Question?
        var testDescription: String { "\(program) \(observations)" }

        init(
            _ program: String, _ observations: [Observation], _ activity: Activity,
            _ source: AgentView.Source?, _ question: Question? = nil
        ) {
            (self.program, self.observations) = (program, observations)
            (self.activity, self.source, self.question) = (activity, source, question)
        }
    }

    static func report(_ text: String, at offset: Int64 = 0) -> Observation {
        .report(Array(text.utf8), offset: offset)
    }

    static func title(_ text: String) -> Observation { .title(text, offset: 7) }

    static func question(_ id: String, _ kind: String, _ text: String) -> Question {
        Question(id: id, kind: kind, text: text, choices: [])
    }

    static let asked = report("state=blocked:kind=permission:msg=aGk=", at: 40)

    static func dialog(_ text: String) -> Dialog {
        var dialog = Dialog(kind: "auth", text: text, body: [text])
        dialog.choices = [Dialog.Choice("yes", .yes), Dialog.Choice("no", .no)]
        return dialog
    }

    static func choices(_ id: String, _ kind: String, _ text: String) -> Question {
        Question(id: id, kind: kind, text: text, choices: ["yes", "no"])
    }

    static let rows: [Row] = [
        Row("sh", [], .unknown, nil),
        Row("sh", [.printed], .working, .output),
        Row("sh", [.printed, .quiet], .idle, .output),
        Row("sh", [title("✳ Claude Code")], .unknown, nil),
        Row("claude", [title("✳ Claude Code"), .printed], .idle, .title),
        Row("claude", [title("◐ Claude Code")], .working, .title),
        Row("claude", [title("Claude Code")], .unknown, nil),
        Row("codex", [title("⠋ repo")], .working, .title),
        Row("codex", [title("repo")], .idle, .title),
        Row(
            "codex", [title("[ ! ] Action Required | repo")], .blocked, .title, question("7", "question", "")),
        // One that tells when it is ready, and tells nothing, is slow or has a dialog at its start.
        Row("claude", [.printed], .working, .output),
        Row("claude", [.printed, .quiet], .unknown, .output),
        Row("codex", [.quiet], .unknown, .output),
        Row("claude", [.printed, .quiet, .printed], .working, .output),
        Row("claude", [.quiet, title("✳ Claude Code")], .idle, .title),
        Row("claude", [.hook(HookEvent(.sessionStart)), .quiet], .idle, .hooks),
        // What the program says of itself counts before all else, from then on.
        Row("claude", [title("◐ Claude Code"), report("state=idle")], .idle, .statusProtocol),
        Row("claude", [report("state=idle"), title("◐ Claude Code"), .printed], .idle, .statusProtocol),
        Row("claude", [report("state=nonsense"), title("◐ x")], .working, .title),
        Row("claude", [report("state=working"), report("state=clear")], .unknown, .statusProtocol),
        Row("claude", [report("state=working"), .promptBegan], .unknown, .statusProtocol),
        Row("claude", [report("state=done"), .promptBegan], .done, .statusProtocol),
        Row("claude", [report("state=done"), .terminalReset], .unknown, .statusProtocol),
        Row("sh", [report("state=error:msg=aGk=")], .error, .statusProtocol),
        // A question is known by where it began.
        Row("sh", [asked], .blocked, .statusProtocol, question("40", "permission", "hi")),
        Row(
            "sh", [asked, .printed, report("state=blocked:kind=permission:msg=aGk=", at: 90)], .blocked,
            .statusProtocol, question("40", "permission", "hi")),
        Row(
            "sh", [asked, report("state=blocked:kind=permission:msg=aG8=", at: 90)], .blocked,
            .statusProtocol,
            question("90", "permission", "ho")),
        Row(
            "sh",
            [
                asked, report("state=working", at: 60),
                report("state=blocked:kind=permission:msg=aGk=", at: 90),
            ],
            .blocked, .statusProtocol, question("90", "permission", "hi")),
        Row("sh", [asked, report("state=working", at: 60)], .working, .statusProtocol),
        // What the screen shows adds to it, and another dialog there is another question.
        Row(
            "sh", [asked, .screen(dialog("ho"), offset: 90)], .blocked, .statusProtocol,
            choices("40", "permission", "hi")),
        Row(
            "sh", [asked, .screen(dialog("ho"), offset: 90), .printed, .screen(dialog("ha"), offset: 95)],
            .blocked, .statusProtocol, choices("95", "permission", "hi")),
        Row(
            "sh", [report("state=blocked", at: 40), .screen(dialog("ho"), offset: 90)], .blocked,
            .statusProtocol, choices("40", "auth", "ho")),
        Row(
            "sh",
            [
                asked, .screen(dialog("ho"), offset: 90),
                report("state=blocked:kind=permission:msg=aG8=", at: 99),
            ], .blocked, .statusProtocol, question("99", "permission", "ho")),
        Row(
            "sh", [asked, .screen(dialog("ho"), offset: 90), report("state=idle")], .idle, .statusProtocol),
        Row("sh", [report("state=idle"), .screen(dialog("ho"), offset: 9)], .idle, .statusProtocol),
        Row(
            "sh", [.printed, .quiet, .screen(dialog("ho"), offset: 9)], .blocked, .screen,
            choices("9", "auth", "ho")),
        Row(
            "sh", [.screen(dialog("ho"), offset: 9), .screen(dialog("ho"), offset: 12)], .blocked, .screen,
            choices("9", "auth", "ho")),
        // What is printed may be anything: the screen, which is read again, tells whether it is gone.
        Row(
            "sh", [.screen(dialog("ho"), offset: 9), .printed], .blocked, .screen,
            choices("9", "auth", "ho")),
        Row(
            "sh", [.screen(dialog("ho"), offset: 9), .printed, .screen(dialog("ho"), offset: 12)], .blocked,
            .screen, choices("9", "auth", "ho")),
        Row("sh", [.screen(dialog("ho"), offset: 9), .printed, .screen(nil, offset: 12)], .working, .output),
        // Codex reports that it works while a terminal in its background does: its title tells when a turn ends.
        Row(
            "codex", [report("state=working"), title("⠋ repo"), title("repo")], .idle, .title),
        Row(
            "codex", [report("state=working"), title("⠋ repo"), title("repo"), title("⠋ repo")], .working,
            .statusProtocol),
        Row(
            "codex",
            [
                report("state=working"), title("⠋ repo"), report("state=blocked:kind=permission"),
                title("[ ! ] Action Required | repo"), title("repo"), report("state=working"),
            ], .idle, .title),
        Row(
            "codex",
            [
                report("state=working"), title("⠋ repo"), title("repo"), report("state=idle"),
                report("state=working"), title("another name"),
            ], .working, .statusProtocol),
        Row("codex", [title("repo"), report("state=working")], .working, .statusProtocol),
        Row(
            "claude", [report("state=working"), title("◐ Claude Code"), title("✳ Claude Code")], .working,
            .statusProtocol),
        Row("sh", [.quiet, .screen(nil, offset: 9)], .idle, .output),
        Row(
            "sh", [report("state=blocked:title=aGk=")], .blocked, .statusProtocol,
            question("0", "question", "hi")),
    ]

    @Test("the best source tells the activity", arguments: rows)
    func reading(_ row: Row) {
        var view = AgentView()
        let program = AgentPrograms.program(of: [row.program])
        for observation in row.observations {
            let before = view.reading
            let changed = view.take(observation, of: program)
            #expect(changed == (view.reading != before))
        }
        #expect(view.reading.activity == row.activity)
        #expect(view.reading.source == row.source)
        #expect(view.reading.question == row.question)
    }

    struct NameRow: Sendable {
        let arguments: [String]
        var kind: AgentKind?
        let expected: AgentKind
    }

    static let nameRows: [NameRow] = [
        NameRow(arguments: ["claude"], expected: .claude),
        NameRow(arguments: ["/opt/bin/claude", "--model", "x"], expected: .claude),
        NameRow(arguments: ["nice", "-n", "5", "codex"], expected: .codex),
        NameRow(arguments: ["claudette"], expected: .generic),
        NameRow(arguments: ["./start.sh"], kind: .claude, expected: .claude),
        NameRow(arguments: ["claude"], kind: .generic, expected: .generic),
        NameRow(arguments: [], expected: .generic),
    ]

    @Test("a program is known by its name, or as its kind", arguments: nameRows)
    func recognising(_ row: NameRow) {
        #expect(AgentPrograms.program(of: row.arguments, kind: row.kind).kind == row.expected)
    }
}
