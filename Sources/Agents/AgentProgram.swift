public import SessionModel

/// What is known of a program that serves as an agent: how it is recognised and understood.
public protocol AgentProgram: Sendable {
    /// Its kind, as `agent_kind` names it.
    var kind: String { get }
    /// Whether a program of this name is one.
    func isCalled(_ name: String) -> Bool
    /// What a title says of what the agent does; nil when it says nothing.
    func activity(ofTitle title: String) -> Activity?
}
