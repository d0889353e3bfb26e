import CGit2

/// Making a branch's commits anew on top of another commit, in memory.
enum Rebasing {
    /// The most commits that are made anew.
    static let commitsMax = 10_000

    /// The new tip, or what is in conflict in the first commit that can't be made anew.
    enum Outcome {
        case done(ObjectID)
        case conflicts([MergeResult.Conflict])
    }

    /// Merge commits are left out, and so are commits whose changes are there already, as by `git rebase`.
    static func rebase(
        _ tip: ObjectID, onto target: ObjectID, in repository: borrowing Repository
    ) throws(GitError) -> Outcome {
        var current = target
        for id in try commits(of: tip, notOf: target, repository) {
            let handle = repository.handle.pointer
            var raw = id.raw
            let commit = try Owned(git_commit_free, "commit \(id)") { git_commit_lookup(&$0, handle, &raw) }
            guard git_commit_parentcount(commit.pointer) < 2 else { continue }
            var base: ObjectID?
            if let parent = git_commit_parent_id(commit.pointer, 0) {
                base = try repository.tree(of: ObjectID(parent))
            }
            let ours = try repository.tree(of: current)
            let result = try Merging.merge(
                base, ours, repository.tree(of: id), writes: true, in: repository)
            guard let tree = result.tree else { return .conflicts(result.conflicts) }
            guard tree != ours else { continue }
            let message = git_commit_message_raw(commit.pointer).map { String(cString: $0) } ?? ""
            current = try NewCommit(tree: tree, message: message, parents: [current])
                .make(in: repository, authorOf: commit.pointer)
        }
        return .done(current)
    }

    /// The commits of `tip` that `target` hasn't, parents first.
    static func commits(
        of tip: ObjectID, notOf target: ObjectID, _ repository: borrowing Repository
    ) throws(GitError) -> [ObjectID] {
        let handle = repository.handle.pointer
        let walk = try Owned(git_revwalk_free, "history of \(tip)") { git_revwalk_new(&$0, handle) }
        var (first, hidden) = (tip.raw, target.raw)
        git_revwalk_sorting(walk.pointer, GIT_SORT_TOPOLOGICAL.rawValue | GIT_SORT_REVERSE.rawValue)
        try LibGit2.check(git_revwalk_push(walk.pointer, &first), "history of \(tip)")
        try LibGit2.check(git_revwalk_hide(walk.pointer, &hidden), "history of \(target)")
        var found: [ObjectID] = []
        while true {
            var next = git_oid()
            let code = git_revwalk_next(&next, walk.pointer)
            if code == GIT_ITEROVER.rawValue { return found }
            try LibGit2.check(code, "history of \(tip)")
            found.append(ObjectID(next))
            guard found.count <= commitsMax else {
                throw .unsupported("more than \(commitsMax) commits would have to be made anew")
            }
        }
    }
}
