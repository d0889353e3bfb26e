public import SessionModel

/// The programs that are known as agents.
public enum AgentPrograms {
    /// All of them; a new one is one line here, and its file.
    public static let all: [any AgentProgram] = [ClaudeCode(), Codex()]

    /// The program of `kind` if that is given, else the one that an argument vector starts, wherever in it the
    /// program's name stands: `["nice", "/opt/bin/claude"]` starts claude.
    public static func program(of arguments: [String], kind: AgentKind? = nil) -> any AgentProgram {
        if let kind { return all.first { $0.kind == kind } ?? OtherProgram() }
        for argument in arguments {
            let name = String(argument.split(separator: "/").last ?? "")
            if let known = all.first(where: { $0.isCalled(name) }) { return known }
        }
        return OtherProgram()
    }

    /// The program that a session's agent is.
    public static func program(of spec: SessionSpec) -> any AgentProgram {
        program(of: spec.argumentVector, kind: spec.agentKind)
    }
}
