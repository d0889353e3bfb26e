internal import ArgumentParser

/// `claudia resume`: lets sessions run.
struct ResumeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        abstract: "Let paused sessions go on; start again what had ended, failed or been interrupted.",
        discussion: """
            Sets "state": "running" in the session file, or touches it when it says so already, and waits until the
            agent runs.
            """)

    @OptionGroup var names: NamesArgument
    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Settlement(wish: .resume, waits: !wait.noWait, common: common).run(names)
    }
}
