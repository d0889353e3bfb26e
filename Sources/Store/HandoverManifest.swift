/// What a session that is handed over says of itself; a stranger's word until it is looked at.
public struct HandoverManifest: Codable, Equatable, Sendable {
    /// The newest form that is known.
    public static let versionKnown = 1

    /// The form; 1 today.
    public var version = HandoverManifest.versionKnown
    /// The session's name where it came from.
    public var name: String
    /// The commit that its branch was at.
    public var head: String
    /// The commit of its last checkpoint; nil when there was none.
    public var checkpoint: String?
    /// The commit that its changes are counted from.
    public var base: String
    /// The branch that it started from, where it was one.
    public var baseBranch: String?
    /// The agent's own conversation.
    public var conversation: String?
    /// Names of variables whose values didn't come along.
    public var variables: [String] = []

    /// A manifest, part by part.
    public init(name: String, head: String, checkpoint: String?, base: String, baseBranch: String?) {
        self.name = name
        self.head = head
        self.checkpoint = checkpoint
        self.base = base
        self.baseBranch = baseBranch
    }

    /// Keys as they stand in the file.
    public enum CodingKeys: String, CodingKey {
        case version, name, head, checkpoint, base
        case baseBranch = "base_branch"
        case conversation, variables
    }
}
