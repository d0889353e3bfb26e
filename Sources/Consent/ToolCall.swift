public import SessionModel

/// A tool that an agent wants to use, with its input.
public struct ToolCall: Equatable, Sendable {
    /// The tool's name, as the agent's hook tells it.
    public let tool: String
    /// What the tool is given.
    public let input: [String: JSONValue]

    /// A call with an input that is an object.
    public init(_ tool: String, _ input: [String: JSONValue]) {
        self.tool = tool
        self.input = input
    }

    /// A call with any input; one that is no object is understood by no rule.
    public init(_ tool: String, input: JSONValue) {
        self.tool = tool
        if case .object(let object) = input { self.input = object } else { self.input = ["": input] }
    }

    func text(_ key: String) -> String? {
        if case .string(let text) = input[key] { text } else { nil }
    }
}
