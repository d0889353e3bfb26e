internal import FoundationEssentials

/// How Claude Code is started, by `claude --help` of version 2.1.330.
extension ClaudeCode {
    /// Sub-commands, which talk with nobody.
    private static let commands: Set = [
        "agents", "attach", "auth", "auto-mode", "doctor", "gateway", "import", "install", "logs", "mcp",
        "plugin",
        "plugins", "purge", "respawn", "rm", "setup-token", "stop", "ultrareview", "update", "upgrade",
    ]

    /// Events of which claudia wants to hear.
    private static let hookEvents = [
        "SessionStart", "UserPromptSubmit", "PermissionRequest", "Notification", "Stop", "SessionEnd",
    ]

    /// Seconds that Claude waits for a hook's answer: a person may take their time.
    private static let hookSeconds = 86_400

    func launch(_ request: Launch.Request) -> Launch {
        guard let call = ProgramCall(request, isProgram: isCalled),
            !call.has("-p", "--print", "--bg", "--background", "-h", "--help", "-v", "--version"),
            !Self.commands.contains(call.own.first ?? "")
        else { return Launch(arguments: request.arguments) }
        var options: [String] = []
        var launch = Launch(arguments: [])
        // A conversation that the file itself names is the person's business.
        if !call.has("--session-id", "-r", "--resume", "-c", "--continue", "--from-pr", "--fork-session") {
            launch.conversation = request.resumed ?? request.conversation
            options += request.resumed.map { ["--resume", $0] } ?? ["--session-id", request.conversation]
        }
        // Its default mode answers for itself.
        if !call.has("--permission-mode", "--dangerously-skip-permissions") {
            options += ["--permission-mode", "default"]
        }
        // Beside the person's own settings, of which it changes none.
        if let command = request.hookCommand, !call.has("--settings") {
            options += ["--settings", Self.settings(command)]
        }
        launch.arguments = call.adding(options)
        return launch
    }

    /// Claude keeps a conversation as `projects/<folder>/<id>.jsonl`, with all but letters and digits of the folder's
    /// path made dashes.
    func conversationPlace(
        _ conversation: String, folder: String, environment: [String: String]
    ) -> ConversationPlace? {
        let home = environment["CLAUDE_CONFIG_DIR"] ?? environment["HOME"].map { $0 + "/.claude" }
        guard let home else { return nil }
        let project = String(folder.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        return ConversationPlace(folders: ["\(home)/projects/\(project)"], name: "\(conversation).jsonl")
    }

    private struct Settings: Encodable {
        struct Matcher: Encodable { let hooks: [Hook] }
        struct Hook: Encodable {
            let type = "command"
            let command: String
            let timeout: Int
        }
        let hooks: [String: [Matcher]]
    }

    private static func settings(_ command: String) -> String {
        let hook = Settings.Hook(command: command, timeout: hookSeconds)
        let matchers = [Settings.Matcher(hooks: [hook])]
        let settings = Settings(hooks: Dictionary(uniqueKeysWithValues: hookEvents.map { ($0, matchers) }))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(settings)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
