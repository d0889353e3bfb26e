internal import ArgumentParser
internal import Supervisor

/// `claudia down`: stops this repository's supervisor.
struct DownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Stop this repository's supervisor; agents go on running.",
        discussion: """
            With --all every agent is ended too. Such a session is 'interrupted': 'claudia up' doesn't start it \
            again, 'claudia resume' does.
            """)

    /// Milliseconds: every agent has its five seconds of grace, at the same time.
    private static let patienceMs: CInt = 60_000

    @Flag(name: .long, help: "End every agent too.")
    var all = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace(existingAt: Place.discover())
        guard let workspace else { return Console.notice("No supervisor runs here.") }
        guard try SupervisorAccess.isRunning(workspace) else {
            if all {
                throw CommandError(
                    "No supervisor runs here, so there is nobody to end the agents.",
                    hint: "'claudia up --detach' starts one; then 'claudia down --all' ends everything.")
            }
            return Console.notice("No supervisor runs here.")
        }
        common.trace(all ? "asking it to end every agent and itself" : "asking it to end")
        // The connection closes when it has ended.
        switch try SupervisorAccess.ask(.down(all: all), of: workspace, timeoutMs: DownCommand.patienceMs) {
        case .nobody, .answer(.closed), .answer(.ok), .answer(.say): return
        case .answer(.error(let sentence)): throw CommandError(sentence)
        case .silence, .answer(.pong):
            throw CommandError(
                "The supervisor has not ended after \(DownCommand.patienceMs / 1_000) s.",
                hint: "'.claudia/supervisor.log' tells what it waits for.", exitCode: .timedOut)
        }
    }
}
