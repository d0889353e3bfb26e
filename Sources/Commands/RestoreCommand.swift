internal import ArgumentParser
internal import SessionModel
internal import Supervisor

/// `claudia restore`: brings a removed session back.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore", abstract: "Bring a removed session back: file, branch and worktree, parked.",
        discussion: """
            Takes the newest entry of that name from the trash. A supervisor is started if none runs. \
            'claudia resume NAME' then starts its agent.
            """)

    /// Milliseconds: a worktree is renamed, not copied, but others may be in the making.
    private static let patienceMs: CInt = 60_000

    @Argument(help: "The session's name.")
    var name: String

    @OptionGroup var common: CommonOptions

    func run() throws {
        guard let session = SessionName(name) else {
            throw CommandError.usage(
                "'\(name)' can't be a session: a name \(SessionName.problem(in: name) ?? "is otherwise").")
        }
        let place = try Place.discover()
        let workspace = try Workspace(makingAt: place)
        if try !SupervisorAccess.isRunning(workspace) {
            common.trace("no supervisor runs; starting one for \(place.root)")
            try SupervisorAccess.startDetached(at: place, verbose: common.verbose)
        }
        let patienceMs = RestoreCommand.patienceMs
        switch try SupervisorAccess.ask(.restore(session.text), of: workspace, timeoutMs: patienceMs) {
        case .answer(.ok), .answer(.say):
            Console.notice("\(session): back, parked; 'claudia resume \(session)' starts its agent")
        case .answer(.error(let sentence)): throw CommandError(sentence)
        case .silence, .answer(.pong):
            throw CommandError(
                "The supervisor has not answered in \(patienceMs / 1_000) s.",
                hint: "'claudia status \(session)' tells whether it is back.", exitCode: .timedOut)
        case .nobody, .answer(.closed):
            throw CommandError(
                "The supervisor ended before '\(session)' was back.",
                hint: "'.claudia/supervisor.log' tells why; then try again.")
        }
    }
}
