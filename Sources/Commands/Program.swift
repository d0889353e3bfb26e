internal import ArgumentParser
internal import SessionModel
internal import Store

/// The whole command: arguments in, exit code out.
public enum Program {
    /// Does what `arguments` (without the program's own name) ask for; the process's exit code.
    public static func run(_ arguments: [String]) -> Int32 {
        // A shell waits for it before each prompt, so not even the parser is started.
        if arguments == [PromptInfoCommand.verb] { return PromptInfoCommand.tell() }
        do {
            try refuseUnknownVerb(arguments)
            var command = try Claudia.parseAsRoot(arguments)
            try command.run()
            return ExitCodes.done.rawValue
        } catch {
            return tell(error)
        }
    }

    /// Says what went wrong, or what was asked about the command itself; the exit code.
    private static func tell(_ error: any Error) -> Int32 {
        if let failure = failure(for: error) {
            Console.error(failure.text)
            return failure.exitCode.rawValue
        }
        let code = Claudia.exitCode(for: error).rawValue
        let message = Claudia.fullMessage(for: error)
        guard code != ExitCodes.done.rawValue else {
            if !message.isEmpty { try? Console.line(message) }
            return code
        }
        if !message.isEmpty { Console.error(usageText(message)) }
        return code
    }

    /// The parser's own message, in our form: what is wrong, then how the verb is used.
    static func usageText(_ message: String) -> String {
        let prefix = "Error: "
        let own = message.hasPrefix(prefix) ? "claudia: " + message.dropFirst(prefix.count) : message
        return PlainText.lines(own) + "\n"
    }

    /// The parser takes an unknown verb for an argument too many; this says what it is.
    private static func refuseUnknownVerb(_ arguments: [String]) throws(CommandError) {
        guard let verb = arguments.first, !verb.hasPrefix("-"), verb != "help" else { return }
        let known = Claudia.verbs
        guard !known.contains(verb) else { return }
        let near = Suggestion.nearest(to: verb, among: known).map { "Did you mean 'claudia \($0)'? " } ?? ""
        throw .usage("There is no verb '\(verb)'.", hint: near + "'claudia --help' lists all.")
    }
}

/// `claudia` itself.
struct Claudia: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "claudia",
        abstract: "Runs many coding agents on one Git repository, each in its own worktree and terminal.",
        discussion: """
            Every session is one file, .claudia/sessions/NAME.json: create it, edit it, touch it or remove it \
            and the supervisor brings the session there. The verbs below do the same.

            In a session's worktree NAME may be left out. Where several are taken, NAME may be a pattern such as \
            'fix-*'.

            Exit codes: 0 done, 1 could not be done, 64 wrong usage, 124 time-out.
            """,
        version: claudiaVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "Supervisor",
                subcommands: [
                    UpCommand.self, DownCommand.self, TrustCommand.self, DoctorCommand.self, HookCommand.self,
                ]),
            CommandGroup(
                name: "Sessions",
                subcommands: [
                    NewCommand.self, LsCommand.self, StatusCommand.self, WaitCommand.self, PauseCommand.self,
                    ResumeCommand.self, ParkCommand.self, KillCommand.self, RmCommand.self, SetCommand.self,
                    MigrateCommand.self,
                ]),
            CommandGroup(
                name: "Agents",
                subcommands: [
                    AttachCommand.self, InboxCommand.self, NextCommand.self, AnswerCommand.self,
                    PromptCommand.self,
                    OutputCommand.self, SendCommand.self, KeysCommand.self,
                    EventsCommand.self, ConsentCommand.self,
                ]),
            CommandGroup(
                name: "Their work",
                subcommands: [
                    DiffCommand.self, LogCommand.self, ConflictsCommand.self, LandCommand.self,
                    SyncCommand.self,
                    PushCommand.self, PullCommand.self, PathCommand.self,
                ]),
            CommandGroup(name: "The shell", subcommands: [PromptInfoCommand.self, ManualCommand.self]),
            CommandGroup(
                name: "Going back, and removed sessions",
                subcommands: [RestoreCommand.self, RescuesCommand.self, PruneCommand.self]),
        ])

    /// The names of all verbs.
    static var verbs: [String] {
        (configuration.ungroupedSubcommands + configuration.groupedSubcommands.flatMap(\.subcommands))
            .compactMap { $0.configuration.commandName }
    }
}
