import SessionModel

/// A tool of an agent, and what is to be said to it.
struct Tool: Sendable {
    typealias Body = @Sendable (ToolCall, Territory, ConsentRules) -> Decision

    let names: [String]
    /// The keys of an input that is understood.
    let keys: Set<String>
    let body: Body

    init(_ names: String, _ keys: String = "", _ body: @escaping Body) {
        self.names = names.split(separator: " ").map(String.init)
        self.keys = Set(keys.split(separator: " ").map(String.init))
        self.body = body
    }

    /// Tools whose input is read to decide.
    static let all: [Tool] = [
        Tool("Bash", "command description timeout run_in_background dangerouslyDisableSandbox", shell),
        Tool("Read", "file_path offset limit pages", read("file_path")),
        Tool("NotebookRead", "notebook_path cell_id", read("notebook_path")),
        Tool("LS", "path ignore", read("path")),
        Tool("Glob", "pattern path", glob),
        Tool(
            "Grep",
            "pattern path glob output_mode -B -A -C context -n -i type head_limit offset multiline -o", grep),
        Tool("Edit", "file_path old_string new_string replace_all", write("file_path")),
        Tool("MultiEdit", "file_path edits", write("file_path")),
        Tool("Write", "file_path content", write("file_path")),
        Tool(
            "NotebookEdit", "notebook_path cell_id cell_number new_source cell_type edit_mode",
            write("notebook_path")),
        Tool("apply_patch", "input patch command", patch),
    ]

    private static let table: [String: Tool] = {
        var table: [String: Tool] = [:]
        for tool in all { for name in tool.names { table[name] = tool } }
        return table
    }()

    /// Tools that touch nothing but the session itself.
    private static let harmless: Set<String> = [
        "TodoWrite", "TodoRead", "TaskCreate", "TaskUpdate", "TaskList", "TaskGet", "TaskOutput",
        "BashOutput", "KillShell",
        "KillBash", "TaskStop", "Task", "Agent", "ToolSearch", "EnterPlanMode", "update_plan",
    ]
    private static let refusals: [String: Decision] = [
        "WebFetch": Decision(.ask, .network, "It would read a page from the network."),
        "WebSearch": Decision(.ask, .network, "It would send words to a search engine."),
        "ExitPlanMode": Decision(.ask, .plan, "A plan is for a person to approve."),
        "AskUserQuestion": Decision(.ask, .question, "A question is for a person to answer."),
        "request_user_input": Decision(.ask, .question, "A question is for a person to answer."),
        "EnterWorktree": Decision(.ask, .otherSession, "Worktrees are claudia's to make."),
        "ExitWorktree": Decision(.ask, .otherSession, "Worktrees are claudia's to remove."),
        "CronCreate": Decision(.never, .system, "It would run later, when nobody looks."),
    ]

    /// What the built-in rules say.
    static func decision(on call: ToolCall, _ territory: Territory, _ rules: ConsentRules) -> Decision {
        if harmless.contains(call.tool) {
            return Decision(.allow, .harmless, "\(call.tool.quoted) touches nothing outside the session.")
        }
        if let refusal = refusals[call.tool] { return refusal }
        guard let tool = table[call.tool] else {
            let what = call.tool.hasPrefix("mcp__") ? "belongs to another server" : "isn't known"
            return Decision(.ask, .unknownTool, "The tool \(call.tool.quoted) \(what).")
        }
        guard let unknown = call.input.keys.sorted().first(where: { !tool.keys.contains($0) }) else {
            return tool.body(call, territory, rules)
        }
        return Decision(.ask, .unknownOption, "\(call.tool.quoted) with \(unknown.quoted) isn't understood.")
            .stricter(tool.body(call, territory, rules))
    }

    private static func missing(_ call: ToolCall, _ key: String) -> Decision {
        Decision(.ask, .notUnderstood, "\(call.tool.quoted) lacks \(key.quoted).")
    }

    private static func place(_ path: String, _ territory: Territory) -> Place? {
        guard !path.isEmpty, !path.unicodeScalars.contains(where: \.properties.isControl) else { return nil }
        let home = "/" + territory.home.joined(separator: "/")
        let full = path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
        return territory.place(Value(full), from: territory.folder)
    }

    private static let shell: Body = { call, territory, rules in
        guard let command = call.text("command") else { return missing(call, "command") }
        var judge = Judge(territory: territory, rules: rules)
        if case .bool(true) = call.input["dangerouslyDisableSandbox"] {
            judge.find(.ask, .privileges, "It asks to run outside the sandbox.")
        }
        _ = judge.run(text: command, ShellState(folder: territory.folder), .unknown)
        var decision = judge.worst
        decision.commands = judge.commands
        return decision
    }

    private static func read(_ key: String) -> Body {
        { call, territory, _ in
            guard let path = call.text(key) else { return missing(call, key) }
            guard let place = place(path, territory) else {
                return Decision(.ask, .unknownPath, "Which file \(path.quoted) is isn't known.")
            }
            let refusal = territory.refusal(reading: place, isTree: false)
            return refusal ?? Decision(.allow, .harmless, "It reads \(place.shown).")
        }
    }

    private static func write(_ key: String) -> Body {
        { call, territory, _ in
            guard let path = call.text(key) else { return missing(call, key) }
            guard let place = place(path, territory) else {
                return Decision(.ask, .unknownPath, "Which file \(path.quoted) is isn't known.")
            }
            let refusal =
                territory.refusal(writing: place) ?? territory.refusal(reading: place, isTree: false)
            return refusal ?? Decision(.allow, .harmless, "It writes \(place.shown), in the worktree.")
        }
    }

    /// `Glob` tells names only.
    private static let glob: Body = { call, territory, _ in
        guard call.text("pattern") != nil else { return missing(call, "pattern") }
        guard let place = place(call.text("path") ?? ".", territory) else {
            return Decision(.ask, .unknownPath, "Which folder is searched isn't known.")
        }
        let refusal = territory.refusal(reading: place, isTree: false)
        return refusal ?? Decision(.allow, .harmless, "It lists names in \(place.shown).")
    }

    private static let grep: Body = { call, territory, _ in
        guard call.text("pattern") != nil else { return missing(call, "pattern") }
        guard let place = place(call.text("path") ?? ".", territory) else {
            return Decision(.ask, .unknownPath, "Which folder is searched isn't known.")
        }
        // A glob of one file's name is as good as a path.
        let names = (call.text("glob") ?? "").split { "/{},*!".contains($0) }.map { Value(String($0)) }
        let named = names.map { Place(path: place.path, tail: [$0]) }
        let refusal =
            territory.refusal(reading: place, isTree: true)
            ?? named.lazy.compactMap { territory.refusal(reading: $0, isTree: false) }.first
        return refusal ?? Decision(.allow, .harmless, "It searches \(place.shown).")
    }

    /// A patch in Codex's form: every file that it names is written.
    private static let patch: Body = { call, territory, _ in
        guard let text = call.text("input") ?? call.text("patch") ?? call.text("command") else {
            return missing(call, "input")
        }
        let marks = ["*** Add File: ", "*** Update File: ", "*** Delete File: ", "*** Move to: "]
        var decision = Decision(.allow, .harmless, "It changes files in the worktree.")
        var count = 0
        for line in text.split(separator: "\n") {
            guard line.hasPrefix("***"), line != "*** Begin Patch", line != "*** End Patch",
                line != "*** End of File"
            else { continue }
            guard let mark = marks.first(where: line.hasPrefix),
                let place = place(String(line.dropFirst(mark.count)), territory)
            else {
                return Decision(.ask, .notUnderstood, "The patch isn't understood.")
            }
            count += 1
            let refusal =
                mark.contains("Delete")
                ? territory.refusal(deleting: place) : territory.refusal(writing: place)
            if let refusal { decision = decision.stricter(refusal) }
        }
        return count > 0 ? decision : Decision(.ask, .notUnderstood, "The patch isn't understood.")
    }
}
