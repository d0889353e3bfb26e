internal import ArgumentParser
internal import KeeperProtocol
internal import Linux
internal import SessionModel
internal import Store

/// `claudia attach`: the agent's terminal, whole.
struct AttachCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach", abstract: "Use an agent's terminal; detach with Ctrl-\\ twice.",
        discussion: """
            The agent goes on when you detach. Works without a supervisor. Every key goes to the agent, Ctrl-C \
            and Ctrl-Z too; a single Ctrl-\\ reaches it a second later.
            """)

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open()
        let session = try workspace.selection().session(name)
        guard Console.isTerminal(0), Console.isTerminal(1) else {
            throw CommandError(
                "'claudia attach' needs a terminal as standard input and output.",
                hint: "'claudia output \(session)' and 'claudia send \(session) TEXT' work without one.")
        }
        var before = try workspace.publicFolder.readStatus(session)
        var ending = try AttachedTerminal(session, in: Workspace.open()).run()
        // A command of the set-up, after which the next one or the agent has the terminal.
        while case .ended = ending, before?.phase == .starting,
            let next = try AttachCommand.successor(of: before, session, workspace)
        {
            before = next
            ending = try AttachedTerminal(session, in: Workspace.open()).run()
        }
        let subject = before?.phase == .starting ? "set-up" : "agent"
        switch ending {
        case .detached: Console.notice("Detached from '\(session)'; its agent goes on.")
        case .ended(let ended):
            let how = ended.signal.map { "by \(Signals.name($0))" } ?? "with code \(ended.code ?? 0)"
            Console.notice("The \(subject) of '\(session)' ended \(how).")
        case .lost:
            throw CommandError(
                "The keeper of '\(session)' is gone.",
                hint: "'claudia status \(session)' tells what became of it.")
        case .silent:
            throw CommandError(
                "The keeper of '\(session)' doesn't answer.",
                hint: "Its agent may still run; 'claudia status \(session)' tells more.")
        case .signal(let signal):
            throw CommandError("Detached from '\(session)' by \(Signals.name(signal)); its agent goes on.")
        }
    }

    /// The status of what follows in the terminal after what `before` tells of; nil when nothing does, or not soon.
    private static func successor(
        of before: SessionStatus?, _ session: SessionName, _ workspace: borrowing Workspace
    ) throws -> SessionStatus? {
        let watch = try SessionWatch(workspace)
        let found = try watch.first(until: Deadline.inNs(successorNs), of: [session], in: workspace) {
            () throws -> SessionStatus? in
            guard let status = try workspace.publicFolder.readStatus(session) else { return nil }
            let isNext = status.agentPID != nil && status.agentPID != before?.agentPID
            let goesOn = status.phase == .starting || status.phase == .running
            return isNext || !goesOn ? status : nil
        }
        guard let found, found.phase == .starting || found.phase == .running else { return nil }
        return found
    }

    /// Nanoseconds that the next one may take to start.
    private static let successorNs: Int64 = 10_000_000_000
}
