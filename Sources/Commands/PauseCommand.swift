internal import ArgumentParser

/// `claudia pause`: freezes sessions.
struct PauseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Freeze sessions where they stand, every process of them.",
        discussion: """
            Sets "state": "paused" in the session file and waits until it is so.
            """)

    @OptionGroup var names: NamesArgument
    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Settlement(wish: .pause, waits: !wait.noWait, common: common).run(names)
    }
}
