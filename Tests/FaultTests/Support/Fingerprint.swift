import Linux

extension Sandbox {
    /// A hash of everything that a session's work is: files of every kind with their modes, index, branch, stash.
    func fingerprint(_ name: String) throws -> String {
        try sh(
            """
            { find . -not -path './.git' -printf '%p %y %m %l\\n' | sort
              find . -type f -not -path './.git' -print0 | sort -z | xargs -0 sha256sum
              git ls-files --stage; git rev-parse HEAD; git symbolic-ref HEAD; git stash list --format=%H
            } | sha256sum
            """, in: worktree(name))
    }
}
