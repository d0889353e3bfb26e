internal import ArgumentParser

/// `claudia down`: stops this repository's supervisor.
struct DownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "down", abstract: "Stop this repository's supervisor; agents go on running.",
        discussion: """
            With --all every agent is ended too. Such a session is 'interrupted': 'claudia up' doesn't start it \
            again, 'claudia resume' does.
            """)

    /// Nanoseconds: every agent has its five seconds of grace, at the same time.
    private static let patienceNs: Int64 = 60_000_000_000

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
        let answers = try SupervisorAccess.ask(
            all ? "down --all" : "down", of: workspace, withinNs: DownCommand.patienceNs)
        if let answer = answers?.first(where: { $0.hasPrefix("error ") }) {
            throw CommandError(String(answer.dropFirst("error ".count)))
        }
        guard try SupervisorAccess.ask("ping", of: workspace, withinNs: 100_000_000) == nil else {
            throw CommandError(
                "The supervisor still runs.", hint: "'.claudia/supervisor.log' tells what it waits for.",
                exitCode: .timedOut)
        }
    }
}
