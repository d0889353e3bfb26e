import CGit2

/// Local branches, named without `refs/heads/`.
public enum Branches {
    /// How many successors are tried before giving up.
    public static let successorsMax = 10_000

    /// Whether Git takes `name` for a branch.
    public static func isValid(_ name: String) -> Bool {
        var valid: CInt = 0
        guard (try? LibGit2.start()) != nil, git_branch_name_is_valid(&valid, name) == 0 else { return false }
        return valid == 1
    }

    /// Whether the branch exists.
    public static func exists(
        _ branch: String, in repository: borrowing Repository
    ) throws(GitError) -> Bool {
        try repository.headCommit(ofBranch: branch) != nil
    }

    /// Where the branch is checked out, a worktree that rebases or bisects it included; nil when nowhere.
    public static func whereCheckedOut(
        _ branch: String, in repository: borrowing Repository
    ) throws(GitError) -> String? {
        try repository.worktrees().first { $0.branch == branch }?.path
    }

    /// Makes the branch at `commit`, with a reflog entry; never moves one that exists.
    public static func create(
        _ branch: String, at commit: ObjectID, from base: String, in repository: borrowing Repository
    ) throws(GitError) {
        guard isValid(branch) else { throw .invalidName(branch) }
        let handle = repository.handle.pointer
        let reference = "refs/heads/\(branch)"
        var id = commit.raw
        // In a bare repository Git keeps no reflog unless there is one already.
        let hadLog = git_reference_has_log(handle, reference) == 1
        _ = git_reference_ensure_log(handle, reference)
        do {
            _ = try Owned(git_reference_free, "branch '\(branch)'") {
                git_reference_create(
                    &$0, handle, reference, &id, 0, "branch: Created from \(base)")
            }
        } catch {
            // A full disk may refuse the reflog's entry when the branch itself is there already.
            switch error {
            case .exists, .locked: break
            default: drop(branch, at: commit, in: repository)
            }
            if !hadLog { git_reflog_delete(handle, reference) }
            throw error
        }
    }

    /// The first of `<branch>-2`, `<branch>-3`, … that doesn't exist yet.
    public static func successor(
        of branch: String, in repository: borrowing Repository
    ) throws(GitError) -> String {
        for number in 2...successorsMax {
            let name = "\(branch)-\(number)"
            if try !exists(name, in: repository) { return name }
        }
        throw .exists("branch for every number up to \(branch)-\(successorsMax)")
    }
}
