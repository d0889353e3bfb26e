import CGit2

/// An open repository; opened, used and dropped by one thread.
///
/// Not Sendable: libgit2 allows one thread per object (its docs/threading.md). Paths are absolute.
public struct Repository: ~Copyable {
    let handle: Owned
    /// The Git directory that all worktrees share, without a slash at its end.
    public let commonDirectory: String
    /// Whether the repository has no main worktree.
    public let isBare: Bool
    /// The root of the main worktree; of a bare repository, its folder.
    public let mainWorktree: String

    /// Finds the repository that `path` lies in, and opens it as from its main worktree.
    ///
    /// From a linked worktree that is the repository which the worktree belongs to.
    public init(discovering path: String) throws(GitError) {
        let found = try Self.open(path, flags: 0)
        guard git_repository_is_worktree(found.pointer) == 1 else {
            self.init(main: found)
            return
        }
        let common = Self.text(git_repository_commondir(found.pointer))
        self.init(main: try Self.open(common, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue))
    }

    /// Opens the repository whose common Git directory, or main worktree, is `path`.
    public init(at path: String) throws(GitError) {
        self.init(main: try Self.open(path, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue))
    }

    /// Opens a linked worktree, and makes sure that it is one of the repository at `commonDirectory`.
    ///
    /// Whoever works in a worktree can replace its `.git`, so what libgit2 took for the worktree and its
    /// repository is compared with what was recorded; `core.worktree` can't lead it elsewhere.
    public init(worktree path: String, commonDirectory: String) throws(GitError) {
        let root = try RealPath.of(path)
        let common = try RealPath.of(commonDirectory)
        let admin = try AdminLink.read(worktree: root, commonDirectory: common)
        let opened = try Self.open(admin, flags: GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
        func expect(_ found: String, _ wanted: String, _ what: String) throws(GitError) {
            guard found != wanted else { return }
            throw .notTheWorktree(path: root, reason: "its \(what) is \(found), not \(wanted)")
        }
        try expect(Self.text(git_repository_commondir(opened.pointer)), common, "repository")
        try expect(Self.text(git_repository_path(opened.pointer)), admin, "Git directory")
        try expect(Self.text(git_repository_workdir(opened.pointer)), root, "root")
        self.handle = opened
        self.commonDirectory = common
        self.isBare = false
        self.mainWorktree = root
    }

    private init(main: consuming Owned) {
        commonDirectory = Self.text(git_repository_commondir(main.pointer))
        isBare = git_repository_is_bare(main.pointer) == 1
        let root = git_repository_workdir(main.pointer)
        mainWorktree = root == nil ? commonDirectory : Self.text(root)
        handle = main
    }

    private static func open(_ path: String, flags: UInt32) throws(GitError) -> Owned {
        do {
            return try Owned(git_repository_free, path) { git_repository_open_ext(&$0, path, flags, nil) }
        } catch {
            throw explained(error, path)
        }
    }

    /// Tells the refusals to open apart; libgit2 1.5.1 has one code for several of them.
    private static func explained(_ error: GitError, _ path: String) -> GitError {
        switch error {
        // libgit2 1.5.1 forgets that it found no exception in the configuration, and returns that instead.
        case .notFound where LibGit2.lastMessage.contains("safe.directory"),
            .other(GIT_EOWNER.rawValue, _):
            return .untrustedOwner(path: folder(at: path))
        case .notFound: return .notARepository(path: path)
        case .other(_, let text):
            if let name = text.split(separator: "unsupported extension name ").last, name.count < text.count {
                let isSHA256 = name.lowercased().contains("objectformat")
                return .unsupported(
                    isSHA256
                        ? "its objects have SHA-256 names, which libgit2 can't read"
                        : "it uses the extension '\(name)', which libgit2 can't read")
            }
            if text.contains("unsupported repository version") || text.contains("object format") {
                return .unsupported("libgit2 can't read its format (\(text))")
            }
            return error
        default: return error
        }
    }

    /// The folder of the repository that is found from `path`, whoever it belongs to.
    private static func folder(at path: String) -> String {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        guard git_repository_discover(&buffer, path, 0, nil) == 0 else { return path }
        let found = text(buffer.ptr)
        return found.hasSuffix("/.git") ? String(found.dropLast(5)) : found
    }

    /// A folder's path as libgit2 gives it, without the slash at its end.
    private static func text(_ path: UnsafePointer<CChar>?) -> String {
        guard let path else { return "" }
        let text = String(cString: path)
        return text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
