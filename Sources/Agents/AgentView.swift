public import SessionModel

/// What an agent does, as far as anything tells: a fold over observations.
///
/// The better source counts: what a program says of itself, then its title, then whether it prints.
public struct AgentView: Codable, Equatable, Sendable {
    /// How an activity is known, best first.
    public enum Source: String, Codable, CaseIterable, Sendable {
        /// The Program Status Protocol.
        case statusProtocol = "protocol"
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

    private var records = ProgramRecords()
    private var title: Activity?
    private var isPrinting: Bool?
    /// Where the question began that is asked now.
    private var askedAt: Int64?

    /// An agent of which nothing is known yet.
    public init() {}

    /// Takes an observation of a program of the given kind: whether the reading is another now.
    public mutating func take(_ observation: Observation, of program: any AgentProgram) -> Bool {
        let before = reading
        var offset: Int64?
        switch observation {
        case .report(let bytes, let place):
            guard let report = ProgramReport(bytes) else { return false }
            speaksProtocol = true
            _ = records.take(report)
            offset = place
        case .promptBegan: _ = records.programEnded()
        case .terminalReset: _ = records.terminalWasReset()
        case .title(let text, let place):
            title = program.activity(ofTitle: text)
            offset = place
        case .printed: isPrinting = true
        case .quiet: isPrinting = false
        }
        read(at: offset)
        return reading != before
    }

    private mutating func read(at offset: Int64?) {
        let last = reading
        reading = Reading()
        if speaksProtocol {
            readRecords()
        } else if let title {
            (reading.activity, reading.source) = (title, .title)
            if title == .blocked {
                reading.question = Question(id: "", kind: "question", text: "", choices: [])
            }
        } else if let isPrinting {
            (reading.activity, reading.source) = (isPrinting ? .working : .idle, .output)
        }
        identify(since: last, at: offset)
    }

    private mutating func readRecords() {
        reading.source = .statusProtocol
        guard let leading = records.leading else { return }
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
        if leading.state == .blocked {
            reading.question = Question(
                id: "", kind: (leading.kind ?? .question).rawValue,
                text: leading.message ?? leading.title ?? "", choices: [])
        }
    }

    /// A question is known by the place in the log where it began, so that it has the same name for every
    /// supervisor, and no two have one.
    private mutating func identify(since last: Reading, at offset: Int64?) {
        guard var question = reading.question else { return askedAt = nil }
        let isSame = last.question.map { $0.kind == question.kind && $0.text == question.text } ?? false
        if !isSame { askedAt = offset }
        question.id = "\(askedAt ?? 0)"
        reading.question = question
    }
}
