import Glibc

/// An index's file laid out by folders, so that a worktree can be held beside it; read by several threads.
///
/// Places are those of its bytes (gitformat-index(5)).
struct IndexLayout: Sendable {
    /// One entry, which begins at `entry`; `path` is followed by a NUL.
    struct File: Sendable {
        let entry: Int
        let path: Range<Int>
        /// Where the last name of the path begins.
        let name: Int
    }

    /// One folder that holds entries; the first is the root.
    struct Folder: Sendable {
        let path: Range<Int>
        let name: Int
        /// Places in `IndexLayout.files`, in the order of their names.
        var files: [Int] = []
        /// Places in `IndexLayout.folders`, in the order of their names with a slash behind.
        var folders: [Int] = []
    }

    /// What ends an index: the digest of all before it.
    static let digestBytes = 20

    /// The whole file.
    let bytes: [UInt8]
    private(set) var files: [File] = []
    private(set) var folders = [Folder(path: 0..<0, name: 0)]

    /// Lays out an index of version 2 or 3; nil for what isn't one.
    init?(_ bytes: [UInt8]) {
        self.bytes = bytes
        let end = bytes.count - Self.digestBytes
        guard end >= 12, bytes.starts(with: "DIRC".utf8), 2...3 ~= number(at: 4) else { return nil }
        let count = Int(number(at: 8))
        // An entry has no fewer than 64 bytes.
        guard count <= end / 64 else { return nil }
        files.reserveCapacity(count)
        // The folders that the entry before lies in, from the root on.
        var (open, place) = ([0], 12)
        for _ in 0..<count {
            guard place + 64 < end else { return nil }
            let start = place + (isExtended(place) ? 64 : 62)
            guard let nul = find(0, in: start..<end) else { return nil }
            add(entry: place, start..<nul, &open)
            place += (nul - place + 8) & ~7
        }
    }

    private func isExtended(_ entry: Int) -> Bool { bytes[entry + 60] & 0x40 != 0 }

    private func number(at place: Int) -> UInt32 {
        bytes.withUnsafeBytes { UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: place, as: UInt32.self)) }
    }

    private func find(_ byte: UInt8, in range: Range<Int>) -> Int? {
        bytes.withUnsafeBytes { all in
            guard let base = all.baseAddress,
                let found = memchr(base + range.lowerBound, CInt(byte), range.count)
            else { return nil }
            return base.distance(to: UnsafeRawPointer(found))
        }
    }

    private mutating func add(entry: Int, _ path: Range<Int>, _ open: inout [Int]) {
        var name = path.lowerBound
        while let last = open.last, last != 0 {
            let folder = folders[last].path
            if isSame(folder, path.prefix(folder.count)), bytes[path.lowerBound + folder.count] == 0x2F {
                name += folder.count + 1
                break
            }
            open.removeLast()
        }
        while let slash = find(0x2F, in: name..<path.upperBound) {
            folders[open[open.count - 1]].folders.append(folders.count)
            open.append(folders.count)
            folders.append(Folder(path: path.lowerBound..<slash, name: name))
            name = slash + 1
        }
        folders[open[open.count - 1]].files.append(files.count)
        files.append(File(entry: entry, path: path, name: name))
    }

    private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        one.count == other.count
            && bytes.withUnsafeBytes { all in
                all.baseAddress.map { memcmp($0 + one.lowerBound, $0 + other.lowerBound, one.count) } == 0
            }
    }

    /// The mode of an entry that is no more than a file's name, mode and stat; nil for a conflict, an intent to add, or
    /// what a sparse checkout left out.
    func mode(of file: File) -> UInt32? {
        isExtended(file.entry) || bytes[file.entry + 60] & 0x30 != 0 ? nil : number(at: file.entry + 24)
    }

    /// The stat that an entry was written with.
    func stamp(of file: File) -> FileStamp { FileStamp(indexed: { number(at: file.entry + $0) }) }

    /// The entry of the name in the folder.
    func file(_ name: UnsafeRawBufferPointer, in folder: Folder) -> File? {
        let place = search(name, endedBy: 0, among: folder.files.count) {
            let file = files[folder.files[$0]]
            return file.name..<file.path.upperBound
        }
        return place.map { files[folder.files[$0]] }
    }

    /// Whether the name is that of a folder with entries in the folder.
    func isFolder(_ name: UnsafeRawBufferPointer, in folder: Folder) -> Bool {
        search(name, endedBy: 0x2F, among: folder.folders.count) {
            let inner = folders[folder.folders[$0]]
            return inner.name..<inner.path.upperBound
        } != nil
    }

    /// Searches `count` names in the order of Git's index, in which each counts with what ends it.
    private func search(
        _ name: UnsafeRawBufferPointer, endedBy end: UInt8, among count: Int, _ place: (Int) -> Range<Int>
    ) -> Int? {
        bytes.withUnsafeBytes { all in
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                let other = UnsafeRawBufferPointer(rebasing: all[place(middle)])
                let order = Self.order(name, other, endedBy: end)
                if order == 0 { return middle }
                if order < 0 { high = middle } else { low = middle + 1 }
            }
            return nil
        }
    }

    private static func order(
        _ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer, endedBy end: UInt8
    ) -> Int {
        let shared = min(one.count, other.count)
        if shared > 0, let left = one.baseAddress, let right = other.baseAddress {
            let order = memcmp(left, right, shared)
            if order != 0 { return Int(order) }
        }
        if one.count == other.count { return 0 }
        return one.count < other.count ? Int(end) - Int(other[shared]) : Int(one[shared]) - Int(end)
    }
}
