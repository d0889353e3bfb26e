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

    func launch(_ request: Launch.Request) -> Launch {
        guard let call = ProgramCall(request.arguments, isProgram: isCalled),
            !call.has("-h", "--help", "-V", "--version"), !Self.commands.contains(call.own.first ?? "")
        else { return Launch(arguments: request.arguments) }
        // A daemon that all share would outlive the terminal.
        let alone = call.has("--no-daemon") ? [] : ["--no-daemon"]
        let resuming = request.resumed.map { ["resume", $0] } ?? []
        return Launch(arguments: call.adding(resuming + alone), conversation: request.resumed)
    }
}
