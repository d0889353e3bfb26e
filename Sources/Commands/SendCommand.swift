internal import ArgumentParser
internal import Glibc
internal import Linux
internal import SessionModel
internal import Store

/// `claudia send`: has a line typed to an agent.
struct SendCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send", abstract: "Type a text to an agent, with Enter.",
        usage: "claudia send [--no-wait] [--verbose] [NAME] TEXT... | -",
        discussion: """
            Puts the text into the session's 'input' and returns when the agent's terminal took it. Several \
            words are joined by spaces. '-' sends standard input whole, newlines and all, as one paste. In a \
            session's worktree a single TEXT goes to that session. Everything after NAME is text: options come \
            first.
            """)

    /// Bytes of standard input past which it is refused: what a keeper reads at once, less the quoting.
    private static let textBytesMax = 512 * 1024

    @OptionGroup var wait: WaitOptions
    @OptionGroup var common: CommonOptions

    @Argument(
        parsing: .captureForPassthrough, help: ArgumentHelp("The session, then the text.", valueName: "text"),
        completion: .sessions)
    var words: [String] = []

    func validate() throws {
        // What is passed through hides these two from the parser.
        if words.first == "--help" || words.first == "-h" { throw CleanExit.helpRequest(self) }
        if words.isEmpty { throw ValidationError("Missing the text to send.") }
    }

    func run() throws {
        let workspace = try Workspace.open()
        let (sessions, text) = try workspace.selection().addressed(words)
        let line = Mailbox.line(typing: text == ["-"] ? try standardInput() : text.joined(separator: " "))
        try Delivery(line: line, waits: !wait.noWait, common: common).run(sessions, in: workspace)
    }

    private func standardInput() throws -> String {
        let bytes: [UInt8]
        do {
            bytes = try Descriptor(adopting: 0).readToEnd(most: SendCommand.textBytesMax)
        } catch {
            guard error.number == EFBIG else { throw error }
            throw CommandError(
                "Standard input is longer than \(SendCommand.textBytesMax / 1024) KiB; nothing was sent.",
                hint: "Put it into a file in the worktree, and tell the agent to read that.")
        }
        var text = String(decoding: bytes, as: UTF8.self)
        if text.hasSuffix("\n") { text.removeLast() }
        guard !text.isEmpty else { throw CommandError("Standard input is empty; nothing was sent.") }
        return text
    }
}
