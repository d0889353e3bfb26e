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

    /// What `body` makes of every reference that fits `glob` and is at a commit, ordered by name.
    borrowing func references<Value>(
        _ glob: String, _ body: (String, ObjectID, borrowing Owned) -> Value
    ) throws(GitError) -> [Value] {
        let handle = handle.pointer
        let iterator = try Owned(git_reference_iterator_free, "references '\(glob)'") {
            git_reference_iterator_glob_new(&$0, handle, glob)
        }
        var values: [(name: String, value: Value)] = []
        while true {
            var found: OpaquePointer?
            let code = git_reference_next(&found, iterator.pointer)
            defer { git_reference_free(found) }
            if code == GIT_ITEROVER.rawValue { break }
            try LibGit2.check(code, "references '\(glob)'")
            guard let found, let target = git_reference_target(found), let text = git_reference_name(found)
            else {
                continue
            }
            var id = target.pointee
            let commit = try Owned(git_object_free, "object \(ObjectID(id))") {
                git_object_lookup(&$0, handle, &id, GIT_OBJECT_ANY)
            }
            guard git_object_type(commit.pointer) == GIT_OBJECT_COMMIT else { continue }
            let name = String(cString: text)
            values.append((name, body(name, ObjectID(target), commit)))
        }
        return values.sorted { $0.name < $1.name }.map(\.value)
    }

    /// Drops a reference; nothing happens when there is none.
    borrowing func remove(_ reference: String) throws(GitError) {
        let code = git_reference_remove(handle.pointer, reference)
        guard code != GIT_ENOTFOUND.rawValue else { return }
        try LibGit2.check(code, "reference '\(reference)'")
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
