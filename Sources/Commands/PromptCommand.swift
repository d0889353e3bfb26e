internal import ArgumentParser
internal import SessionModel
internal import Store

/// `claudia prompt`: puts a prompt at the end of a session's queue.
struct PromptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompt", abstract: "Queue a prompt, to be typed when the agent's turn is over.",
        usage: "claudia prompt [--verbose] [NAME] TEXT...",
        discussion: """
            Adds the text to 'prompts' in the session file, as 'claudia set NAME prompts+=TEXT' does. Several words \
            are joined by spaces. In a session's worktree a single TEXT goes to that session. 'claudia send' types at \
            once instead.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("The session, then the prompt.", valueName: "text"), completion: .sessions)
    var words: [String]

    func run() throws {
        let workspace = try Workspace.open()
        let (sessions, text) = try workspace.selection().addressed(words)
        var failures: [CommandError] = []
        for name in sessions {
            do {
                _ = try SessionEdit.change(name, in: workspace, touching: false) { bytes in
                    try SessionFile.assigning(["prompts+=" + text.joined(separator: " ")], in: bytes)
                }
                common.trace("\(name): queued")
            } catch {
                failures.append(CommandError(describing: error))
            }
        }
        if try !SupervisorAccess.isRunning(workspace) {
            Console.notice("No supervisor runs; 'claudia up' starts one, which then types it.")
        }
        try CommandError.throwAll(failures)
    }
}
