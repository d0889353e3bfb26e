internal import FoundationEssentials
internal import SessionModel

/// How Codex is started, by `codex --help` of version 0.163.0.
extension Codex {
    /// Sub-commands, which talk with nobody, or go on with what they are told to.
    private static let commands: Set = [
        "a", "agents", "app-server", "apply", "archive", "cloud", "completion", "debug", "delete", "doctor",
        "e",
        "exec", "exec-server", "features", "fork", "help", "login", "logout", "mcp", "mcp-server",
        "migrate-rollouts", "plugin", "queue", "remote-control", "resume", "review", "sandbox", "unarchive",
        "update",
    ]

    /// Events of which claudia wants to hear, and their names in Codex's own books.
    private static let hookEvents = [
        ("SessionStart", "session_start"), ("UserPromptSubmit", "user_prompt_submit"),
        ("PermissionRequest", "permission_request"), ("Stop", "stop"),
    ]

    /// Seconds that Codex waits for a hook, and shows nothing meanwhile.
    private static let hookSeconds = 10

    func launch(_ request: Launch.Request) -> Launch {
        guard let call = ProgramCall(request, isProgram: isCalled),
            !call.has("-h", "--help", "-V", "--version"), !Self.commands.contains(call.own.first ?? "")
        else { return Launch(arguments: request.arguments) }
        // A daemon that all share would outlive the terminal.
        let alone = call.has("--no-daemon") ? [] : ["--no-daemon"]
        let resuming = request.resumed.map { ["resume", $0] } ?? []
        let hooks = request.hookCommand.map(Self.hooks) ?? []
        let options = resuming + alone + Self.place(request, call) + hooks
        return Launch(arguments: call.adding(options), conversation: request.resumed)
    }

    /// Goes on here, where it else asks whether to go on in the folder that the conversation was in before; what a
    /// script starts may be in another one.
    private static func place(_ request: Launch.Request, _ call: ProgramCall) -> [String] {
        guard request.resumed != nil, !request.isDeclared, !call.has("-C", "--cd"),
            let folder = request.folder
        else { return [] }
        return ["-C", folder]
    }

    private struct Hook: Encodable {
        let async = false
        let command: String
        let timeout = Codex.hookSeconds
        let type = "command"
    }

    private struct Identity: Encodable {
        let event_name: String
        let hooks: [Hook]
    }

    /// Settings of this run alone, beside the person's own, of which they change none.
    ///
    /// Codex runs a hook only after a person has looked at it, which it notes as a digest of the hook; ours are
    /// noted so for this run, and no others are trusted by that. What its digest is made of is read from
    /// codex-rs/hooks.
    private static func hooks(_ command: String) -> [String] {
        // A text of JSON is one of TOML, but for DEL.
        guard !command.unicodeScalars.contains("\u{7F}"), let text = json(command) else { return [] }
        var options: [String] = []
        var trusted: [String] = []
        for (event, name) in hookEvents {
            let hook = "{type=\"command\",command=\(text),timeout=\(hookSeconds)}"
            options += ["-c", "hooks.\(event)=[{hooks=[\(hook)]}]"]
            guard let identity = json(Identity(event_name: name, hooks: [Hook(command: command)])) else {
                return []
            }
            let digest = SHA256.digest(Array(identity.utf8))
            trusted.append("\"/<session-flags>/config.toml:\(name):0:0\"={trusted_hash=\"sha256:\(digest)\"}")
        }
        return options + ["-c", "hooks.state={\(trusted.joined(separator: ","))}"]
    }

    private static func json(_ value: some Encodable) -> String? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) }
    }
}
