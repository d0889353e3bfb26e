import CGit2

/// How a branch's commits come into another.
public enum LandingWay: String, Equatable, Sendable, CaseIterable {
    /// A commit with both as parents.
    case merge
    /// One commit with all the changes.
    case squash
    /// Each commit anew on top of the target.
    case rebase
    /// The target moves forward to the same commit.
    case fastForward = "ff-only"
}

/// What came of bringing one branch's work into another.
public enum LandingResult: Equatable, Sendable {
    /// The target is at `commit` now, and was at `before`; `worktree` is where it is checked out and was updated.
    case landed(commit: ObjectID, before: ObjectID, worktree: String?)
    /// All of it was there already; nothing was changed.
    case upToDate
    /// Nothing was changed, since these files are in conflict.
    case conflicts([MergeResult.Conflict])
    /// Nothing was changed, since the target has commits that the source hasn't.
    case notForward
}

/// Bringing work from one branch into another, in memory first.
public struct Landing: Equatable, Sendable {
    /// The repository's common Git directory.
    public var commonDirectory: String
    /// The commit whose work is brought in.
    public var source: ObjectID
    /// The branch that it comes into, without `refs/heads/`.
    public var target: String
    /// How.
    public var way: LandingWay
    /// The message of the commit that `merge` and `squash` make.
    public var message: String

    /// A landing, part by part.
    public init(
        commonDirectory: String, source: ObjectID, target: String, way: LandingWay, message: String
    ) {
        self.commonDirectory = commonDirectory
        self.source = source
        self.target = target
        self.way = way
        self.message = message
    }

    /// Makes the commits, then moves the target, with the worktree that it is checked out in.
    ///
    /// Throws `.uncommittedEdits`, and changes nothing, where that worktree has edits in the way.
    public func run() throws(GitError) -> LandingResult {
        let repository = try Repository(at: commonDirectory)
        guard let before = try repository.headCommit(ofBranch: target) else {
            throw .notFound("branch '\(target)'")
        }
        let base = try repository.mergeBase(before, source)
        if base == source { return .upToDate }
        let made: ObjectID
        switch way {
        case .fastForward:
            guard base == before else { return .notForward }
            made = source
        case .rebase where base == before: made = source
        case .rebase:
            switch try Rebasing.rebase(source, onto: before, in: repository) {
            case .done(let commit): made = commit
            case .conflicts(let conflicts): return .conflicts(conflicts)
            }
            if made == before { return .upToDate }
        case .merge, .squash:
            let parting: ObjectID? = if let base { try repository.tree(of: base) } else { nil }
            let result = try Merging.merge(
                parting, repository.tree(of: before), repository.tree(of: source), writes: true,
                in: repository)
            guard let tree = result.tree else { return .conflicts(result.conflicts) }
            if way == .squash, try repository.tree(of: before) == tree { return .upToDate }
            let parents = way == .merge ? [before, source] : [before]
            made = try NewCommit(tree: tree, message: judged(tree, repository), parents: parents)
                .make(in: repository)
        }
        let place = try BranchMove(branch: target, from: before, to: made, isForward: true).run(repository)
        return .landed(commit: made, before: before, worktree: place)
    }

    /// The message as hooks leave it, which see the new files in an index, in the worktree that has the target.
    ///
    /// Where none has it there is no place for them to look at files: then they aren't run.
    private func judged(_ tree: ObjectID, _ repository: borrowing Repository) throws(GitError) -> String {
        let hooks = try CommitHooks(repository)
        let occasion: CommitHooks.Occasion = way == .merge ? .merge : .commit
        guard hooks.concern(occasion),
            let place = try Branches.whereCheckedOut(target, in: repository)
        else { return message }
        let checkout = Checkout(try Checkout.open(place, of: repository))
        let index = try PrivateIndex(checkout)
        try index.read(tree)
        return try hooks.pass(occasion, message, index, in: checkout)
    }

    /// Puts the branch's own commits anew on top of `commit`, as `git rebase` does, with its worktree.
    public static func rebase(
        branch: String, onto commit: ObjectID, commonDirectory: String
    ) throws(GitError) -> LandingResult {
        let repository = try Repository(at: commonDirectory)
        guard let before = try repository.headCommit(ofBranch: branch) else {
            throw .notFound("branch '\(branch)'")
        }
        let base = try repository.mergeBase(before, commit)
        if base == commit { return .upToDate }
        switch try Rebasing.rebase(before, onto: commit, in: repository) {
        case .conflicts(let conflicts): return .conflicts(conflicts)
        case .done(let made):
            let place = try BranchMove(branch: branch, from: before, to: made, isForward: base == before).run(
                repository)
            return .landed(commit: made, before: before, worktree: place)
        }
    }
}
