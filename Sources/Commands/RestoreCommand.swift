internal import ArgumentParser
internal import SessionModel
internal import Supervisor

/// `claudia restore`: brings a removed session back.
struct RestoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Bring a removed session back, or the files of one that is there to a checkpoint.",
        discussion: """
            A removed session comes back from the trash, the newest of that name: file, branch and worktree, \
            parked; 'claudia resume NAME' then starts its agent. Of a session that is there, the worktree's \
            files become those of a checkpoint ('claudia log NAME' lists them), the newest one without --to. \
            Its branch, its commits, ignored files and its agent's conversation stay as they are. What was there \
            before is kept on a rescue ref first. That is refused while its agent runs: pause or park it. A \
            supervisor is started if none runs.
            """)

    /// Milliseconds: a worktree is renamed, not copied, but others may be in the making.
    private static let patienceMs: CInt = 60_000

    @Argument(
        help: "The session; in a session's worktree that one when left out.", completion: .sessionsOfOld)
    var name: String?

    @Option(name: .long, help: ArgumentHelp("The checkpoint to go back to.", valueName: "N"))
    var to: Int?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let to, to < 1 { throw ValidationError("--to takes a checkpoint's number, from 1.") }
    }

    func run() throws {
        if let name, let problem = SessionName.problem(in: name) {
            throw CommandError.usage("'\(name)' can't be a session: a name \(problem).")
        }
        let place = try Place.discover()
        let workspace = try Workspace(makingAt: place)
        // One that was removed isn't among those that can be selected.
        let session = try name.flatMap(SessionName.init) ?? workspace.selection().session(nil)
        if try !SupervisorAccess.isRunning(workspace) {
            common.trace("no supervisor runs; starting one for \(place.root)")
            try SupervisorAccess.startDetached(at: place, verbose: common.verbose)
        }
        let patienceMs = RestoreCommand.patienceMs
        let request = ControlRequest.restore(session.text, to: to)
        switch try SupervisorAccess.ask(request, of: workspace, timeoutMs: patienceMs) {
        case .answer(.say(let words)): Console.notice("\(session): \(words)")
        case .answer(.ok):
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
