import Agents
import Testing

@Suite struct LaunchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let asked: [String]
        let started: [String]
        var resumed: String?
        var hook: String?
        var conversation: String?
        var testDescription: String { asked.joined(separator: " ") }
    }

    static let manual = ["--permission-mode", "default"]

    static let rows: [Row] = [
        Row(asked: ["claude"], started: ["claude", "--session-id", "new"] + manual, conversation: "new"),
        Row(
            asked: ["claude"], started: ["claude", "--resume", "old"] + manual, resumed: "old",
            conversation: "old"),
        Row(
            asked: ["nice", "/opt/claude", "--model", "x"],
            started: ["nice", "/opt/claude", "--session-id", "new"] + manual + ["--model", "x"],
            conversation: "new"),
        Row(
            asked: ["claude", "--dangerously-skip-permissions", "do it"],
            started: ["claude", "--session-id", "new", "--dangerously-skip-permissions", "do it"],
            conversation: "new"),
        Row(asked: ["claude", "--continue"], started: ["claude"] + manual + ["--continue"], resumed: "old"),
        Row(asked: ["claude", "--resume=x"], started: ["claude"] + manual + ["--resume=x"]),
        Row(asked: ["claude", "-p", "x"], started: ["claude", "-p", "x"], hook: "h"),
        Row(asked: ["claude", "mcp", "list"], started: ["claude", "mcp", "list"], hook: "h"),
        Row(
            asked: ["claude", "--settings", "mine.json"],
            started: ["claude", "--session-id", "new"] + manual + ["--settings", "mine.json"], hook: "h",
            conversation: "new"),
        // It runs elsewhere, where our files and conversations aren't.
        Row(asked: ["ssh", "host", "claude"], started: ["ssh", "host", "claude"], hook: "h"),
        Row(
            asked: ["docker", "exec", "-it", "x", "claude"],
            started: ["docker", "exec", "-it", "x", "claude"]),
        Row(asked: ["codex"], started: ["codex", "--no-daemon"]),
        Row(asked: ["codex", "--no-daemon"], started: ["codex", "--no-daemon"]),
        Row(
            asked: ["codex", "-m", "x"], started: ["codex", "resume", "old", "--no-daemon", "-m", "x"],
            resumed: "old", conversation: "old"),
        Row(asked: ["codex", "exec", "x"], started: ["codex", "exec", "x"], resumed: "old"),
        Row(asked: ["sh", "-c", "claude"], started: ["sh", "-c", "claude"], resumed: "old", hook: "h"),
        Row(asked: [], started: []),
    ]

    @Test("each program is started as it wants to be", arguments: rows)
    func launching(_ row: Row) {
        var request = Launch.Request(arguments: row.asked, conversation: "new")
        request.resumed = row.resumed
        request.hookCommand = row.hook
        let launch = AgentPrograms.program(of: row.asked).launch(request)
        #expect(launch.arguments == row.started)
        #expect(launch.conversation == row.conversation)
    }

    @Test func `claude gets hooks beside the person's own settings`() throws {
        var request = Launch.Request(arguments: ["claude"], conversation: "new")
        request.hookCommand = "'/a b/claudia' hook"
        let arguments = AgentPrograms.program(of: ["claude"]).launch(request).arguments
        let index = try #require(arguments.firstIndex(of: "--settings"))
        let settings = arguments[index + 1]
        #expect(settings.contains(#""command":"'/a b/claudia' hook""#))
        #expect(settings.contains(#""PermissionRequest":[{"hooks":[{"#))
    }

    @Test func `claude's conversation lies in a folder named for the agent's folder`() {
        let files = AgentPrograms.program(of: ["claude"]).conversationFiles(
            "id", folder: "/srv/a.b/.claudia/worktrees/fix_1", environment: ["HOME": "/home/me"])
        #expect(files == ["/home/me/.claude/projects/-srv-a-b--claudia-worktrees-fix-1/id.jsonl"])
    }
}
