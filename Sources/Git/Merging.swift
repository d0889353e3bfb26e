import CGit2

/// One side of a merge: what a session's worktree holds, or the tip of a branch.
public struct MergeSide: Equatable, Hashable, Sendable {
    /// The commit whose history tells where the sides parted: HEAD, not a checkpoint.
    public var head: ObjectID
    /// A commit or tree with the files: a checkpoint, or `head` itself.
    public var state: ObjectID

    /// A session at `head` whose files are those of `state`; without, those of `head`.
    public init(head: ObjectID, state: ObjectID? = nil) {
        self.head = head
        self.state = state ?? head
    }
}

/// What a merge in memory came to.
public struct MergeResult: Equatable, Sendable {
    /// Nothing in common.
    public static let none = MergeResult()

    /// A file that can't be merged without a person.
    public struct Conflict: Equatable, Sendable {
        /// The file, shown as UTF-8.
        public var path: String
        /// How the sides disagree.
        public var kind: Kind
        /// The lines of the first side's file that the second changed too, from and to, counted from 1.
        public var lines: [ClosedRange<Int>]
    }

    /// How two sides disagree about a file.
    public enum Kind: String, Equatable, Sendable {
        case bothChanged = "both_changed"
        case bothAdded = "both_added"
        case deletedByFirst = "deleted_by_first"
        case deletedBySecond = "deleted_by_second"
        case other
    }

    /// The tree, if there is no conflict and it was asked for.
    public internal(set) var tree: ObjectID?
    /// What is in conflict, ordered by path.
    public internal(set) var conflicts: [Conflict] = []
    /// Files that both sides changed, in conflict or not, ordered by path.
    public internal(set) var bothTouched: [String] = []
}

/// Merges in memory; nothing is written but, where a tree is asked for, its objects.
public enum Merging {
    /// Merges two states by what they have changed since their histories parted.
    public static func preview(
        _ first: MergeSide, _ second: MergeSide, in repository: borrowing Repository
    ) throws(GitError) -> MergeResult {
        try SideChanges.preview(
            try Sides(first, second, in: repository), [:], repository)
    }

    /// Merges these pairs of `sides` (nil: every pair), on a few threads; by the numbers of the two as given, of
    /// every pair the lower first.
    public static func previewAll(
        _ sides: [MergeSide], pairs wanted: [[Int]]? = nil, commonDirectory: String
    ) throws(GitError) -> [[Int]: MergeResult] {
        let pairs =
            wanted
            ?? sides.indices.flatMap { first in
                ((first + 1)..<max(first + 1, sides.count)).map { [first, $0] }
            }
        let next = Counter()
        let threads = pairs.count < 4 ? 1 : ParallelWork.threads
        let shares = ParallelWork.run(threads) { () -> Result<[[Int]: MergeResult], GitError> in
            do throws(GitError) {
                let repository = try Repository(at: commonDirectory)
                // A merge asks it for attributes.
                _ = try WorktreeIndex(repository)
                var (results, known): ([[Int]: MergeResult], [SideChanges.Key: SideChanges]) = ([:], [:])
                while case let number = next.next(), number < pairs.count {
                    let pair = pairs[number]
                    let both = try Sides(sides[pair[0]], sides[pair[1]], in: repository)
                    for key in both.keys where known[key] == nil {
                        known[key] = try SideChanges(key, in: repository)
                    }
                    results[pair] = try SideChanges.preview(both, known, repository)
                }
                return .success(results)
            } catch {
                next.stop()
                return .failure(error)
            }
        }
        var all: [[Int]: MergeResult] = [:]
        for share in shares { all.merge(try share.get()) { $1 } }
        return all
    }

    /// Merges three trees; with `writes` the tree is written where nothing is in conflict.
    static func merge(
        _ base: ObjectID?, _ first: ObjectID, _ second: ObjectID, writes: Bool,
        in repository: borrowing Repository
    ) throws(GitError) -> MergeResult {
        let handle = repository.handle.pointer
        let ours = try repository.openTree(first)
        let theirs = try repository.openTree(second)
        var options = git_merge_options()
        git_merge_options_init(&options, UInt32(GIT_MERGE_OPTIONS_VERSION))
        options.flags = GIT_MERGE_FIND_RENAMES.rawValue
        let index = try repository.withTree(base) { ancestor throws(GitError) in
            try Owned(git_index_free, "merge") {
                git_merge_trees(&$0, handle, ancestor, ours.pointer, theirs.pointer, &options)
            }
        }
        var result = MergeResult()
        if git_index_has_conflicts(index.pointer) == 1 {
            result.conflicts = try ConflictList.read(index, handle)
        } else if writes {
            var id = git_oid()
            try LibGit2.check(git_index_write_tree_to(&id, index.pointer, handle), "merged tree")
            result.tree = ObjectID(id)
        }
        return result
    }
}
