internal import SessionModel
internal import Store

/// A session that waits for a person.
struct Waiting: Encodable {
    /// The session.
    let session: SessionName
    /// What it asks.
    let question: Question
    /// Since when.
    let since: Timestamp

    private enum Keys: String, CodingKey { case session, id, kind, text, choices, since }

    /// One flat object.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(session, forKey: .session)
        try container.encode(question.id, forKey: .id)
        try container.encode(question.kind, forKey: .kind)
        try container.encode(question.text, forKey: .text)
        try container.encode(question.choices, forKey: .choices)
        try container.encode(since, forKey: .since)
    }

    /// All that wait, those that do longest first; of a session that can't be read, a notice says so.
    static func all(in workspace: borrowing Workspace) throws -> [Waiting] {
        var all: [Waiting] = []
        for name in try workspace.names() {
            do {
                guard let status = try workspace.publicFolder.readStatus(name), let question = status.question
                else { continue }
                all.append(Waiting(session: name, question: question, since: status.activitySince))
            } catch {
                Console.notice("\(name): \(CommandError(describing: error).sentence)")
            }
        }
        return all.sorted { ($0.since.ms, $0.session) < ($1.since.ms, $1.session) }
    }

    /// All that wait in the repository that we are in, as a supervisor tells that runs.
    static func here() throws -> [Waiting] {
        guard let workspace = try Workspace(existingAt: Place.discover()) else { return [] }
        // What a stranger's agents ask is nobody's to answer.
        if let refusal = workspace.refusal {
            Console.notice("\(refusal) 'claudia trust' shows what it would run, and asks.")
            return []
        }
        if try !SupervisorAccess.isRunning(workspace) {
            Console.notice("No supervisor runs: this is what was so last. 'claudia up --detach' starts one.")
        }
        return try all(in: workspace)
    }
}
