import CGit2

extension Repository {
    /// The commit that `commitish` names, tags peeled, as seen from the main worktree.
    public borrowing func resolve(_ commitish: String) throws(GitError) -> ObjectID {
        let found = try object(commitish)
        let commit = try Owned(git_object_free, "commit at '\(commitish)'") {
            git_object_peel(&$0, found.pointer, GIT_OBJECT_COMMIT)
        }
        guard let id = git_object_id(commit.pointer) else { throw .notFound("commit at '\(commitish)'") }
        return ObjectID(id)
    }

    /// The local branch that `commitish` names; "HEAD" names the one that the main worktree is on.
    ///
    /// Nil when it names none: a remote's branch, a tag, a commit, a detached HEAD.
    public borrowing func branchName(of commitish: String) throws(GitError) -> String? {
        let repository = handle.pointer
        var found: OpaquePointer?
        defer { git_reference_free(found) }
        let isHead = commitish == "HEAD" || commitish == "@"
        let code =
            isHead
            ? git_repository_head(&found, repository) : git_reference_dwim(&found, repository, commitish)
        guard code == 0, let found, git_reference_is_branch(found) == 1,
            let name = git_reference_shorthand(found)
        else { return nil }
        return String(cString: name)
    }

    /// The local branch that has a remote's branch, such as `origin/main`, for its upstream: of several the one with
    /// the same name.
    ///
    /// Nil where `commitish` names no branch of a remote, none tracks it, or several do under other names.
    public borrowing func branch(tracking commitish: String) throws(GitError) -> String? {
        guard let upstream = remoteBranch(commitish) else { return nil }
        let handle = handle.pointer
        let iterator = try Owned(git_branch_iterator_free, "branches") {
            git_branch_iterator_new(&$0, handle, GIT_BRANCH_LOCAL)
        }
        var tracking: [String] = []
        while true {
            var (found, kind): (OpaquePointer?, git_branch_t) = (nil, GIT_BRANCH_LOCAL)
            defer { git_reference_free(found) }
            let code = git_branch_next(&found, &kind, iterator.pointer)
            if code == GIT_ITEROVER.rawValue { break }
            try LibGit2.check(code, "branches")
            var above: OpaquePointer?
            defer { git_reference_free(above) }
            guard let found, git_branch_upstream(&above, found) == 0, let above,
                let name = git_reference_name(above), String(cString: name) == upstream,
                let short = git_reference_shorthand(found)
            else { continue }
            tracking.append(String(cString: short))
        }
        let alike = tracking.filter { upstream.hasSuffix("/\($0)") }
        return alike.max { $0.utf8.count < $1.utf8.count } ?? (tracking.count == 1 ? tracking[0] : nil)
    }

    /// The whole name of the remote's branch that `commitish` names; nil when it names none.
    public borrowing func remoteBranch(_ commitish: String) -> String? {
        var found: OpaquePointer?
        defer { git_reference_free(found) }
        guard git_reference_dwim(&found, handle.pointer, commitish) == 0, let found,
            git_reference_is_remote(found) == 1, let name = git_reference_name(found)
        else { return nil }
        return String(cString: name)
    }

    /// The commit that the local branch is at; nil when there is no such branch.
    public borrowing func headCommit(ofBranch branch: String) throws(GitError) -> ObjectID? {
        var id = git_oid()
        let code = git_reference_name_to_id(&id, handle.pointer, "refs/heads/" + branch)
        if code == GIT_ENOTFOUND.rawValue || code == GIT_EINVALIDSPEC.rawValue { return nil }
        try LibGit2.check(code, "branch '\(branch)'")
        return ObjectID(id)
    }

    private borrowing func object(_ commitish: String) throws(GitError) -> Owned {
        let repository = handle.pointer
        do {
            return try Owned(git_object_free, "revision '\(commitish)'") {
                git_revparse_single(&$0, repository, commitish)
            }
        } catch {
            if git_repository_head_unborn(repository) == 1 { throw .noCommitYet(path: mainWorktree) }
            if case .invalidName = error { throw .notFound("revision '\(commitish)'") }
            throw error
        }
    }
}
