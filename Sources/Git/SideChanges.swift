import CGit2

/// Two sides of a merge, and the tree from which both started.
struct Sides {
    /// Nil for histories without a common commit.
    let base: ObjectID?
    let first: ObjectID
    let second: ObjectID

    init(
        _ first: MergeSide, _ second: MergeSide, in repository: borrowing Repository
    ) throws(GitError) {
        let parting = try repository.mergeBase(first.head, second.head)
        base = if let parting { try repository.tree(of: parting) } else { nil }
        self.first = try repository.tree(of: first.state)
        self.second = try repository.tree(of: second.state)
    }

    var keys: [SideChanges.Key] { [.init(base: base, side: first), .init(base: base, side: second)] }
}

/// The paths that one side of a merge changed; two sides without a path in common can't be in conflict.
struct SideChanges {
    /// What is compared: two trees.
    struct Key: Hashable {
        let base: ObjectID?
        let side: ObjectID
    }

    private(set) var paths: Set<[UInt8]> = []

    /// Compares trees only, of which equal ones aren't read.
    init(_ key: Key, in repository: borrowing Repository) throws(GitError) {
        let handle = repository.handle.pointer
        let side = try repository.openTree(key.side)
        let diff = try repository.withTree(key.base) { base throws(GitError) in
            try Owned(git_diff_free, "changes") {
                git_diff_tree_to_tree(&$0, handle, base, side.pointer, nil)
            }
        }
        for position in 0..<git_diff_num_deltas(diff.pointer) {
            guard let path = git_diff_get_delta(diff.pointer, position)?.pointee.new_file.path else {
                continue
            }
            paths.insert(String(cString: path).utf8.map { $0 })
        }
    }

    /// Merges only sides which have changed the same file, or one a file where the other has a folder.
    static func preview(
        _ sides: Sides, _ known: [Key: SideChanges], _ repository: borrowing Repository
    ) throws(GitError) -> MergeResult {
        var changes: [SideChanges] = []
        for key in sides.keys {
            if let found = known[key] {
                changes.append(found)
            } else {
                changes.append(try SideChanges(key, in: repository))
            }
        }
        let both = changes[0].paths.intersection(changes[1].paths)
        let clash = changes[0].hasFolder(of: changes[1]) || changes[1].hasFolder(of: changes[0])
        guard !both.isEmpty || clash else { return .none }
        var result = try Merging.merge(
            sides.base, sides.first, sides.second, writes: false, in: repository)
        result.bothTouched = both.map { String(decoding: $0, as: UTF8.self) }.sorted()
        return result
    }

    /// Whether a path of the other side lies beneath one of this side.
    private func hasFolder(of other: SideChanges) -> Bool {
        other.paths.contains { path in
            path.indices.contains { path[$0] == 0x2F && paths.contains(Array(path[..<$0])) }
        }
    }
}

extension Repository {
    /// The commit where two histories parted; nil when they have none in common.
    borrowing func mergeBase(_ first: ObjectID, _ second: ObjectID) throws(GitError) -> ObjectID? {
        var (base, one, other) = (git_oid(), first.raw, second.raw)
        let code = git_merge_base(&base, handle.pointer, &one, &other)
        if code == GIT_ENOTFOUND.rawValue { return nil }
        try LibGit2.check(code, "common commit of \(first) and \(second)")
        return ObjectID(base)
    }
}
