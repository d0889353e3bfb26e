/// A worktree as Git's own list knows it.
public struct WorktreeEntry: Equatable, Sendable {
    /// The name of its folder in `<common directory>/worktrees`; nil for the main worktree.
    public var adminName: String?
    /// Where it lies; for the main entry of a bare repository, that repository's folder.
    public var path: String
    /// The branch that it is on, or that a rebase in it will come back to; nil when HEAD is detached.
    public var branch: String?
    /// `git worktree lock` was used on it.
    public var isLocked: Bool
    /// Its folder is gone, so `git worktree prune` would drop the entry.
    public var isPrunable: Bool
}

/// What worktree to make.
public struct WorktreeRequest: Equatable, Sendable {
    /// The repository's common Git directory.
    public var commonDirectory: String
    /// The name wished for in Git's worktree list; a number is appended when it is taken.
    public var name: String
    /// Where the worktree goes; nothing may be there yet.
    public var path: String
    /// The branch that it will be on, without `refs/heads/`; empty for one of the pool, which is on none.
    public var branch: String
    /// The commit that a new branch starts from.
    public var base: ObjectID
    /// Whether a branch of that name may exist already, and is then used as it is.
    public var useExistingBranch: Bool
    /// The folder of the pool that it may be taken from; nil when it is to be made.
    public var pool: String?

    /// A request, part by part.
    public init(
        commonDirectory: String, name: String, path: String, branch: String, base: ObjectID,
        useExistingBranch: Bool, pool: String? = nil
    ) {
        self.commonDirectory = commonDirectory
        self.name = name
        self.path = path
        self.branch = branch
        self.base = base
        self.useExistingBranch = useExistingBranch
        self.pool = pool
    }
}

/// A worktree that was made.
public struct NewWorktree: Equatable, Sendable {
    /// Where it lies, without links in its path.
    public var path: String
    /// Its name in Git's worktree list.
    public var adminName: String
    /// The branch that it is on.
    public var branch: String
    /// The commit that was checked out.
    public var commit: ObjectID
    /// Whether the branch was made for it.
    public var createdBranch: Bool
    /// What isn't as it could be though the worktree is whole, in sentences: an empty submodule, a failed hook.
    public var notes: [String] = []
}

/// Where the two folders of a removed worktree lie; each on the file system that the folder came from.
public struct TrashedWorktree: Equatable, Sendable {
    /// The worktree's folder, in the trash.
    public var worktree: String
    /// Its admin folder, in the trash.
    public var admin: String

    /// The places, both not yet existing when something is put there.
    public init(worktree: String, admin: String) {
        self.worktree = worktree
        self.admin = admin
    }
}

/// An entry of Git's worktree list that doesn't agree with the disk.
public struct WorktreeDrift: Equatable, Sendable {
    /// What is wrong with an entry.
    public enum Problem: Equatable, Sendable {
        /// The worktree's folder is gone.
        case missing
        /// The folder is there, but its `.git` names another repository or entry; never acted on.
        case pointsElsewhere(to: String)
        /// The entry can't be read; the text says why.
        case unreadable(String)
    }
    /// The entry's name in Git's worktree list.
    public var adminName: String
    /// Where the entry says that the worktree is; empty when it doesn't say.
    public var path: String
    /// What is wrong.
    public var problem: Problem

    /// A disagreement, part by part.
    public init(adminName: String, path: String, problem: Problem) {
        self.adminName = adminName
        self.path = path
        self.problem = problem
    }
}
