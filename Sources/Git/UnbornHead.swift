import CGit2
import Linux

/// What a rescue lies on where HEAD names no commit: its branch was deleted, or it is an orphan.
struct UnbornHead {
    /// The commit that takes HEAD's place.
    ///
    /// The one that HEAD was at last, when the index goes on from that; else one without files, so that
    /// `git stash apply` adds files and deletes none.
    let head: ObjectID
    /// The commit that HEAD was at last, when it isn't `head`; kept, since nothing else may name it any more.
    let last: ObjectID?

    init(_ worktree: borrowing Repository, _ index: borrowing WorktreeIndex) throws(GitError) {
        let handle = worktree.handle.pointer
        let named = AdminFolder.lastCommit(inFolderAt: String(cString: git_repository_path(handle)))
        if let named, let tree = try? Self.tree(of: named, handle) {
            let goesOn = Self.shareAPath(index.handle.pointer, tree.pointer)
            head = try goesOn ? named : Self.emptyCommit(worktree)
            last = goesOn ? nil : named
        } else {
            head = try Self.emptyCommit(worktree)
            last = nil
        }
    }

    private static func tree(of commit: ObjectID, _ repository: OpaquePointer) throws(GitError) -> Owned {
        var id = commit.raw
        let found = try Owned(git_commit_free, "commit \(commit)") { git_commit_lookup(&$0, repository, &id) }
        return try Owned(git_tree_free, "tree of \(commit)") { git_commit_tree(&$0, found.pointer) }
    }

    private static func shareAPath(_ index: OpaquePointer, _ tree: OpaquePointer) -> Bool {
        (0..<git_index_entrycount(index)).contains { position in
            guard let entry = git_index_get_byindex(index, position), let path = entry.pointee.path else {
                return false
            }
            var found: OpaquePointer?
            defer { git_tree_entry_free(found) }
            return git_tree_entry_bypath(&found, tree, path) == 0
        }
    }

    private static func emptyCommit(_ repository: borrowing Repository) throws(GitError) -> ObjectID {
        let handle = repository.handle.pointer
        let empty = try Owned(git_index_free, "index") { git_index_new(&$0) }
        let signature = try Signature(repository)
        var (tree, id) = (git_oid(), git_oid())
        try LibGit2.check(git_index_write_tree_to(&tree, empty.pointer, handle), "tree without files")
        try LibGit2.check(
            git_commit_create_from_ids(
                &id, handle, nil, signature.pointer, signature.pointer, nil, "no commit yet\n", &tree, 0, nil),
            "commit without files")
        return ObjectID(id)
    }
}
