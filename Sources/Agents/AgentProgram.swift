public import SessionModel

/// What is known of a program that serves as an agent: how it is recognised and understood.
public protocol AgentProgram: Sendable {
    /// Its kind, as `agent_kind` names it.
    var kind: AgentKind { get }
    /// Whether a program of this name is one.
    func isCalled(_ name: String) -> Bool
    /// What a title says of what the agent does; nil when it says nothing.
    func activity(ofTitle title: String) -> Activity?
    /// Whether it goes on to report (OSC 7501) that it works while something runs that a turn began and left; its title
    /// then tells when a turn is over.
    var worksBetweenTurns: Bool { get }
    /// The dialog that stands on its screen; nil where none does, or none that was understood.
    ///
    /// What it shows is a stranger's word: a person may answer it, and it authorises nothing.
    func dialog(on screen: ShownScreen) -> Dialog?
    /// Whether it tells by itself that it is ready.
    var tellsWhenReady: Bool { get }
    /// Where one writes to it; nil when that isn't known.
    var inputBox: InputBox? { get }
    /// What the hook of a permission can do.
    var permissionHook: PermissionHook { get }
    /// How it is started.
    func launch(_ request: Launch.Request) -> Launch
    /// Where the file is with which a conversation can be gone on, for an agent that starts in `folder` with
    /// `environment`; nil when it can't be told.
    func conversationPlace(
        _ conversation: String, folder: String, environment: [String: String]
    ) -> ConversationPlace?
    /// What of the file of a conversation that came from elsewhere is let in.
    func arriving(_ conversation: [UInt8]) -> [UInt8]
    /// The folders in which it keeps conversations that began at a moment; empty when that can't be told.
    func conversationFolders(begunAt moment: Timestamp, environment: [String: String]) -> [String]
    /// The conversation that is kept in a file there which begins with this line; nil where it is none.
    func conversation(begunBy line: [UInt8]) -> BegunConversation?
}

/// A conversation, as the agent's own file tells how it began.
public struct BegunConversation: Equatable, Sendable {
    /// The agent's name for it, a UUID.
    public var id: String
    /// Where the agent ran.
    public var folder: String
    /// When it began.
    public var at: Timestamp
}

/// What an agent's hook for permissions can do.
public struct PermissionHook: Equatable, Sendable {
    /// Whether the agent asks its person while the hook waits; else the hook must answer at once.
    public var runsBesideDialog = true
    /// Whether it tells the folder in which a command would run.
    public var tellsFolder = true
}

extension AgentProgram {
    /// Nothing is known of what it tells.
    public var tellsWhenReady: Bool { false }

    /// What it reports is of its turns.
    public var worksBetweenTurns: Bool { false }

    /// It isn't known where one writes to it.
    public var inputBox: InputBox? { nil }

    /// A hook as Claude Code's.
    public var permissionHook: PermissionHook { PermissionHook() }

    /// Starts it as it is asked for.
    public func launch(_ request: Launch.Request) -> Launch { Launch(arguments: request.arguments) }

    /// None of its conversations are found, unless it says where.
    public func conversationFolders(begunAt moment: Timestamp, environment: [String: String]) -> [String] {
        []
    }

    /// The same.
    public func conversation(begunBy line: [UInt8]) -> BegunConversation? { nil }

    /// No program's conversation is known, unless it says so.
    public func conversationPlace(
        _ conversation: String, folder: String, environment: [String: String]
    ) -> ConversationPlace? { nil }

    /// All of it: how the program is started decides what it may do.
    public func arriving(_ conversation: [UInt8]) -> [UInt8] { conversation }
}
