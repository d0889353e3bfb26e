public import Linux
import SessionModel

/// What can go wrong with a repository; a case wherever a caller acts differently.
public enum GitError: Error, Equatable, Sendable {
    /// No repository is at or above the path.
    case notARepository(path: String)
    /// The repository, or the branch in question, has no commit to start from.
    case noCommitYet(path: String)
    /// The repository belongs to somebody else and isn't in `safe.directory`.
    case untrustedOwner(path: String)
    /// libgit2 can't read this repository; the text says what it uses.
    case unsupported(String)
    /// Something named doesn't exist; the text names it, such as "the revision 'x'".
    case notFound(String)
    /// Something that should be made is there already; the text names it.
    case exists(String)
    /// A name that Git refuses for a branch.
    case invalidName(String)
    /// The branch is checked out in the worktree at `path`.
    case branchCheckedOut(branch: String, path: String)
    /// Another process holds a lock; the text names what is locked.
    case locked(String)
    /// A rename would have to cross file systems; nothing was changed.
    case crossesFileSystems(from: String, to: String)
    /// What lies at `path` isn't the worktree that was made there.
    case notTheWorktree(path: String, reason: String)
    /// The worktree at `path` has edits where a file would be written; nothing was changed. The files,
    /// or git's words.
    case uncommittedEdits(path: String, String)
    /// The worktree at `path` is in the middle of a merge, a rebase or the like.
    case unfinished(path: String)
    /// The worktree at `path` has another branch checked out than `branch`, or none.
    case onAnotherBranch(path: String, branch: String)
    /// The hook of this name refused, with its words; nothing was changed.
    case refusedByHook(String, String)
    /// The reference was changed by somebody else meanwhile; nothing was changed.
    case moved(String)
    /// A tree holds a path that no checkout may write.
    case unsafePath(String)
    /// A system call failed.
    case system(SystemError)
    /// libgit2 or one of its libraries can't be loaded; the loader's words.
    case notLoaded(String)
    /// `git` itself, run where libgit2 can't do the work, failed with this output.
    case command(String)
    /// Anything else that libgit2 reports.
    case other(code: Int32, String)
}

extension GitError: CustomStringConvertible {
    /// The same as `message`.
    public var description: String { message }

    /// What is wrong, as one sentence for a person.
    public var message: String {
        switch self {
        case .notARepository(let path): "\(path) is not in a Git repository."
        case .noCommitYet(let path): "The repository at \(path) has no commit yet."
        case .untrustedOwner(let path): "The repository at \(path) belongs to another user."
        case .unsupported(let what): "This repository can't be used: \(what)."
        case .notFound(let what): "There is no \(what)."
        case .exists(let what): "There is already \(what)."
        case .invalidName(let name): "'\(name)' can't be the name of a branch."
        case .branchCheckedOut(let branch, let path):
            "The branch '\(branch)' is already checked out at \(path)."
        case .locked(let what): "Another process is changing \(what)."
        case .crossesFileSystems(let from, let to):
            "\(from) can't be renamed to \(to), which lies on another file system."
        case .notTheWorktree(let path, let reason):
            "What lies at \(path) is not the worktree that was made there: \(reason)."
        case .uncommittedEdits(let path, let words):
            "\(path) has uncommitted edits in the way, so nothing was changed: \(words)"
        case .unfinished(let path):
            "\(path) is in the middle of a merge, a rebase or the like, so nothing was changed."
        case .onAnotherBranch(let path, let branch):
            "\(path) is not on the branch '\(branch)' at the moment, so nothing was changed."
        case .refusedByHook(let hook, let words):
            "The hook '\(hook)' refused, so nothing was changed: \(words)"
        case .moved(let reference): "'\(reference)' was changed by somebody else meanwhile."
        case .unsafePath(let path): "The commit holds the path '\(path)', which no checkout may write."
        case .system(let error): "\(error.message)."
        case .notLoaded(let words): "libgit2 can't be loaded: \(words)."
        case .command(let output): "git failed: \(output)"
        case .other(let code, let text): "Git reported error \(code): \(text)."
        }
    }

    /// What to do about it, where there is something to do.
    public var hint: String? {
        switch self {
        case .notARepository: "Run it inside a repository, or make one with 'git init'."
        case .noCommitYet: "Make a first commit: 'git commit --allow-empty -m start'."
        case .untrustedOwner(let path):
            "Trust it with 'git config --global --add safe.directory \(ShellWord.quoted(path))'."
        case .branchCheckedOut: "Name another branch, or remove that worktree."
        case .invalidName: "See 'git help check-ref-format' for what a branch may be called."
        case .uncommittedEdits: "Commit or stash them, then try again."
        case .unfinished: "Finish it there, or abort it, then try again; its agent may be at it."
        case .onAnotherBranch(let path, let branch):
            "Check it out there: '\(ShellWord.line(["git", "-C", path, "switch", branch]))'."
        case .moved: "Try again."
        case .locked: "Try again; if no Git command runs, remove the stale '.lock' file."
        case .crossesFileSystems: "Put the trash on the same file system as the worktree."
        case .notTheWorktree: "Look into the folder; nothing in it was touched."
        case .notLoaded: "Run 'scripts/setup' again: it installs libgit2 and builds claudia for it."
        case .unsupported, .notFound, .exists, .refusedByHook, .unsafePath, .system, .command, .other: nil
        }
    }
}
