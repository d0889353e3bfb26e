import CGit2
import Glibc

/// A commit's tree laid out for writing: every folder, and every file in the order of Git's index.
///
/// Names are bytes, since Git's are; a plan is read by several threads and changed by none.
struct CheckoutPlan: Sendable {
    /// How deep folders may be nested before the work is left to libgit2: each level holds a descriptor.
    static let depthMax = 200

    /// One file, symbolic link or submodule.
    struct File: Sendable {
        let id: ObjectID
        /// 100644, 100755, 120000 or 160000, in octal.
        let mode: UInt32
        /// Where the whole path starts in `paths`, where its last name does, and where its NUL is.
        let start: Int
        let name: Int
        let end: Int
    }

    /// One folder; the first is the root.
    struct Folder: Sendable {
        let id: ObjectID
        let start: Int
        let name: Int
        let end: Int
        var files: [Int] = []
        var folders: [Int] = []
        /// Files in it and beneath.
        var total = 0
    }

    private(set) var files: [File] = []
    private(set) var folders: [Folder] = []
    /// Every path, each ended by NUL.
    private(set) var paths: [UInt8] = []
    /// The `.gitattributes` files in it.
    private(set) var attributes: [File] = []
    private(set) var depth = 0
    /// Entries whose names Git may refuse, which libgit2 has to judge: where the path starts, and the mode.
    private(set) var suspects: [(start: Int, mode: UInt32)] = []

    /// Reads the tree of the commit.
    init(commit: ObjectID, in repository: borrowing Repository) throws(GitError) {
        paths.append(0)
        folders.append(Folder(id: try repository.tree(of: commit), start: 0, name: 0, end: 0))
        try read(folder: 0, prefix: [], depth: 1, repository.handle.pointer)
    }

    /// The path of a file or folder as text for people.
    func text(_ start: Int, _ end: Int) -> String { String(decoding: paths[start..<end], as: UTF8.self) }

    private mutating func read(
        folder: Int, prefix: [UInt8], depth level: Int, _ handle: OpaquePointer
    ) throws(GitError) {
        depth = max(depth, level)
        // The descent is recursive; a tree that is deeper goes to libgit2, which judges it.
        guard level <= Self.depthMax else { return }
        var id = folders[folder].id.raw
        let tree = try Owned(git_tree_free, "tree \(folders[folder].id)") {
            git_tree_lookup(&$0, handle, &id)
        }
        let before = files.count
        for index in 0..<git_tree_entrycount(tree.pointer) {
            guard let entry = git_tree_entry_byindex(tree.pointer, index),
                let name = git_tree_entry_name(entry), let entryID = git_tree_entry_id(entry)
            else { continue }
            let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
            let start = paths.count
            paths += prefix
            paths += bytes
            let end = paths.count
            paths.append(0)
            let mode = git_tree_entry_filemode(entry).rawValue
            if EntryName.isSuspect(bytes, isLink: mode == GIT_FILEMODE_LINK.rawValue) {
                suspects.append((start, mode))
            }
            if mode == GIT_FILEMODE_TREE.rawValue {
                let made = folders.count
                folders.append(
                    Folder(id: ObjectID(entryID), start: start, name: start + prefix.count, end: end))
                folders[folder].folders.append(made)
                try read(folder: made, prefix: Array(paths[start..<end]) + [0x2F], depth: level + 1, handle)
            } else {
                let file = File(
                    id: ObjectID(entryID), mode: mode, start: start, name: start + prefix.count, end: end)
                if EntryName.isAttributes(bytes) { attributes.append(file) }
                folders[folder].files.append(files.count)
                files.append(file)
            }
        }
        folders[folder].total = files.count - before
    }

    /// Throws `.unsafePath` for the first path that libgit2 refuses to put into an index.
    func judge(in repository: borrowing Repository) throws(GitError) {
        guard !suspects.isEmpty else { return }
        let handle = repository.handle.pointer
        let index = try Owned(git_index_free, "index") { git_repository_index(&$0, handle) }
        for suspect in suspects {
            let code = paths.withUnsafeBytes { bytes in
                var entry = git_index_entry()
                entry.path = bytes.baseAddress?.advanced(by: suspect.start)
                    .assumingMemoryBound(to: CChar.self)
                entry.mode = suspect.mode == GIT_FILEMODE_TREE.rawValue ? 0o100644 : suspect.mode
                entry.id = files.first?.id.raw ?? git_oid()
                return git_index_add(index.pointer, &entry)
            }
            guard code < 0 else { continue }
            let end = paths[suspect.start...].firstIndex(of: 0) ?? paths.count
            throw .unsafePath(text(suspect.start, end))
        }
    }

    /// Whether every path comes after the one before it, as in any tree that Git itself wrote.
    ///
    /// A tree that isn't could hold a link and a folder of one name.
    var isOrdered: Bool {
        paths.withUnsafeBytes { bytes in
            zip(files, files.dropFirst()).allSatisfy { before, after in
                let count = min(before.end - before.start, after.end - after.start)
                guard let base = bytes.baseAddress else { return false }
                let order = memcmp(base + before.start, base + after.start, count)
                if order != 0 { return order < 0 }
                // One path being the beginning of the other: fine unless it is the other's folder.
                guard after.end - after.start > count else { return false }
                return bytes[after.start + count] != 0x2F
            }
        }
    }
}

/// What a name in a tree may be.
enum EntryName {
    /// Whether Git may refuse the name, so that libgit2 must judge it.
    ///
    /// Git refuses `.`, `..`, and what some file system takes for `.git`: in any case, with HFS+'s ignored
    /// code points (all of them above 0x7F), as NTFS's `git~1`, or with dots, blanks or a stream behind
    /// (path.c). A link may besides not be taken for `.gitmodules`, nor by a short name of NTFS.
    static func isSuspect(_ name: UnsafeRawBufferPointer, isLink: Bool) -> Bool {
        guard let first = name.first else { return true }
        if isLink, name.contains(0x7E) || hasGit(name) { return true }
        if name.contains(0x2F) || name.contains(0x5C) { return true }
        if first == 0x2E {
            if name.count <= 2 { return name.count == 1 || name[1] == 0x2E }
            guard isGit(name, from: 1) else { return hasGit(name) && name.contains { $0 > 0x7F } }
            return name.count == 4 || !isWord(name[4]) || name.contains { $0 > 0x7F }
        }
        if first == 0x47 || first == 0x67, name.count > 3, name[3] == 0x7E { return true }
        return first > 0x7F && name.contains(0x2E) && hasGit(name)
    }

    static func isAttributes(_ name: UnsafeRawBufferPointer) -> Bool {
        name.count == 14 && name.elementsEqual(".gitattributes".utf8)
    }

    /// Whether `git` stands at `start`, in any case.
    private static func isGit(_ name: UnsafeRawBufferPointer, from start: Int) -> Bool {
        guard name.count >= start + 3 else { return false }
        return name[start] | 0x20 == 0x67 && name[start + 1] | 0x20 == 0x69 && name[start + 2] | 0x20 == 0x74
    }

    /// Whether `g`, `i` and `t` occur at all.
    private static func hasGit(_ name: UnsafeRawBufferPointer) -> Bool {
        [0x67, 0x69, 0x74].allSatisfy { letter in name.contains { $0 | 0x20 == letter } }
    }

    /// Whether the byte can't end the name for NTFS: a letter, digit, `_` or `-`.
    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
    }
}
