import Agents
import SessionModel
import Testing

@Suite struct LaunchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let asked: [String]
        let started: [String]
        var resumed: String?
        var hook: String?
        var kind: AgentKind?
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
        // A script that is said to start one hands on what it gets.
        Row(
            asked: ["./my-wrapper", "x"], started: ["./my-wrapper", "x", "--session-id", "new"] + manual,
            kind: .claude, conversation: "new"),
        Row(
            asked: ["./my-wrapper"], started: ["./my-wrapper", "resume", "old", "--no-daemon"],
            resumed: "old", kind: .codex, conversation: "old"),
        Row(
            asked: ["./my-wrapper", "claude", "x"],
            started: ["./my-wrapper", "claude", "--session-id", "new"] + manual + ["x"], kind: .claude,
            conversation: "new"),
        Row(asked: ["claude"], started: ["claude"], hook: "h", kind: .generic),
        Row(asked: [], started: [], kind: .claude),
    ]

    @Test("each program is started as it wants to be", arguments: rows)
    func launching(_ row: Row) {
        var request = Launch.Request(arguments: row.asked, conversation: "new")
        request.resumed = row.resumed
        request.hookCommand = row.hook
        request.isDeclared = row.kind != nil
        let launch = AgentPrograms.program(of: row.asked, kind: row.kind).launch(request)
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

    @Test func `codex gets hooks for one run, trusted by their digests and no others`() throws {
        var request = Launch.Request(arguments: ["codex"], conversation: "new")
        request.hookCommand = "/tmp/x/hook.sh 'a b' é"
        let arguments = AgentPrograms.program(of: ["codex"]).launch(request).arguments
        #expect(arguments.prefix(2) == ["codex", "--no-daemon"])
        let settings = arguments.dropFirst(2).enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
        #expect(settings.count == 5)
        #expect(
            settings.contains(
                #"hooks.Stop=[{hooks=[{type="command",command="/tmp/x/hook.sh 'a b' é",timeout=10}]}]"#))
        // As the program computes it: the digest of {"event_name":"stop","hooks":[…]}.
        let digest = "1a1678b6afb2f599eefb71a575efbbacfe9d6fe6856d5ada12afe07d7b09ba8c"
        let stop = #""/<session-flags>/config.toml:stop:0:0"={trusted_hash="sha256:\#(digest)"}"#
        #expect(settings.last?.contains(stop) == true)
        #expect(!arguments.contains("--dangerously-bypass-hook-trust"))
        request.hookCommand = "/tmp/\u{7F}/hook"
        #expect(AgentPrograms.program(of: ["codex"]).launch(request).arguments == ["codex", "--no-daemon"])
    }

    @Test func `codex goes on in the folder that it is started in, unless it is told of one`() {
        var request = Launch.Request(arguments: ["codex"], conversation: "new")
        request.folder = "/srv/a b"
        #expect(AgentPrograms.program(of: ["codex"]).launch(request).arguments == ["codex", "--no-daemon"])
        request.resumed = "old"
        #expect(
            AgentPrograms.program(of: ["codex"]).launch(request).arguments
                == ["codex", "resume", "old", "--no-daemon", "-C", "/srv/a b"])
        request.arguments = ["codex", "--cd", "x"]
        #expect(
            AgentPrograms.program(of: ["codex"]).launch(request).arguments
                == ["codex", "resume", "old", "--no-daemon", "--cd", "x"])
        (request.arguments, request.isDeclared) = (["./in-a-box"], true)
        #expect(
            AgentPrograms.program(of: [], kind: .codex).launch(request).arguments
                == ["./in-a-box", "resume", "old", "--no-daemon"])
    }

    @Test func `claude's conversation lies in a folder named for the agent's folder`() throws {
        let place = try #require(
            AgentPrograms.program(of: ["claude"]).conversationPlace(
                "id", folder: "/srv/a.b/.claudia/worktrees/fix_1", environment: ["HOME": "/home/me"]))
        #expect(place.folders == ["/home/me/.claude/projects/-srv-a-b--claudia-worktrees-fix-1"])
        #expect(place.name == "id.jsonl" && place.file(among: ["x-id.jsonl"]) == nil)
        #expect(place.file(among: ["id.jsonl", "x"]) == "id.jsonl")
    }

    @Test func `codex's conversation lies in a folder named for the day of its beginning`() throws {
        let id = "01a2237a-cd2b-7243-92c7-b9c1625827ae"
        func place(_ id: String, _ environment: [String: String]) -> ConversationPlace? {
            AgentPrograms.program(of: ["codex"]).conversationPlace(
                id, folder: "/x", environment: environment)
        }
        let found = try #require(place(id, ["CODEX_HOME": "/c", "HOME": "/home/me"]))
        #expect(
            found.folders
                == ["/c/sessions/2026/11/28", "/c/sessions/2026/11/27", "/c/sessions/2026/11/29"])
        #expect(found.name == "rollout-2026-11-28T18-46-20-\(id).jsonl")
        let other = "rollout-2026-11-28T12-46-19-\(id).jsonl"
        #expect(found.file(among: ["rollout-2026-11-28T12-46-19-\(id.dropLast())f.jsonl"]) == nil)
        #expect(found.file(among: ["x", other]) == other)
        #expect(found.file(among: [other, found.name]) == found.name)
        #expect(place(id, ["HOME": "/home/me"])?.folders.first == "/home/me/.codex/sessions/2026/11/28")
        // A UUID without a time.
        #expect(place("1b4e28ba-2fa1-41d2-883f-0016d3cca427", ["CODEX_HOME": "/c"]) == nil)
        #expect(place(id, [:]) == nil)
    }
}
