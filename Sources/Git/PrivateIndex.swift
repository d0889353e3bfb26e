import CGit2
import Glibc
import Linux

/// A worktree with its Git directory, for commands of `git` itself.
struct Checkout {
    /// Its own Git directory: of a linked worktree, the admin folder.
    let directory: String
    /// Its root.
    let root: String

    init(_ opened: borrowing Repository) {
        directory = String(cString: git_repository_path(opened.handle.pointer))
        root = opened.mainWorktree
    }

    /// Opens the worktree at `path`, the main one or a linked one.
    static func open(
        _ path: String, of repository: borrowing Repository
    ) throws(GitError) -> Repository {
        repository.mainWorktree == path
            ? try Repository(at: repository.commonDirectory)
            : try Repository(worktree: path, commonDirectory: repository.commonDirectory)
    }

    /// Runs `git WORDS` there.
    @discardableResult
    func git(
        _ words: [String], why: String, variables: [String: String] = [:], hooks: String? = nil
    ) throws(GitError) -> [UInt8] {
        let chosen = hooks.map { ["-c", "core.hooksPath=\($0)"] } ?? []
        return try GitCommand.run(
            chosen + ["--git-dir", directory, "--work-tree", root] + words, in: root, why: why,
            variables: variables, runsHooks: hooks != nil, limitS: GitCommand.checkoutLimitS)
    }
}

/// An index of our own beside a worktree's, gone with this value; the worktree's stays as it is.
struct PrivateIndex: ~Copyable {
    private let checkout: Checkout
    private let path: String

    init(_ checkout: Checkout) throws(GitError) {
        self.checkout = checkout
        path = "\(checkout.directory)claudia-index-\(getpid())"
        unlink(path)
    }

    deinit { unlink(path) }

    /// What a command needs in its environment to use it.
    var variables: [String: String] { ["GIT_INDEX_FILE": path] }

    /// Makes it hold what is in the worktree: tracked and untracked files, not ignored ones, nor new repositories of
    /// their own, which `git add` would take for submodules, or refuse.
    borrowing func addAll() throws(GitError) {
        // A copy of the worktree's own saves hashing what has not changed.
        try system { () throws(SystemError) in
            let folder = try Folder(at: checkout.directory)
            guard let status = try folder.status("index") else { return }
            let bytes = try folder.read("index", most: 1 << 30)
            let copy = try folder.open(RealPath.name(of: path), O_WRONLY | O_CREAT | O_EXCL)
            try copy.writeAll(bytes)
            // Git takes no entry for clean that is as young as the index.
            let time = timespec(
                tv_sec: Int(status.modifiedNs / 1_000_000_000),
                tv_nsec: Int(status.modifiedNs % 1_000_000_000))
            if futimens(copy.number, [time, time]) < 0 { throw .last("futimens", "index") }
        }
        // Of a repository within only its folder is told, with a slash.
        let others = try git(["ls-files", "-z", "--others", "--exclude-standard"]).split(separator: 0)
        let nested = others.filter { $0.last == 0x2F }.map { String(decoding: $0.dropLast(), as: UTF8.self) }
        try git(["add", "--all", "--", "."] + nested.map { ":(exclude,literal)\($0)" })
    }

    /// Makes it hold the tree of a commit or a tree.
    borrowing func read(_ tree: ObjectID) throws(GitError) { try git(["read-tree", tree.description]) }

    /// The tree of what it holds.
    borrowing func tree() throws(GitError) -> ObjectID {
        let text = String(decoding: try git(["write-tree"]), as: UTF8.self).trimmingNewlines
        guard let tree = ObjectID(text) else { throw .command("write-tree told no tree: \(text)") }
        return tree
    }

    /// Becomes the lock of the worktree's own index, whole as it is.
    ///
    /// Throws `.locked` where another process has it.
    consuming func lock() throws(GitError) -> IndexLock {
        let directory = checkout.directory
        do {
            let folder = try Folder(at: directory)
            try folder.rename(RealPath.name(of: path), to: folder, "index.lock", replacing: false)
        } catch {
            throw error.number == EEXIST ? .locked("the index of \(checkout.root)") : .system(error)
        }
        return IndexLock(directory: directory)
    }

    @discardableResult
    private borrowing func git(_ words: [String]) throws(GitError) -> [UInt8] {
        try checkout.git(words, why: "commits of a worktree's files", variables: variables)
    }
}
