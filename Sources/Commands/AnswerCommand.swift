internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store

/// `claudia answer`: answers what an agent asks.
struct AnswerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answer", abstract: "Answer what an agent asks: yes, no, a choice or a text.",
        usage: "claudia answer [--to ID] [--verbose] [NAME] ANSWER...",
        discussion: """
            A choice is given by its words or its number ('claudia inbox' lists them); where several may be ticked, \
            by a list of these, with commas or as JSON: "A, B" or '["A", "B"]'. The answer is refused when \
            something else is asked by now; --to says which question it is meant for, by default the one that is \
            asked when the command starts. Its file form is a line in 'input': {"answer": "yes", "to": "ID"}.
            """)

    /// Nanoseconds until it must be known what became of the answer.
    private static let patienceNs: Int64 = 10_000_000_000

    @Option(name: .long, help: ArgumentHelp("The question's id.", valueName: "id"))
    var to: String?

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The session, then the answer.", valueName: "answer"), completion: .sessions)
    var words: [String]

    func run() throws {
        let workspace = try Workspace.open()
        let (name, rest) = try workspace.selection().addressedOne(words)
        let text = rest.joined(separator: " ")
        guard try SupervisorAccess.isRunning(workspace) else {
            throw CommandError(
                "No supervisor runs, so nobody can answer.", hint: "'claudia up --detach' starts one.")
        }
        let asked = try workspace.publicFolder.readStatus(name)?.question
        guard let id = to ?? asked?.id else {
            throw CommandError("'\(name)' asks nothing.", hint: "'claudia inbox' lists who does.")
        }
        guard asked?.id == id else {
            throw CommandError(
                "'\(name)' doesn't ask that any more; nothing was answered.",
                hint: "'claudia inbox' lists what is asked.")
        }
        guard let folder = try workspace.publicFolder.session(name) else {
            throw CommandError("The session '\(name)' was removed.")
        }
        guard let privateFolder = workspace.privateFolder else { return }
        var events = try EventReader(in: privateFolder.folder, after: 0)
        while try !events.next().isEmpty {}
        let inotify = try Inotify()
        _ = try inotify.watch(privateFolder.folder, [.modified, .created])
        _ = try Mailbox.append(Mailbox.line(answering: text, to: id), to: folder)
        common.trace("\(name): “\(text)” put into its input for the question \(id)")
        switch try outcome(for: id, of: name, &events, inotify) {
        case .some(nil): return
        case .some(.some(let message)): throw CommandError(message)
        case nil:
            throw CommandError(
                "It isn't known whether '\(name)' took the answer.",
                hint: "'claudia inbox' tells what is asked now.",
                exitCode: .timedOut)
        }
    }

    /// What became of the answer: nothing in time, or why it wasn't given, or nil when it was.
    private func outcome(
        for id: String, of name: SessionName, _ events: inout EventReader, _ inotify: borrowing Inotify
    ) throws -> String?? {
        let poller = try Poller()
        try poller.add(inotify.descriptor, .input, token: 0)
        let deadlineNs = Deadline.inNs(AnswerCommand.patienceNs)
        while true {
            for event in try events.next().compactMap(\.event) where event.session == name {
                guard event.data["answer_to"] == .string(id) else { continue }
                if event.type == .decision { return .some(nil) }
                if case .string(let message) = event.data["message"] { return message }
            }
            let leftMs = (deadlineNs - Clock.bootNs) / 1_000_000
            guard leftMs > 0 else { return nil }
            _ = try poller.wait(timeoutMs: CInt(leftMs))
            _ = try inotify.events()
        }
    }
}
