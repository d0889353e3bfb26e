import Linux

/// Moving a branch to a commit that was made in memory, with the worktree that it is checked out in.
struct BranchMove {
    let branch: String
    let from: ObjectID
    let to: ObjectID
    /// Whether `to` descends from `from`.
    let isForward: Bool

    /// Moves it; where it is checked out, `git` does, which leaves everything alone where an edit is in the way.
    ///
    /// Returns the worktree that was updated.
    func run(_ repository: borrowing Repository) throws(GitError) -> String? {
        guard let place = try Branches.whereCheckedOut(branch, in: repository) else {
            try repository.set(
                "refs/heads/\(branch)", to: to, from: from, log: "claudia: brought to \(to.short)")
            return nil
        }
        let opened = try Checkout.open(place, of: repository)
        guard try opened.branchName(of: "HEAD") == branch else {
            throw .branchCheckedOut(branch: branch, path: place)
        }
        guard try opened.headCommit(ofBranch: branch) == from else { throw .moved("refs/heads/\(branch)") }
        // Both refuse, before anything is changed, where a file with an edit would be written.
        let words = isForward ? ["merge", "--quiet", "--ff-only"] : ["reset", "--quiet", "--keep"]
        let checkout = Checkout(opened)
        do {
            try checkout.git(
                words + [to.description], why: "a branch that is checked out",
                hooks: CommitHooks(repository).folder)
        } catch {
            throw Self.explained(error, place)
        }
        if !isForward { try takeBackUnlessExpected(checkout) }
        return place
    }

    /// `git reset` moves a branch from wherever it is, also from a commit that was made in the last moment.
    private func takeBackUnlessExpected(_ checkout: Checkout) throws(GitError) {
        let folder = try system { () throws(SystemError) in try Folder(at: checkout.directory) }
        guard let last = AdminLink.text(folder, "ORIG_HEAD").flatMap({ ObjectID($0) }), last != from else {
            return
        }
        try checkout.git(["reset", "--quiet", "--keep", "\(last)"], why: "a branch that is checked out")
        throw .moved("refs/heads/\(branch)")
    }

    /// Tells edits in the way apart by git's words, which are in English by `LC_ALL`.
    private static func explained(_ error: GitError, _ place: String) -> GitError {
        guard case .command(let words) = error else { return error }
        let isInTheWay = ["would be overwritten", "not uptodate", "would be removed", "would lose untracked"]
            .contains { words.contains($0) }
        guard isInTheWay else { return error }
        let files = words.split(separator: "; ").filter { $0.hasPrefix("\t") }.map { $0.dropFirst() }
        return .uncommittedEdits(path: place, files.isEmpty ? words : files.joined(separator: ", "))
    }
}
