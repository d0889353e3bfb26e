import CGit2
import Glibc
import Linux
import Synchronization

/// Finds which paths of a worktree may differ from its index, so that libgit2 need compare only these.
///
/// libgit2 1.5.1 looks at one file after the other by its whole path. Here a few threads look from held folders, while
/// libgit2 reads the index. What is left out is known to be as in the index by the rules that Git and libgit2 share
/// (racy-git in Git's documentation): same kind and mode, same stat, and older than the index. All else is for
/// libgit2 to judge: untracked and ignored files, submodules, what is missing or has become something else.
struct WorktreeScan: ~Copyable {
    /// A path that no comparison reports, for when there is no other: none at all would mean all.
    private static let none = ".git".utf8CString.map(\.self)
    /// The most bytes of an index that is looked through here: some million files.
    private static let indexBytesMax = 128 << 20
    /// Folders from which on a second thread is worth its start.
    private static let foldersManyMin = 8

    private let threads: ParallelWork.Begun<[[UInt8]]>
    /// The digest at the end of the index that was read.
    private let digest: [UInt8]
    private let looking: Work

    /// Begins; nil where libgit2 has to look at everything.
    init?(_ repository: borrowing Repository) {
        let handle = repository.handle.pointer
        guard let path = git_repository_workdir(handle), let root = try? Folder(at: String(cString: path)),
            let admin = try? Folder(at: String(cString: git_repository_path(handle))),
            let file = try? admin.open("index", O_RDONLY | O_NONBLOCK | O_NOCTTY)
        else { return nil }
        var info = stat()
        // Before it is read: what is written into it afterwards can only be newer.
        guard fstat(file.number, &info) == 0, info.st_mode & S_IFMT == S_IFREG,
            (1...Self.indexBytesMax).contains(Int(info.st_size)),
            let bytes = try? file.read(at: 0, most: Int(info.st_size)), let layout = IndexLayout(bytes)
        else { return nil }
        digest = bytes.suffix(IndexLayout.digestBytes)
        let shared = Work(root, layout, olderThan: FileStamp(info))
        looking = shared
        let count = layout.folders.count < Self.foldersManyMin ? 1 : ParallelWork.threads
        threads = ParallelWork.Begun(count) { shared.run() }
    }

    // Nobody wants the threads' answer any more; they are waited for as `threads` goes.
    deinit { looking.end() }

    /// The paths to compare, each ended by NUL, of which those with a slash stand for all beneath; nil where libgit2
    /// has to look at everything, because `index` isn't what was read here.
    ///
    /// `index` is as it was read from its file, but for entries without a stat.
    borrowing func paths(for index: borrowing WorktreeIndex) -> [[CChar]]? {
        let handle = index.handle.pointer
        let isSame =
            git_index_caps(handle) & CInt(GIT_INDEX_CAPABILITY_IGNORE_CASE.rawValue) == 0
            && git_index_checksum(handle).map { known in
                withUnsafeBytes(of: known.pointee) { digest.elementsEqual($0) && $0.contains { $0 != 0 } }
            } == true
        guard isSame else { return nil }
        let found = threads.finish().flatMap(\.self)
        // The root's path is empty.
        guard !found.contains(where: \.isEmpty) else { return nil }
        if found.isEmpty { return [Self.none] }
        // Each also with a slash: libgit2 1.5.1 goes through such a list in the order of the index's paths, in which
        // what lies beneath "x" comes after "x-y".
        return found.flatMap { [$0 + [0], $0 + [0x2F, 0]] }.map { $0.map(CChar.init(bitPattern:)) }
    }

    /// What the threads share.
    private final class Work: Sendable {
        private let root: Folder
        private let layout: IndexLayout
        private let written: FileStamp
        private let next = Atomic<Int>(0)

        init(_ root: consuming Folder, _ layout: IndexLayout, olderThan written: FileStamp) {
            self.root = root
            (self.layout, self.written) = (layout, written)
        }

        /// Leaves the folders out that nobody has looked at yet.
        func end() { next.store(layout.folders.count, ordering: .relaxed) }

        /// Looks at one folder after the other as long as there are any; the paths to compare.
        func run() -> [[UInt8]] {
            var found: [[UInt8]] = []
            while true {
                let place = next.add(1, ordering: .relaxed).oldValue
                guard place < layout.folders.count else { return found }
                look(layout.folders[place], &found)
            }
        }

        private func bytes(_ place: Range<Int>) -> [UInt8] { Array(layout.bytes[place]) }

        /// Adds what is to be compared in a folder, which is all of it when it can't be read.
        private func look(_ folder: IndexLayout.Folder, _ found: inout [[UInt8]]) {
            let path = bytes(folder.path)
            let isRoot = path.isEmpty
            guard let text = String(validating: isRoot ? [0x2E] : path, as: UTF8.self),
                let number = try? root.open(text, O_RDONLY | O_DIRECTORY).release()
            else { return found.append(path) }
            guard let stream = fdopendir(number) else {
                close(number)
                return found.append(path)
            }
            defer { closedir(stream) }
            let prefix = isRoot ? [] : path + [0x2F]
            var seen = 0
            while true {
                errno = 0
                guard let entry = readdir(stream) else { break }
                let name = Self.name(of: entry)
                if [".", "..", ".git"].contains(where: { name.elementsEqual($0.utf8) }) { continue }
                if let file = layout.file(name, in: folder) {
                    seen += 1
                    if !isUnchanged(file, name, number) { found.append(bytes(file.path)) }
                } else if !layout.isFolder(name, in: folder) {
                    found.append(prefix + name)
                }
            }
            guard errno == 0 else { return found.append(path) }
            // Which of them is missing libgit2 finds out; a folder that is can't be opened when its turn comes.
            if seen < folder.files.count { found += folder.files.map { bytes(layout.files[$0].path) } }
        }

        private static let nameOffset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0

        private static func name(of entry: UnsafeMutablePointer<dirent>) -> UnsafeRawBufferPointer {
            let start = UnsafeRawPointer(entry) + nameOffset
            return UnsafeRawBufferPointer(
                start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
        }

        private func isUnchanged(
            _ file: IndexLayout.File, _ name: UnsafeRawBufferPointer, _ folder: CInt
        ) -> Bool {
            var info = stat()
            guard let start = name.baseAddress?.assumingMemoryBound(to: CChar.self),
                fstatat(folder, start, &info, AT_SYMLINK_NOFOLLOW) == 0
            else { return false }
            let mode: UInt32? =
                switch info.st_mode & S_IFMT {
                case S_IFREG: info.st_mode & S_IXUSR == 0 ? 0o100644 : 0o100755
                case S_IFLNK: 0o120000
                default: nil
                }
            let stamp = layout.stamp(of: file)
            let isOlder =
                (stamp.mtimeSeconds, stamp.mtimeNs) < (written.mtimeSeconds, written.mtimeNs)
            return mode != nil && mode == layout.mode(of: file) && isOlder
                && stamp.isSameFile(as: FileStamp(info))
        }
    }
}
