import CGit2

/// A commit of the person's to be made, signed where `commit.gpgSign` asks for it.
struct NewCommit {
    let tree: ObjectID
    let message: String
    let parents: [ObjectID]

    /// Writes it; by the person of the configuration, or by the author of another commit.
    func make(
        in repository: borrowing Repository, authorOf commit: OpaquePointer? = nil
    ) throws(GitError) -> ObjectID {
        let author = commit.flatMap { git_commit_author($0) }
        if try Settings(repository).isTrue("commit.gpgsign") { return try sign(repository, author) }
        return try repository.makeCommit(tree, message, parents, author: author)
    }

    /// `git commit-tree` knows every way of signing.
    private func sign(
        _ repository: borrowing Repository, _ author: UnsafePointer<git_signature>?
    ) throws(GitError) -> ObjectID {
        var variables: [String: String] = [:]
        if let author = author?.pointee {
            variables["GIT_AUTHOR_NAME"] = String(cString: author.name)
            variables["GIT_AUTHOR_EMAIL"] = String(cString: author.email)
            variables["GIT_AUTHOR_DATE"] = Signature.time(author.when)
        }
        let common = repository.commonDirectory
        let words = ["--git-dir", common, "commit-tree", "-S"] + parents.flatMap { ["-p", $0.description] }
        let output = try GitCommand.run(
            words + ["-m", message, tree.description], in: common, why: "signed commits",
            variables: variables)
        let text = String(decoding: output, as: UTF8.self).trimmingNewlines
        guard let made = ObjectID(text) else { throw .command("commit-tree told no commit: \(text)") }
        return made
    }
}
