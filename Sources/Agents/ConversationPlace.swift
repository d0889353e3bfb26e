/// Where an agent's program keeps a conversation, and looks for it.
public struct ConversationPlace: Equatable, Sendable {
    /// The folders in which its file may be, absolute; a new one is put into the first.
    public var folders: [String]
    /// The name of a new file.
    public var name: String
    /// How its file's name ends where its beginning can't be told; nil where it is `name`.
    public var ending: String?

    /// The file's name among those that are in one of the folders; nil when it isn't there.
    public func file(among names: [String]) -> String? {
        if names.contains(name) { return name }
        guard let ending else { return nil }
        return names.sorted().last { $0.hasSuffix(ending) }
    }
}
