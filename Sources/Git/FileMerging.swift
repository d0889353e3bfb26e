import CGit2

/// Merging the files that both sides changed and no others: what `git_merge_trees` comes to where nothing was moved,
/// without reading the trees.
enum FileMerging {
    /// The conflicts at these paths; nil where only a merge of the whole trees can tell.
    ///
    /// That is so of links and submodules, of files that a driver of the repository's merges, and of missing objects.
    static func conflicts(
        _ paths: [[UInt8]], _ first: SideChanges, _ second: SideChanges,
        in repository: borrowing Repository
    ) throws(GitError) -> [MergeResult.Conflict]? {
        guard try Settings(repository).text("merge.default") == nil else { return nil }
        var conflicts: [MergeResult.Conflict] = []
        for path in paths {
            guard let ours = first.changes[path], let theirs = second.changes[path],
                ours.new != theirs.new
            else { continue }
            let entries = [ours.old, ours.new, theirs.new]
            guard entries.allSatisfy({ $0?.isFile ?? true }),
                let found = conflict(at: path, entries, repository.handle.pointer)
            else { return nil }
            conflicts += found
        }
        return conflicts.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// One conflict or none at a path, of which these are base, our and their entry.
    private static func conflict(
        at path: [UInt8], _ entries: [SideChanges.Entry?], _ repository: OpaquePointer
    ) -> [MergeResult.Conflict]? {
        let name = path.map { CChar(bitPattern: $0) } + [0]
        return name.withUnsafeBufferPointer { name in
            let raw = entries.map { entry in
                var raw = git_index_entry()
                raw.path = name.baseAddress
                raw.mode = entry?.mode ?? 0
                raw.id = entry?.id.raw ?? git_oid()
                return raw
            }
            return raw.withUnsafeBufferPointer { raw in
                func pointer(_ place: Int) -> ConflictList.Entry {
                    entries[place] == nil ? nil : raw.baseAddress.map { $0 + place }
                }
                let (base, ours, theirs) = (pointer(0), pointer(1), pointer(2))
                var lines: [ClosedRange<Int>] = []
                if ours != nil, theirs != nil {
                    guard !hasDriver(name.baseAddress, repository),
                        let merged = ConflictList.merged(base, ours, theirs, repository)
                    else { return nil }
                    if merged.isClean { return [] }
                    lines = merged.lines
                }
                return ConflictList.conflict(base, ours, theirs, lines).map { [$0] }
            }
        }
    }

    /// Whether attributes say how to merge a file.
    private static func hasDriver(_ path: UnsafePointer<CChar>?, _ repository: OpaquePointer) -> Bool {
        var value: UnsafePointer<CChar>?
        return git_attr_get(&value, repository, 0, path, "merge") != 0
            || git_attr_value(value) != GIT_ATTR_VALUE_UNSPECIFIED
    }
}
