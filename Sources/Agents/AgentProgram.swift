public import SessionModel

/// What is known of a program that serves as an agent: how it is recognised and understood.
public protocol AgentProgram: Sendable {
    /// Its kind, as `agent_kind` names it.
    var kind: String { get }
    /// Whether a program of this name is one.
    func isCalled(_ name: String) -> Bool
    /// What a title says of what the agent does; nil when it says nothing.
    func activity(ofTitle title: String) -> Activity?
    /// The dialog that stands on its screen; nil where none does, or none that was understood.
    ///
    /// What it shows is a stranger's word: a person may answer it, and it authorises nothing.
    func dialog(on screen: ShownScreen) -> Dialog?
    /// How it is started.
    func launch(_ request: Launch.Request) -> Launch
    /// The files of which one is there when a conversation can be gone on with, for an agent that starts in `folder`
    /// with `environment`; empty when it can't be told.
    func conversationFiles(_ conversation: String, folder: String, environment: [String: String]) -> [String]
}

extension AgentProgram {
    /// Starts it as it is asked for.
    public func launch(_ request: Launch.Request) -> Launch { Launch(arguments: request.arguments) }

    /// No program's conversation is known, unless it says so.
    public func conversationFiles(
        _ conversation: String, folder: String, environment: [String: String]
    ) -> [String] { [] }
}
