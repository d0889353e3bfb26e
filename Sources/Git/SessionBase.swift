/// What a session's changes are counted from, once it took in news of its base: `refs/claudia/bases/<name>`.
public enum SessionBase {
    /// Where they lie.
    public static let prefix = "refs/claudia/bases/"

    /// The reference of the session `name`.
    public static func reference(name: String) -> String { prefix + name }

    /// The commit that the reference names, when the session's branch holds it; else `start`, where it began.
    public static func commit(
        name: String, start: ObjectID, branch: String, in repository: borrowing Repository
    ) throws(GitError) -> ObjectID {
        guard let base = try repository.target(of: reference(name: name)),
            let head = try repository.headCommit(ofBranch: branch),
            try repository.mergeBase(base, head) == base
        else { return start }
        return base
    }

    /// Notes that the session has all that is in `commit`.
    public static func set(
        name: String, to commit: ObjectID, in repository: borrowing Repository
    ) throws(GitError) {
        let old = try repository.target(of: reference(name: name))
        if old == commit { return }
        try repository.set(reference(name: name), to: commit, from: old, log: "claudia: synced")
    }

    /// Drops what an earlier session of that name has left.
    public static func drop(name: String, in repository: borrowing Repository) throws(GitError) {
        let reference = reference(name: name)
        // Removing takes the lock, also of what isn't there; a kill would leave it in every session's way.
        guard try repository.target(of: reference) != nil else { return }
        try StaleLock.outlasting(reference, in: repository.commonDirectory) { () throws(GitError) in
            try repository.remove(reference)
        }
    }
}
