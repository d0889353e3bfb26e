import CGit2

/// Committing what is in a worktree, for the person who asks for it.
public struct WorktreeCommit: Equatable, Sendable {
    /// The worktree's root.
    public var worktree: String
    /// The repository's common Git directory.
    public var commonDirectory: String
    /// The branch that it must be on.
    public var branch: String

    /// A commit to be made, part by part.
    public init(worktree: String, commonDirectory: String, branch: String) {
        self.worktree = worktree
        self.commonDirectory = commonDirectory
        self.branch = branch
    }

    /// How many files are not committed: staged, changed or untracked, not ignored.
    ///
    /// Throws where the worktree is on another branch, or in the middle of a merge or the like.
    public func uncommitted() throws(GitError) -> Int {
        let opened = try open()
        guard let head = try Repository(at: commonDirectory).headCommit(ofBranch: branch) else {
            throw .notFound("branch '\(branch)'")
        }
        return try opened.diff(since: head).files
    }

    /// Commits all that `git add --all` takes, hooks and signing as for `git commit`; nil when there is nothing.
    ///
    /// The files stay as they are, and the index is brought to the commit.
    public func run(message: String) throws(GitError) -> ObjectID? {
        let opened = try open()
        let repository = try Repository(at: commonDirectory)
        guard let head = try repository.headCommit(ofBranch: branch) else {
            throw .notFound("branch '\(branch)'")
        }
        let checkout = Checkout(opened)
        let index = try PrivateIndex(checkout)
        try index.addAll()
        guard try index.tree() != repository.tree(of: head) else { return nil }
        let hooks = try CommitHooks(repository)
        let text = try hooks.pass(.commit, message, index, in: checkout)
        // A hook may have changed what is staged.
        let made = try NewCommit(tree: index.tree(), message: text, parents: [head]).make(in: repository)
        // As by `git commit`: with an index of before, the next commit would take this one back.
        let lock = try index.lock()
        do {
            try repository.set("refs/heads/\(branch)", to: made, from: head, log: "commit: by claudia")
        } catch {
            lock.release()
            throw error
        }
        try lock.replaceIndex()
        hooks.tell("post-commit", in: checkout)
        return made
    }

    private func open() throws(GitError) -> Repository {
        let opened = try Repository(worktree: worktree, commonDirectory: commonDirectory)
        let state = git_repository_state(opened.handle.pointer)
        guard state == GIT_REPOSITORY_STATE_NONE.rawValue else { throw .unfinished(path: worktree) }
        guard try opened.branchName(of: "HEAD") == branch else {
            throw .onAnotherBranch(path: worktree, branch: branch)
        }
        return opened
    }
}
