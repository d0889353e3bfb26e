import CGit2

extension Repository {
    /// Writes a commit that no reference names yet.
    borrowing func makeCommit(
        _ tree: ObjectID, _ message: String, _ parents: [ObjectID],
        author: UnsafePointer<git_signature>? = nil
    ) throws(GitError) -> ObjectID {
        let signature = try Signature(self)
        var id = git_oid()
        var treeID = tree.raw
        let list = parents.map(\.raw)
        let code = list.withUnsafeBufferPointer { parents in
            var pointers = parents.indices.map { position in parents.baseAddress.map { $0 + position } }
            return git_commit_create_from_ids(
                &id, handle.pointer, nil, author ?? UnsafePointer(signature.pointer), signature.pointer, nil,
                message,
                &treeID, pointers.count, &pointers)
        }
        try LibGit2.check(code, "commit")
        return ObjectID(id)
    }

    /// The tree of a commit; a tree is its own.
    borrowing func tree(of commit: ObjectID) throws(GitError) -> ObjectID {
        let repository = handle.pointer
        var id = commit.raw
        let found = try Owned(git_object_free, "commit \(commit)") {
            git_object_lookup(&$0, repository, &id, GIT_OBJECT_ANY)
        }
        let tree = try Owned(git_object_free, "tree of \(commit)") {
            git_object_peel(&$0, found.pointer, GIT_OBJECT_TREE)
        }
        guard let tree = git_object_id(tree.pointer) else { throw .notFound("tree of \(commit)") }
        return ObjectID(tree)
    }

    /// Opens a tree.
    borrowing func openTree(_ tree: ObjectID) throws(GitError) -> Owned {
        let repository = handle.pointer
        var id = tree.raw
        return try Owned(git_tree_free, "tree \(tree)") { git_tree_lookup(&$0, repository, &id) }
    }
    /// Lends `body` a tree, or nothing where there is none.
    borrowing func withTree<Result: ~Copyable>(
        _ tree: ObjectID?, _ body: (OpaquePointer?) throws(GitError) -> Result
    ) throws(GitError) -> Result {
        guard let tree else { return try body(nil) }
        let opened = try openTree(tree)
        return try body(opened.pointer)
    }
}

/// What commits tell, which anybody can write.
enum Commits {
    /// Seconds since 1970 past which nothing can be reckoned with.
    private static let secondsMax: Int64 = 1 << 40

    /// When the commit was made, in seconds since 1970.
    static func time(of commit: OpaquePointer) -> Int64 {
        min(max(git_commit_time(commit), -secondsMax), secondsMax)
    }
}
