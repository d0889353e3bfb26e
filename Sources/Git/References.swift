import CGit2

extension Repository {
    /// The commit that a reference, by its whole name, is at; nil when there is none.
    borrowing func target(of reference: String) throws(GitError) -> ObjectID? {
        var id = git_oid()
        let code = git_reference_name_to_id(&id, handle.pointer, reference)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try LibGit2.check(code, "reference '\(reference)'")
        return ObjectID(id)
    }

    /// Brings a reference to `commit`, if it is still at `old` (nil: doesn't exist); throws `.moved` if it isn't.
    borrowing func set(
        _ reference: String, to commit: ObjectID, from old: ObjectID?, log: String
    ) throws(GitError) {
        let repository = handle.pointer
        var id = commit.raw
        var expected = old?.raw ?? git_oid()
        var made: OpaquePointer?
        defer { git_reference_free(made) }
        let code =
            old == nil
            ? git_reference_create(&made, repository, reference, &id, 0, log)
            : git_reference_create_matching(&made, repository, reference, &id, 1, &expected, log)
        if code == GIT_EMODIFIED.rawValue || code == GIT_EEXISTS.rawValue { throw .moved(reference) }
        try LibGit2.check(code, "reference '\(reference)'")
    }
}
