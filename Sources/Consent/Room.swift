/// A session's world, as plain values.
public struct Room: Sendable {
    /// The session's worktree: absolute, without symbolic links.
    public var worktree: String
    /// The folder in which the call is made; nil when that isn't known.
    public var folder: String?
    /// The repository's main worktree.
    public var repository: String
    /// The folder that all worktrees of the repository share, mostly `<repository>/.git`.
    public var gitFolder: String
    /// The person's home.
    public var home: String
    /// The worktrees of other sessions.
    public var otherWorktrees: [String]
    /// What the symbolic link at an absolute path says; nil where there is none.
    public var link: @Sendable (String) -> String?

    /// A room whose links are told by `link`; without it there are none.
    public init(
        worktree: String, folder: String? = nil, repository: String, gitFolder: String? = nil,
        home: String, otherWorktrees: [String] = [],
        link: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.worktree = worktree
        self.folder = folder ?? worktree
        self.repository = repository
        self.gitFolder = gitFolder ?? repository + "/.git"
        self.home = home
        self.otherWorktrees = otherWorktrees
        self.link = link
    }
}
