public import SessionModel

/// Where a removed session came from: the content of `trash.json`, enough to put it all back.
public struct TrashEntry: Codable, Equatable, Sendable {
    /// The session's name.
    public var name: SessionName
    /// The session's UUID.
    public var id: String
    /// When it was removed; also part of the entry's and the rescue ref's name.
    public var at: Timestamp
    /// The branch that the worktree was on; nil when its HEAD was detached.
    public var branch: String?
    /// The commit that HEAD was at, in hexadecimal.
    public var head: String?
    /// The worktree's absolute path, to which it is put back.
    public var worktree: String?
    /// The name of its folder in `<common git folder>/worktrees`.
    public var adminName: String?
    /// The branch that `base` named, when it named one.
    public var baseBranch: String?
    /// The commit that the branch started from, in hexadecimal.
    public var baseCommit: String?
    /// The session file as it last was.
    public var sessionFile: String
    /// The ref that keeps the uncommitted work; nil when there was none.
    public var rescueRef: String?

    /// An entry of which only this is known yet.
    public init(name: SessionName, id: String, at: Timestamp, sessionFile: String) {
        self.name = name
        self.id = id
        self.at = at
        self.sessionFile = sessionFile
    }

    /// Keys as they stand in the file.
    public enum CodingKeys: String, CodingKey {
        case name, id, at, branch, head, worktree
        case adminName = "admin_name"
        case baseBranch = "base_branch"
        case baseCommit = "base_commit"
        case sessionFile = "session_file"
        case rescueRef = "rescue_ref"
    }
}
