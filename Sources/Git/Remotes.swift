import CGit2

/// What goes through `git` to other repositories and back; nobody is asked for a password.
public enum Remotes {
    /// The names of the remotes.
    public static func list(_ repository: borrowing Repository) throws(GitError) -> [String] {
        var list = git_strarray()
        defer { git_strarray_dispose(&list) }
        try LibGit2.check(git_remote_list(&list, repository.handle.pointer), "remotes")
        return (0..<list.count).compactMap { list.strings?[$0].map { String(cString: $0) } }
    }

    /// Has `git fetch` update `base` where it is a branch of a remote, such as `origin/main`.
    ///
    /// Throws `.notFound` where it is none. No hook runs.
    public static func fetch(base: String, in repository: borrowing Repository) throws(GitError) {
        let short = base.dropping(prefix: "refs/remotes/") ?? base
        let names = try list(repository)
        // A remote's name may hold slashes; the longest is meant.
        let remote = names.filter { short.hasPrefix($0 + "/") }.max { $0.utf8.count < $1.utf8.count }
        guard let remote else {
            throw .notFound("remote whose branch '\(base)' is (remotes: \(names.joined(separator: ", ")))")
        }
        let branch = String(short.dropFirst(remote.count + 1))
        // Else it could say where to put what is fetched.
        guard Branches.isValid(branch) else { throw .invalidName(branch) }
        try run(["fetch", "--quiet", "--no-write-fetch-head", "--", remote, branch], in: repository)
    }

    /// Fetches one reference as `local`, whatever that was; every object is checked.
    static func fetch(
        _ reference: String, from remote: String, as local: String, in repository: borrowing Repository
    ) throws(GitError) {
        try run(
            [
                "-c", "fetch.fsckObjects=true", "fetch", "--quiet", "--no-write-fetch-head", "--no-tags",
                "--no-recurse-submodules", "--", remote, "+\(reference):\(local)",
            ], in: repository)
    }

    /// Sends one reference; the remote refuses one that doesn't descend from its own.
    static func push(
        _ reference: String, to remote: String, in repository: borrowing Repository
    ) throws(GitError) {
        // `pre-push` may have objects to bring along, as that of LFS has.
        try run(
            ["push", "--quiet", "--", remote, "\(reference):\(reference)"], in: repository,
            hooks: CommitHooks(repository).folder)
    }

    /// The names beneath `prefix` that the remote has.
    static func names(
        beneath prefix: String, of remote: String, in repository: borrowing Repository
    ) throws(GitError) -> [String] {
        let output = try run(["ls-remote", "--quiet", "--", remote, "\(prefix)*"], in: repository)
        return String(decoding: output, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: "\t", maxSplits: 1)
            return words.count == 2 ? String(words[1]).dropping(prefix: prefix) : nil
        }
    }

    /// In the main worktree, which a remote's path may be relative to.
    @discardableResult
    private static func run(
        _ words: [String], in repository: borrowing Repository, hooks: String? = nil
    ) throws(GitError) -> [UInt8] {
        let chosen = hooks.map { ["-c", "core.hooksPath=\($0)"] } ?? []
        return try GitCommand.run(
            chosen + ["--git-dir", repository.commonDirectory] + words, in: repository.mainWorktree,
            why: "remotes", runsHooks: hooks != nil, limitS: GitCommand.checkoutLimitS)
    }
}
