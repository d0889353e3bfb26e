import SessionModel

/// Judges what an agent asks to be allowed to do.
///
/// A pure function of the call, the session's world and the user's rules: what isn't understood completely is asked.
public struct Consent: Sendable {
    private let territory: Territory
    private let rules: ConsentRules

    /// The judge of a session.
    public init(room: Room, rules: ConsentRules = ConsentRules()) {
        territory = Territory(room)
        self.rules = rules
    }

    /// The verdict on a call of one of the agent's tools.
    public func judge(_ call: ToolCall) -> Decision {
        judge(call, builtIn: Tool.decision(on: call, territory, rules))
    }

    /// A verdict of the built-in rules, and what the user's make of it.
    func judge(_ call: ToolCall, builtIn: Decision) -> Decision {
        rules.adjusting(builtIn, call: call, territory: territory)
    }

    /// The verdict on a command for the shell.
    public func judge(command: String) -> Decision { judge(ToolCall("Bash", ["command": .string(command)])) }
}
