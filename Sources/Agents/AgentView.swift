public import SessionModel

/// What an agent does, as far as anything tells: a fold over observations.
///
/// The better source counts: what a program says of itself, then a dialog that stands on its screen, its hooks, its
/// title, and whether it prints. (Hooks don't tell of every dialog, nor of its end.)
public struct AgentView: Codable, Equatable, Sendable {
    /// How an activity is known, best first.
    public enum Source: String, Codable, CaseIterable, Sendable {
        /// The Program Status Protocol.
        case statusProtocol = "protocol"
        /// What stands on the screen.
        case screen
        /// The agent's hooks.
        case hooks
        /// The window's title.
        case title
        /// Whether anything is printed.
        case output
    }

    /// What is known.
    public struct Reading: Codable, Equatable, Sendable {
        /// What the agent does.
        public var activity = Activity.unknown
        /// How that is known; nil when it isn't.
        public var source: Source?
        /// What it asks, while it is blocked.
        public var question: Question?
        /// How far it says it is, from 0 to 100.
        public var progress: Int?
    }

    /// What is known now.
    public private(set) var reading = Reading()
    /// Whether the program speaks the Program Status Protocol.
    public private(set) var speaksProtocol = false

    /// Whether the agent itself tells when its turn is over.
    public var tellsTurns: Bool { speaksProtocol || reading.source == .hooks }
    /// Whether the agent's hooks are heard.
    public var hasHooks: Bool { hooks != nil }
    /// Whether a hook has told what is asked.
    public var isCallKnown: Bool { called != nil }

    /// What the programs on its terminal last said of themselves.
    public private(set) var records = ProgramRecords()
    private var hooks: Activity?
    /// What the open call of a hook asks.
    private var called: Called?
    private var title: Activity?
    private var isPrinting: Bool?
    /// The dialog that was seen on the screen.
    public private(set) var shown: Dialog?
    /// What is asked now, and by which name.
    private var asked: Asked?
    /// Questions that only hooks told of.
    private var hookQuestions = 0

    private struct Called: Codable, Equatable, Sendable {
        var kind: String
        var text: String
        /// nil are those of the dialog.
        var choices: [String]?
    }

    private struct Asked: Codable, Equatable, Sendable {
        /// What makes it another question when it changes.
        var key: String
        var id: String
        /// The dialog that was seen with it.
        var dialog: Dialog?
    }

    /// An agent of which nothing is known yet.
    public init() {}

    /// Takes an observation of a program of the given kind: whether the reading is another now.
    public mutating func take(_ observation: Observation, of program: any AgentProgram) -> Bool {
        let before = reading
        var offset: Int64?
        switch observation {
        case .report(let bytes, let place):
            guard let report = ProgramReport(bytes) else { return false }
            let rested = !Self.isBusy(records)
            speaksProtocol = true
            _ = records.take(report)
            // A turn begins: a title from before says nothing of its end.
            if rested, Self.isBusy(records) { title = nil }
            offset = place
        case .promptBegan: _ = records.programEnded()
        case .terminalReset: _ = records.terminalWasReset()
        case .title(let text, let place):
            let told = program.activity(ofTitle: text)
            // Beside reports it tells of a turn's end only if it told of the turn.
            if !speaksProtocol || told != .idle || title != nil { title = told }
            offset = place
        case .hook(let event): take(event, of: program)
        case .screen(let dialog, let place):
            shown = dialog
            offset = place
        case .printed: isPrinting = true
        case .quiet: isPrinting = false
        }
        read(at: offset, of: program)
        if reading.activity != .blocked {
            shown = nil
            // A hook may tell of a call before the agent tells of its dialog.
            if before.activity == .blocked { called = nil }
        }
        return reading != before
    }

    private mutating func take(_ event: HookEvent, of program: any AgentProgram) {
        switch event.name {
        case .sessionStart: hooks = .idle
        case .userPromptSubmit: hooks = .working
        case .stop: hooks = .done
        case .sessionEnd: hooks = .unknown
        case .notification: if event.notification == "idle_prompt" { hooks = .idle }
        case .permissionRequest:
            guard let call = PermissionCall(event) else { return }
            hooks = .blocked
            hookQuestions += 1
            // Where the hook has ended by then, its answers are none of the dialog's.
            let choices = program.permissionHook.runsBesideDialog ? call.choices : nil
            called = Called(kind: call.kind, text: call.text, choices: choices)
            return
        }
        called = nil
    }

    private mutating func read(at offset: Int64?, of program: any AgentProgram) {
        reading = Reading()
        var key = ""
        if speaksProtocol {
            key = readRecords(of: program)
        } else if let shown {
            (reading.activity, reading.source) = (.blocked, .screen)
            key = "screen \(shown.kind) \(shown.text)"
        } else if let hooks {
            (reading.activity, reading.source) = (hooks, .hooks)
            key = "hook \(hookQuestions)"
        } else if let title {
            (reading.activity, reading.source) = (title, .title)
        } else if let isPrinting {
            (reading.activity, reading.source) = (isPrinting ? .working : .idle, .output)
            // It may be slow to start, or stand at a dialog of which it doesn't tell.
            if !isPrinting, program.tellsWhenReady { reading.activity = .unknown }
        }
        ask(key, at: offset)
    }

    private static func isBusy(_ records: ProgramRecords) -> Bool {
        [.working, .blocked].contains(records.leading?.state)
    }

    /// What the programs' own records tell; the key of what is asked.
    private mutating func readRecords(of program: any AgentProgram) -> String {
        reading.source = .statusProtocol
        guard let leading = records.leading else { return "" }
        reading.progress = leading.progress
        reading.activity =
            switch leading.state {
            case .idle: .idle
            case .working: .working
            case .done: .done
            case .blocked: .blocked
            case .error: .error
            case .clear: .unknown
            }
        if leading.state == .working, title == .idle, program.worksBetweenTurns {
            (reading.activity, reading.source) = (.idle, .title)
        }
        let text = leading.message ?? leading.title ?? ""
        let kind = (leading.kind ?? .question).rawValue
        if leading.state == .blocked {
            // A kind that isn't told may be seen.
            let kind = leading.kind == nil ? shown?.kind ?? kind : kind
            reading.question = Question(id: "", kind: kind, text: text, choices: [])
        }
        return "\(kind) \(text)"
    }

    /// Names what is asked.
    ///
    /// By the place in the log where it began, or by its number among the hooks' questions: the same for every
    /// supervisor, and never that of another question. What a hook tells beside, or the screen shows, adds to it.
    private mutating func ask(_ key: String, at offset: Int64?) {
        guard reading.activity == .blocked else { return asked = nil }
        if asked?.key != key {
            // What was seen with the question before is none of this one's.
            if asked != nil, reading.source != .screen { shown = nil }
            asked = Asked(key: key, id: offset.map { "\($0)" } ?? "h\(hookQuestions)", dialog: shown)
        } else if let shown {
            if let first = asked?.dialog, !shown.isSame(as: first) { asked?.id = "\(offset ?? 0)" }
            asked?.dialog = shown
        }
        var question = reading.question ?? Question(id: "", kind: "", text: "", choices: [])
        if let shown {
            if question.kind.isEmpty { question.kind = shown.kind }
            if question.text.isEmpty { question.text = shown.text }
            question.choices = shown.choices.map(\.label)
        }
        if question.kind.isEmpty { question.kind = "question" }
        question.id = asked?.id ?? ""
        if let called {
            (question.kind, question.text) = (called.kind, called.text)
            question.choices = called.choices ?? question.choices
        }
        reading.question = question
    }
}
