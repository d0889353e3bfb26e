internal import ArgumentParser
internal import SessionModel
internal import Store

/// `claudia keys`: has keys pressed in an agent's terminal.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys", abstract: "Press keys in an agent's terminal, by tmux's names.",
        usage: "claudia keys [--no-wait] [--verbose] [NAME] KEY...",
        discussion: """
            Keys: Enter, Escape, Space, Tab, BTab, BSpace, Up, Down, Left, Right, Home, End, IC, DC, PgUp, PgDn, \
            F1 to F12, any single character, and C-, M- and S- in front. In a session's worktree NAME may be \
            left out, unless the first key is also the name of a session. Options come before NAME.
            """)

    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("The session, then the keys.", valueName: "key"),
        completion: .sessions)
    var words: [String] = []

    func validate() throws {
        // What is passed through hides these two from the parser.
        if words.first == "--help" || words.first == "-h" { throw CleanExit.helpRequest(self) }
        if words.isEmpty { throw ValidationError("Missing the keys to press.") }
    }

    func run() throws {
        let workspace = try Workspace.open()
        let (sessions, keys) = try workspace.selection().addressed(words) { KeyName($0) != nil }
        for key in keys where KeyName(key) == nil {
            throw CommandError.usage(
                "There is no key '\(key)'; nothing was sent.",
                hint:
                    "Keys have tmux's names: Enter, Escape, C-c, M-x, Up, F5; 'claudia keys --help' lists them."
            )
        }
        try Delivery(line: Mailbox.line(pressing: keys), waits: !wait.noWait, common: common)
            .run(sessions, in: workspace)
    }
}
