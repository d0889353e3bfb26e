import CGit2

extension Repository {
    /// How many commits `tip` has that `other` hasn't.
    public borrowing func count(of tip: ObjectID, notOf other: ObjectID) throws(GitError) -> Int {
        var (ahead, behind, first, second) = (0, 0, tip.raw, other.raw)
        try LibGit2.check(
            git_graph_ahead_behind(&ahead, &behind, handle.pointer, &first, &second), "history of \(tip)")
        return ahead
    }

    /// The messages of the commits that `tip` has and `other` hasn't, the oldest first, merges left out.
    public borrowing func messages(
        of tip: ObjectID, notOf other: ObjectID
    ) throws(GitError) -> [String] {
        var messages: [String] = []
        for id in try Rebasing.commits(of: tip, notOf: other, self) {
            let repository = handle.pointer
            var raw = id.raw
            let commit = try Owned(git_commit_free, "commit \(id)") {
                git_commit_lookup(&$0, repository, &raw)
            }
            guard git_commit_parentcount(commit.pointer) < 2 else { continue }
            messages.append(git_commit_message(commit.pointer).map { String(cString: $0) } ?? "")
        }
        return messages
    }
}
