internal import ArgumentParser
internal import Linux
internal import Supervisor

/// `claudia hook`: gives an event of an agent's hook to the supervisor, and the answer to the agent.
///
/// Whatever goes wrong, it says nothing and succeeds, so that the agent asks its person.
struct HookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Take an event of an agent's hook (agents call this, not people).",
        discussion: """
            Reads the event from standard input. For a permission that the agent asks for it waits until somebody \
            answers, here or in the agent's terminal. Without a supervisor it does nothing.
            """,
        shouldDisplay: false)

    /// Bytes of an event past which it isn't given on.
    private static let eventBytesMax = 16 * 1024 * 1024

    @Argument(help: "The repository's private folder, 'claudia' in its Git folder.")
    var folder: String

    @Argument(help: "The session's id.")
    var session: String

    func run() throws {
        guard let bytes = try? Descriptor(adopting: 0).readToEnd(most: HookCommand.eventBytesMax),
            let folder = try? Folder(at: folder), let client = ControlClient(privateFolder: folder),
            let content = try? Descriptor.memory("hook", bytes),
            let answer = try? client.ask(.hook(session: session), passing: content.number, timeoutMs: nil)
        else { return }
        if case .say(let words) = answer { try? Console.line(words) }
    }
}
