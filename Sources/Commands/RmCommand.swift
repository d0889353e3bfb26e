internal import ArgumentParser

/// `claudia rm`: removes sessions.
struct RmCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm", abstract: "End sessions and remove them; the worktree goes whole to the trash.",
        discussion: """
            Removes the session file and waits until the session is gone. The branch stays. Uncommitted work is also
            kept on a rescue ref; 'claudia restore NAME' brings everything back.
            """)

    @OptionGroup var names: NamesArgument
    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        try Settlement(wish: .remove, waits: !wait.noWait, common: common).run(names)
    }
}
