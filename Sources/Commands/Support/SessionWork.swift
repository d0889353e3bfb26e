internal import Git
internal import SessionModel
internal import Store

/// Where a session's work is, as its status tells.
struct SessionWork {
    /// The session.
    let name: SessionName
    /// All that is known of it.
    let status: SessionStatus
    /// The branch that it works on.
    let branch: String
    /// The worktree's root.
    let worktree: String
    /// The commit that its branch started from.
    let start: ObjectID
    /// The repository's common Git directory.
    let commonDirectory: String

    /// The work of `session`, which must have been made already.
    init(of session: SessionName, in workspace: borrowing Workspace) throws {
        guard let status = try workspace.publicFolder.readStatus(session), let branch = status.branch,
            let worktree = status.worktree, let commit = status.baseCommit, let start = ObjectID(commit)
        else {
            throw CommandError(
                "The session '\(session)' has no worktree yet.",
                hint:
                    "'claudia status \(session)' tells why; 'claudia up' starts a supervisor where none runs."
            )
        }
        name = session
        self.status = status
        (self.branch, self.worktree, self.start) = (branch, worktree, start)
        commonDirectory = workspace.place.commonDirectory
    }

    /// What its changes are counted from: where it began, or the news that it took in last.
    func base() throws(GitError) -> ObjectID {
        try SessionBase.commit(
            name: name.text, start: start, branch: branch, in: Repository(at: commonDirectory))
    }

    /// The commit that its branch is at.
    func head() throws -> ObjectID {
        guard let head = try Repository(at: commonDirectory).headCommit(ofBranch: branch) else {
            throw CommandError(
                "The branch '\(branch)' of the session '\(name)' is gone.",
                hint: "'claudia status \(name)' says how to bring it back.")
        }
        return head
    }

    /// Whether an agent may be at work in the worktree.
    var hasAgent: Bool { status.agentPID != nil }
}
