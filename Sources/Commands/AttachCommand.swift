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
        let ending = try AttachedTerminal(session, in: workspace).run()
        switch ending {
        case .detached: Console.notice("Detached from '\(session)'; its agent goes on.")
        case .ended(let ended):
            let how = ended.signal.map { "by \(Signals.name($0))" } ?? "with code \(ended.code ?? 0)"
            Console.notice("The agent of '\(session)' ended \(how).")
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
}
