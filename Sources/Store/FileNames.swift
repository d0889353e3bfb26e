public import SessionModel

/// Every name of a file or folder that claudia reads or writes, beneath its folder.
public enum FileNames {
    /// The public folder, in the main worktree's root (of a bare repository: in its folder).
    public static let publicFolder = ".claudia"
    /// The private folder, in the common Git folder.
    public static let privateFolder = "claudia"

    /// Keeps the public folder out of Git.
    public static let gitignore = ".gitignore"
    /// Repository settings.
    public static let config = "config.json"
    /// What is true of the supervisor.
    public static let supervisorStatus = "supervisor.json"
    /// The supervisor's log.
    public static let supervisorLog = "supervisor.log"
    /// Every event of every session.
    public static let events = "events.jsonl"
    /// Executables that are run on an event.
    public static let hooks = "hooks"
    /// Session files and folders; in the private folder: sockets, records and first links.
    public static let sessions = "sessions"
    /// Worktrees, where `worktrees.root` names no other place.
    public static let worktrees = "worktrees"
    /// Worktrees that are ready for sessions to come, beside those of sessions.
    public static let pool = ".pool"
    /// Worktrees of removed sessions.
    public static let trash = "trash"
    /// The trash of a `worktrees.root` on another file system, in that root.
    public static let trashElsewhere = ".claudia-trash"

    /// Locked by the one supervisor (private folder).
    public static let lock = "lock"

    /// What is true of a session.
    public static let status = "status.json"
    /// What is put in is typed.
    public static let input = "input"
    /// Lines that were there before the agent started.
    public static let inputStale = "input.stale"
    /// Every byte that the terminal produced; older parts end in `.1` and so on.
    public static let outputLog = "output.log"
    /// Where in the log the terminal's size changed.
    public static let sizes = "sizes.jsonl"
    /// How the agent ended.
    public static let exit = "exit.json"
    /// Every decision made in the owner's place.
    public static let decisions = "decisions.jsonl"
    /// The supervisor's durable memory of a session (private session folder).
    public static let record = "record.json"
    /// The last version of a session file that was understood (private session folder).
    public static let lastGoodSession = "session.json"
    /// A random word that both folders and a file in the user's state directory share (see `Ownership`).
    public static let mark = "id"
    /// The root that the paths in the records begin with (private folder).
    public static let root = "root"
    /// Counts the repository's supervisors (private folder).
    public static let generation = "generation"
    /// How far `input` was typed (private session folder).
    public static let delivered = "delivered"

    /// What a trash entry holds: the worktree.
    public static let trashWorktree = "worktree"
    /// What a trash entry holds: the worktree's Git admin folder.
    public static let trashAdmin = "admin"
    /// What a trash entry holds: the public session folder.
    public static let trashSession = "session"
    /// What a trash entry holds: where all that came from.
    public static let trashRecord = "trash.json"

    /// By what name Git's hook `post-checkout` is pinned: no path in `.claudia`.
    public static let checkoutHookPin = "//post-checkout"

    /// What ends the name of a session file.
    public static let sessionFileSuffix = ".json"

    /// The session file of `name`, in `sessions`.
    public static func sessionFile(_ name: SessionName) -> String { name.text + sessionFileSuffix }

    /// `sessions/<name>.json`, in the public folder.
    public static func sessionFilePath(_ name: SessionName) -> String { "\(sessions)/\(sessionFile(name))" }

    /// `sessions/<name>`, in either folder.
    public static func sessionFolderPath(_ name: SessionName) -> String { "\(sessions)/\(name)" }

    /// The `number`th part of a rotated file: 0 is the one that grows.
    public static func part(_ file: String, _ number: Int) -> String {
        number == 0 ? file : "\(file).\(number)"
    }

    /// Conversations that came from elsewhere, for sessions that aren't made yet; in the private folder.
    public static let arrived = "arrived"

    /// Names of a trash entry's folder: the first that is free is taken, since two removals may be in one second.
    public static func trashEntries(_ name: SessionName, at time: Timestamp) -> [String] {
        let first = "\(name)-\(time.compact)"
        return [first] + (2...100).map { "\(first)-\($0)" }
    }

    /// Whether `name` in a session's folder lies first in the private one: log, its sizes, the agent's end, decisions.
    public static func hasTwoLinks(_ name: String) -> Bool {
        [outputLog, sizes, exit, decisions].contains { name == $0 || name.hasPrefix($0 + ".") }
    }
}
