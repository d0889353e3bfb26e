internal import ArgumentParser

/// `claudia park`: ends agents that are to go on later.
struct ParkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "park", abstract: "End the agents of sessions to go on later; their memory is free.",
        discussion: """
            Sets "state": "parked" in the session file and waits until no process is left. Worktree, branch and
            output stay, and no slot is held. 'claudia resume' brings it back.
            """)

    @OptionGroup var names: NamesArgument
    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Settlement(wish: .park, waits: !wait.noWait, common: common).run(names)
    }
}
