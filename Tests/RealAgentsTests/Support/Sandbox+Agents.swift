import Glibc
import Linux
import SessionModel
import Testing

/// The real Claude Code and Codex, with a model that costs nothing.
extension Sandbox {
    private static let key = "sk-ant-scripted-0123456789abcdefghijklmnop"

    /// Where `scripts/setup --test` puts them.
    private static func agentsFolder() throws -> String {
        let cache = variable("XDG_CACHE_HOME") ?? variable("HOME").map { $0 + "/.cache" }
        guard let cache else { throw Failure("neither HOME nor XDG_CACHE_HOME is set") }
        return cache + "/claudia/agents/bin"
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Runs `body` in a new sandbox with a supervisor, in which `claude` and `codex` are the real ones.
    static func withRealAgents(_ body: (Sandbox, Model) throws -> Void) throws {
        try Sandbox.with { box in
            let model = try Model(in: box)
            do {
                try box.putAgents(model)
                try box.ok("up", "--detach")
                try body(box, model)
            } catch {
                let screens = names(in: box.sessions).filter { !$0.hasSuffix(".json") }.map { name in
                    "\(name):\n\((try? box.ok("output", name, "--screen")) ?? "no screen")"
                }
                try model.end()
                throw Failure("\(error)\n\(screens.joined(separator: "\n"))")
            }
            try box.ok("down", "--all")
            try model.end()
        }
    }

    private func putAgents(_ model: Model) throws {
        let folder = try Sandbox.agentsFolder()
        for agent in ["claude", "codex"] {
            guard access("\(folder)/\(agent)", X_OK) == 0 else {
                throw Failure("There is no \(folder)/\(agent); 'scripts/setup --test' installs it.")
            }
            try sh("ln -sfn '\(folder)/\(agent)' '\(home)/bin/\(agent)'")
        }
        try sh("mkdir '\(home)/tmp'")
        try write(Sandbox.claudeSettings(trusting: root), to: "\(home)/claude/.claude.json")
        try write(
            """
            model = "scripted"
            model_provider = "scripted"
            approval_policy = "on-request"
            check_for_update_on_startup = false
            [model_providers.scripted]
            name = "scripted"
            base_url = "\(model.address)/v1"
            wire_api = "responses"
            env_key = "SCRIPTED_KEY"
            request_max_retries = 1
            [projects."\(root)"]
            trust_level = "trusted"

            """, to: "\(home)/codex/config.toml")
        environment.merge([
            "ANTHROPIC_BASE_URL": model.address, "ANTHROPIC_API_KEY": Sandbox.key,
            "CLAUDE_CONFIG_DIR": "\(home)/claude", "CLAUDE_CODE_TMPDIR": "\(home)/tmp",
            "TMPDIR": "\(home)/tmp",
            "CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC": "1", "DISABLE_AUTOUPDATER": "1",
            "DISABLE_TELEMETRY": "1", "DISABLE_ERROR_REPORTING": "1",
            "CODEX_HOME": "\(home)/codex", "SCRIPTED_KEY": "x",
        ]) { $1 }
    }

    /// What claude keeps of a person who has begun to use it, in these folders.
    static func claudeSettings(trusting folders: String..., knowsKey: Bool = true) -> String {
        let keys =
            knowsKey ? #""customApiKeyResponses": {"approved": ["\#(key.suffix(20))"], "rejected": []},"# : ""
        let projects = folders.map { #""\#($0)": {"hasTrustDialogAccepted": true}"# }.joined(separator: ", ")
        return """
            {"hasCompletedOnboarding": true, "hasSeenAutoDefaultNudge": true, \(keys)
             "projects": {\(projects)}}

            """
    }

    // MARK: What an agent does

    /// Says something to an agent; the number of the last event before it.
    @discardableResult
    func say(_ text: String, to name: String) throws -> Int {
        let last = try lastEvent()
        try ok("send", name, text)
        return last
    }

    /// Presses keys; the number of the last event before.
    @discardableResult
    func press(_ keys: String..., in name: String) throws -> Int {
        let last = try lastEvent()
        _ = try start([try Sandbox.program(), "keys", name] + keys).ending()
        return last
    }

    /// Waits until an agent is idle by its own word, and shows where one writes to it.
    func untilReady(_ name: String, at location: SourceLocation = #_sourceLocation) throws {
        try until("\(name) says that it is idle", at: location) { () -> Bool? in
            let status = try self.status(name)
            guard status?.activity == .idle, status?.activitySource == "protocol" else { return nil }
            let screen = try ok("output", name, "--screen")
            return ["? for shortcuts", "mode on"].contains(where: screen.contains) ? true : nil
        }
    }

    func lastEvent() throws -> Int { try events().last?.seq ?? 0 }

    /// The activities that a session entered after an event, in order.
    func activities(of name: String, after last: Int) throws -> [String] {
        try events().filter { $0.seq > last && $0.session?.text == name && $0.type == .activityChanged }
            .compactMap { event in
                if case .string(let activity)? = event.data["activity"] { activity } else { nil }
            }
    }

    /// Waits until a session has entered `activity` after an event; all that it entered since.
    @discardableResult
    func until(
        _ activity: Activity, _ name: String, after last: Int, at location: SourceLocation = #_sourceLocation
    ) throws -> [String] {
        try until("\(name) \(activity.rawValue)", at: location) {
            let all = try activities(of: name, after: last)
            return all.contains(activity.rawValue) ? all : nil
        }
    }

    /// Waits until a session asks something after an event: what the event of it tells.
    func question(
        of name: String, after last: Int, at location: SourceLocation = #_sourceLocation
    ) throws -> Asked {
        try until("a question of \(name)", at: location) {
            let event = try events().first {
                $0.seq > last && $0.session?.text == name && $0.type == .blocked
            }
            return event.map(Asked.init)
        }
    }

    /// The session's settings on one line, its agent claude.
    func makeClaude(_ name: String, _ more: String = "", mode: String = "default") throws {
        let agent = #""agent": ["claude", "--permission-mode", "\#(mode)"]"#
        try write("{\(agent)\(more.isEmpty ? "" : ", ")\(more)}\n", to: file(name))
    }
}

/// What a `blocked` event tells.
struct Asked: Equatable {
    var id = ""
    var kind: String
    var text: String
    var choices: [String]

    init(kind: String, text: String, choices: [String]) {
        (self.kind, self.text, self.choices) = (kind, text, choices)
    }

    init(_ event: Event) {
        func text(_ value: JSONValue?) -> String { if case .string(let text)? = value { text } else { "" } }
        var choices: [String] = []
        if case .array(let all)? = event.data["choices"] { choices = all.map(text) }
        self.init(kind: text(event.data["kind"]), text: text(event.data["text"]), choices: choices)
        id = text(event.data["id"])
    }

    /// The same without its name.
    var nameless: Asked { Asked(kind: kind, text: text, choices: choices) }
}
