import CGit2
import Glibc
import Linux

/// The index of a worktree as a copy in memory, which is never written; conflicts are taken as "ours".
struct WorktreeIndex: ~Copyable {
    let handle: Owned
    /// Paths of files that a sparse checkout left out, so that they aren't missing.
    let isSparse: Bool

    /// Reads the index; by `git ls-files` where libgit2 can't (sparse, split or without a checksum).
    init(_ repository: borrowing Repository) throws(GitError) {
        let read = try Self.read(repository)
        // Comparisons would otherwise read the repository's own index again. Its own one it isn't given: libgit2 1.5.1
        // would then take it from its owner, and call upon nobody when it comes to a submodule.
        if !Self.isOwn(read.pointer, of: repository.handle.pointer) {
            try LibGit2.check(git_repository_set_index(repository.handle.pointer, read.pointer), "index")
        }
        isSparse = Self.skips(read.pointer)
        handle = read
    }

    private static func isOwn(_ index: OpaquePointer, of repository: OpaquePointer) -> Bool {
        var own: OpaquePointer?
        defer { git_index_free(own) }
        return git_repository_index(&own, repository) == 0 && own == index
    }

    /// A copy that the repository itself doesn't use.
    static func read(_ repository: borrowing Repository) throws(GitError) -> Owned {
        let opened = repository.handle.pointer
        do {
            let read = try Owned(git_index_free, "index") { git_repository_index(&$0, opened) }
            try settle(read.pointer)
            return read
        } catch {
            guard case .other = error else { throw error }
            return try listed(repository)
        }
    }

    /// Whether a path was left out by a sparse checkout.
    func skips(_ path: UnsafePointer<CChar>) -> Bool {
        guard isSparse, let entry = git_index_get_bypath(handle.pointer, path, 0) else { return false }
        return entry.pointee.flags_extended & UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue) != 0
    }

    /// The tree of what is staged.
    func writeTree(_ repository: borrowing Repository) throws(GitError) -> ObjectID {
        var id = git_oid()
        try LibGit2.check(
            git_index_write_tree_to(&id, handle.pointer, repository.handle.pointer), "tree of the index")
        return ObjectID(id)
    }

    private static func skips(_ index: OpaquePointer) -> Bool {
        (0..<git_index_entrycount(index)).contains { position in
            guard let entry = git_index_get_byindex(index, position) else { return false }
            return entry.pointee.flags_extended & UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue) != 0
        }
    }

    /// Replaces every conflict by our side, else by theirs, and drops entries that only intend to add.
    private static func settle(_ index: OpaquePointer) throws(GitError) {
        var dropped: [[CChar]] = []
        var settled: [(path: [CChar], mode: UInt32, id: git_oid)] = []
        for position in 0..<git_index_entrycount(index) {
            guard let entry = git_index_get_byindex(index, position), let path = entry.pointee.path else {
                continue
            }
            let name = Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
            let stage = git_index_entry_stage(entry)
            if stage == 0 {
                let intent = UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue)
                if entry.pointee.flags_extended & intent != 0 { dropped.append(name) }
            } else if stage == 2 || (stage == 3 && settled.last?.path != name) {
                settled.append((name, entry.pointee.mode, entry.pointee.id))
            }
        }
        for path in dropped { git_index_remove(index, path, 0) }
        guard git_index_has_conflicts(index) == 1 else { return }
        try LibGit2.check(git_index_conflict_cleanup(index), "conflicts of the index")
        for entry in settled { try add(entry.path, mode: entry.mode, id: entry.id, to: index) }
    }

    /// Puts one entry of which no stat is known into an index.
    static func add(
        _ path: [CChar], mode: UInt32, id: git_oid, to index: OpaquePointer, isSkipped: Bool = false
    ) throws(GitError) {
        let code = path.withUnsafeBufferPointer { bytes in
            var entry = git_index_entry()
            entry.path = bytes.baseAddress
            entry.mode = mode
            entry.id = id
            if isSkipped { entry.flags_extended = UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue) }
            return git_index_add(index, &entry)
        }
        try LibGit2.check(code, "index entry")
    }

    /// The index as `git ls-files` tells it, without stat data.
    private static func listed(_ repository: borrowing Repository) throws(GitError) -> Owned {
        let directory = String(cString: git_repository_path(repository.handle.pointer))
        let root = repository.mainWorktree
        let output = try GitCommand.run(
            ["--git-dir", directory, "--work-tree", root, "ls-files", "--stage", "-t", "-z"], in: root,
            why: "an index that libgit2 can't read")
        let index = try Owned(git_index_free, "index") { git_index_new(&$0) }
        // Each is `TAG MODE ID STAGE<tab>PATH`; of a conflict, stage 2 comes before 3 and after 1.
        for line in output.split(separator: 0) {
            guard let tab = line.firstIndex(of: 0x09) else { continue }
            let words = line[..<tab].split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
            guard words.count == 4, let mode = UInt32(words[1], radix: 8), let id = ObjectID(words[2]) else {
                continue
            }
            let path = line[(tab + 1)...].map { CChar(bitPattern: $0) } + [0]
            let isTheirs = words[3] == "3" && git_index_get_bypath(index.pointer, path, 0) == nil
            guard words[3] == "0" || words[3] == "2" || isTheirs else { continue }
            try add(path, mode: mode, id: id.raw, to: index.pointer, isSkipped: words[0] == "S")
        }
        return index
    }
}
