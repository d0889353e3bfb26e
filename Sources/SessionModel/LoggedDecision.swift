/// One line of `decisions.jsonl`: what was said to a call of a tool, by whom and why.
public struct LoggedDecision: Codable, Equatable, Sendable {
    /// When it was decided.
    public var at: Timestamp
    /// How what was asked was known, "hook" or "screen"; or "person", who answered it.
    public var source: String
    /// The tool.
    public var tool: String
    /// What it was to be used with; nil when that was too much to keep.
    public var input: [String: JSONValue]?
    /// The folder that the agent was in; nil when that wasn't known.
    public var folder: String?
    /// The commands that were understood, word by word; nil for what is no command.
    public var commands: [[String]]?
    /// "allow", "ask" or "never"; nil for what a person said.
    public var verdict: String?
    /// The rule that it comes from.
    public var rule: String?
    /// The rule's reason.
    public var reason: String?
    /// What the agent was told: "allow", "deny", or a person's own words; nil when it was left to the person.
    public var sent: String?

    /// A decision on a call, nothing of it known yet.
    public init(at: Timestamp, source: String, tool: String) {
        self.at = at
        self.source = source
        self.tool = tool
    }

    /// What the call is about, in a word or more.
    public var shown: String {
        let keys = [
            "command", "file_path", "notebook_path", "path", "url", "query", "plan", "description", "prompt",
        ]
        for key in keys {
            if case .string(let text)? = input?[key] { return text }
        }
        return ""
    }
}
