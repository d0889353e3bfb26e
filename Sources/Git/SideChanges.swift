import CGit2
import Glibc

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

/// What one side of a merge changed; two sides without a path in common can't be in conflict.
struct SideChanges {
    /// What is compared: two trees.
    struct Key: Hashable {
        let base: ObjectID?
        let side: ObjectID
    }

    /// An entry of a tree.
    struct Entry: Equatable {
        let mode: UInt32
        let id: ObjectID

        /// Neither a link nor a submodule.
        var isFile: Bool {
            mode == GIT_FILEMODE_BLOB.rawValue || mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue
        }
    }

    /// Nil where there is none; of another type, both changes are one after the other.
    struct Change {
        let old: Entry?
        let new: Entry?
    }

    private(set) var changes: [[UInt8]: Change] = [:]
    private var (adds, deletes) = (false, false)

    /// Whether something may have been moved, which is found only where all trees are read.
    var mayMove: Bool { adds && deletes }

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
            guard let delta = git_diff_get_delta(diff.pointer, position)?.pointee,
                let path = delta.new_file.path
            else { continue }
            let change = Change(old: Self.entry(delta.old_file), new: Self.entry(delta.new_file))
            adds = adds || change.old == nil
            deletes = deletes || change.new == nil
            changes[Array(UnsafeRawBufferPointer(start: path, count: strlen(path)))] = change
        }
    }

    private static func entry(_ file: git_diff_file) -> Entry? {
        file.mode == 0 ? nil : Entry(mode: UInt32(file.mode), id: ObjectID(file.id))
    }

    /// Merges only sides which have changed the same file, or one a file where the other has a folder.
    static func preview(
        _ sides: Sides, _ known: [Key: SideChanges], _ repository: borrowing Repository
    ) throws(GitError) -> MergeResult {
        var both: [SideChanges] = []
        for key in sides.keys {
            if let found = known[key] {
                both.append(found)
            } else {
                both.append(try SideChanges(key, in: repository))
            }
        }
        let (first, second) = (both[0], both[1])
        let common = first.changes.keys.filter { second.changes[$0] != nil }
        let clash = first.hasFolder(of: second) || second.hasFolder(of: first)
        guard !common.isEmpty || clash else { return .none }
        var result = MergeResult()
        if !clash, !first.mayMove, !second.mayMove,
            let conflicts = try FileMerging.conflicts(common, first, second, in: repository)
        {
            result.conflicts = conflicts
        } else {
            result = try Merging.merge(
                sides.base, sides.first, sides.second, writes: false, in: repository)
        }
        result.bothTouched = common.map { String(decoding: $0, as: UTF8.self) }.sorted()
        return result
    }

    /// Whether a path of the other side lies beneath one of this side.
    private func hasFolder(of other: SideChanges) -> Bool {
        other.changes.keys.contains { path in
            path.indices.contains { path[$0] == 0x2F && changes[Array(path[..<$0])] != nil }
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
