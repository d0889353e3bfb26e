import CGit2
import Glibc
import Linux

/// What Git's index says of a folder of the main worktree.
public enum TrackedFiles: Equatable, Sendable {
    /// A Git command is writing files at this moment, and tells only afterwards which.
    case beingChanged
    /// The tracked files beneath, relative to the folder; "" when the folder itself is one (a link, a submodule).
    case names(Set<String>)

    /// Reads which files beneath `folder`, a name in the main worktree `root`, Git tracks.
    ///
    /// A checkout writes files first and the index last, through `index.lock`: so what that holds counts too, and
    /// until it is whole nothing can be told.
    public static func read(
        in folder: String, root: String, commonDirectory: String
    ) throws(GitError) -> TrackedFiles {
        var names: Set<String> = []
        let lock = "\(commonDirectory)/index.lock"
        if access(lock, F_OK) == 0 {
            guard let coming = try? entries(folder, index: lock, root: root), isWhole(lock) else {
                return .beingChanged
            }
            names = coming
        }
        let index = "\(commonDirectory)/index"
        if access(index, F_OK) == 0, !isPlainly(without: folder, index) {
            names.formUnion(try entries(folder, index: index, root: root))
        }
        return .names(names)
    }

    /// The most bytes of an index that are looked through without libgit2: some hundred thousand files.
    private static let indexBytesMax = 16 << 20

    /// Whether an index names nothing in `folder`, as far as that can be told without starting libgit2.
    ///
    /// Of versions 2 and 3, whose paths stand in it whole (gitformat-index(5)); the rest of a split one lies elsewhere.
    private static func isPlainly(without folder: String, _ path: String) -> Bool {
        guard let place = try? Folder(at: RealPath.parent(of: path)),
            let bytes = try? place.read(RealPath.name(of: path), most: indexBytesMax), bytes.count >= 12,
            bytes.starts(with: Array("DIRC".utf8)), bytes[4..<7].allSatisfy({ $0 == 0 }),
            bytes[7] == 2 || bytes[7] == 3
        else { return false }
        return !holds(folder, bytes) && !holds("link", bytes)
    }

    private static func holds(_ name: String, _ bytes: [UInt8]) -> Bool {
        let wanted = Array(name.utf8)
        return bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress else { return false }
            var next = 0
            while next + wanted.count <= all.count,
                let found = memchr(base + next, CInt(wanted[0]), all.count - wanted.count + 1 - next)
            {
                if memcmp(found, wanted, wanted.count) == 0 { return true }
                next = base.distance(to: UnsafeRawPointer(found)) + 1
            }
            return false
        }
    }

    /// An index that is just being written is empty at first; libgit2 checks all others by their checksum.
    private static func isWhole(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_size > 0
    }

    private static func entries(_ folder: String, index: String, root: String) throws(GitError) -> Set<String>
    {
        do {
            return try indexed(folder, in: index)
        } catch .other {
            // An extension that libgit2 can't read: a split or sparse index.
            let output = try GitCommand.run(
                ["ls-files", "-z", "--", folder], in: root, why: "an index that libgit2 can't read",
                variables: ["GIT_INDEX_FILE": index])
            return Set(
                output.split(separator: 0).map { relative(String(decoding: $0, as: UTF8.self), to: folder) })
        }
    }

    private static func indexed(_ folder: String, in path: String) throws(GitError) -> Set<String> {
        let index = try Owned(git_index_free, "index") { git_index_open(&$0, path) }
        try LibGit2.check(git_index_read(index.pointer, 1), "index")
        var found: Set<String> = []
        if git_index_get_bypath(index.pointer, folder, 0) != nil { found.insert("") }
        var position = 0
        guard git_index_find_prefix(&position, index.pointer, folder + "/") == 0 else { return found }
        while let entry = git_index_get_byindex(index.pointer, position) {
            let path = String(cString: entry.pointee.path)
            guard path.hasPrefix(folder + "/") else { break }
            found.insert(relative(path, to: folder))
            position += 1
        }
        return found
    }

    private static func relative(_ path: String, to folder: String) -> String {
        path == folder ? "" : String(path.dropFirst(folder.count + 1))
    }
}
