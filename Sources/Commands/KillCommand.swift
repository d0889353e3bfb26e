internal import ArgumentParser

/// `claudia kill`: ends agents for good.
struct KillCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kill", abstract: "End the agents of sessions for good; all files stay.",
        discussion: """
            Sets "state": "terminated" in the session file and waits until no process is left. Worktree, branch and
            output stay until 'claudia rm'.
            """)

    @OptionGroup var names: NamesArgument
    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Settlement(wish: .kill, waits: !wait.noWait, common: common).run(names)
    }
}
