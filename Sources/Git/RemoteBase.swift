import CGit2

/// Branches of remotes as what sessions start from.
public enum RemoteBase {
    /// Has `git fetch` update `base` where it is a branch of a remote, such as `origin/main`.
    ///
    /// Throws `.notFound` where it is none. Nobody is asked for a password, and no hook runs.
    public static func fetch(_ base: String, commonDirectory: String) throws(GitError) {
        let repository = try Repository(at: commonDirectory)
        let short = base.dropping(prefix: "refs/remotes/") ?? base
        let names = try remotes(repository)
        // A remote's name may hold slashes; the longest is meant.
        let remote = names.filter { short.hasPrefix($0 + "/") }.max { $0.utf8.count < $1.utf8.count }
        guard let remote else {
            throw .notFound("remote whose branch '\(base)' is (remotes: \(names.joined(separator: ", ")))")
        }
        let branch = String(short.dropFirst(remote.count + 1))
        try GitCommand.run(
            [
                "--git-dir", commonDirectory, "fetch", "--quiet", "--no-write-fetch-head", "--", remote,
                branch,
            ],
            in: repository.mainWorktree, why: "remotes")
    }

    /// The names of the remotes.
    public static func remotes(_ repository: borrowing Repository) throws(GitError) -> [String] {
        var list = git_strarray()
        defer { git_strarray_dispose(&list) }
        try LibGit2.check(git_remote_list(&list, repository.handle.pointer), "remotes")
        return (0..<list.count).compactMap { list.strings?[$0].map { String(cString: $0) } }
    }
}
