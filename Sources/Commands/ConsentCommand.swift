internal import ArgumentParser
internal import Consent
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// `claudia consent`: what auto-yes would say to a command, and why.
struct ConsentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consent", abstract: "Tell what auto-yes says to a command, and why.",
        usage: """
            claudia consent [--session NAME] -- COMMAND
            claudia consent [--session NAME] --stdin0
            claudia consent --replay NAME
            """,
        discussion: """
            Prints a line for each command: allow, ask or never, the rule and the reason, with tabs between. Words \
            after '--' are put together with blanks; quote what the shell here shall leave alone. It is judged as \
            if the session's worktree were there, by the rules of config.json as they are now; nothing is run.

            --replay judges all that was decided for a session by today's rules, and prints what would differ.
            """)

    /// Bytes of standard input past which it isn't read.
    private static let inputBytesMax = 256 * 1024 * 1024

    @Option(
        name: .long, help: ArgumentHelp("The session that would run it.", valueName: "name"),
        completion: .sessions)
    var session: String?

    @Flag(name: .customLong("stdin0"), help: "Read commands from standard input, each ended by a NUL.")
    var stdin0 = false

    @Option(
        name: .long, help: ArgumentHelp("Judge this session's past decisions anew.", valueName: "name"),
        completion: .sessions)
    var replay: String?

    @OptionGroup var common: CommonOptions

    @Argument(parsing: .postTerminator, help: "The command, after '--'.")
    var command: [String] = []

    func validate() throws {
        let ways = [!command.isEmpty, stdin0, replay != nil].filter(\.self).count
        guard ways == 1 else {
            throw ValidationError("Give one of: a COMMAND after '--', --stdin0, --replay NAME.")
        }
        guard replay == nil || session == nil else {
            throw ValidationError("--replay names its session itself.")
        }
    }

    func run() throws {
        let scene = try ConsentScene.open(session ?? replay)
        if replay != nil { return try judgeAnew(scene) }
        let consent = scene.consent
        guard stdin0 else {
            return try tell(consent, Array(command.joined(separator: " ").utf8), common.wantsTrace)
        }
        let bytes = try Descriptor(adopting: 0).readToEnd(most: ConsentCommand.inputBytesMax)
        var commands = bytes.split(separator: 0, omittingEmptySubsequences: false)
        if commands.last?.isEmpty == true { commands.removeLast() }
        let verbose = common.wantsTrace
        for command in commands { try tell(consent, Array(command), verbose) }
    }

    private func tell(_ consent: Consent, _ bytes: [UInt8], _ verbose: Bool) throws {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return try tell("ask", "not-understood", "The command is no valid text.")
        }
        let decision = consent.judge(command: text)
        if verbose {
            for words in decision.commands { common.trace("understood: \(words.joined(separator: " "))") }
        }
        try tell(decision.verdict.rawValue, decision.rule, decision.reason)
    }

    private func tell(_ fields: String...) throws {
        try Console.line(fields.map(PlainText.line).joined(separator: "\t"))
    }

    private func judgeAnew(_ scene: ConsentScene) throws {
        var (judged, differ) = (0, 0)
        for line in scene.decisions {
            guard let verdict = line.verdict, let input = line.input else { continue }
            judged += 1
            let now = scene.consent(for: line).judge(ToolCall(line.tool, input))
            guard now.verdict.rawValue != verdict else { continue }
            differ += 1
            try tell(
                line.at.description, "\(verdict) → \(now.verdict.rawValue)", now.rule, now.reason,
                "\(line.tool): \(line.shown)")
        }
        Console.notice(
            judged == 0
                ? "Nothing was decided for '\(scene.name)' yet."
                : "\(Wording.count(judged, "decision")) judged anew; \(differ) would differ.")
    }
}
