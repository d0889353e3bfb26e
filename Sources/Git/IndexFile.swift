/// The bytes of a Git index, version 2 (gitformat-index(5)), for files that were just written.
///
/// With the TREE extension, so that `git status` and `git commit` needn't read the trees again.
enum IndexFile {
    /// Longest path that the flags of an entry can tell; longer ones are marked by this length.
    private static let lengthMax = 0xFFF

    static func bytes(plan: CheckoutPlan, stamps: [FileStamp]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(12 + 72 * plan.files.count + plan.paths.count + 64 * plan.folders.count)
        bytes += Array("DIRC".utf8)
        append(2, to: &bytes)
        append(UInt32(plan.files.count), to: &bytes)
        for (file, stamp) in zip(plan.files, stamps) { append(file, stamp, plan, to: &bytes) }
        let tree = trees(plan, 0)
        bytes += Array("TREE".utf8)
        append(UInt32(tree.count), to: &bytes)
        bytes += tree
        return bytes + SHA1.digest(bytes)
    }

    private static func append(
        _ file: CheckoutPlan.File, _ stamp: FileStamp, _ plan: CheckoutPlan, to bytes: inout [UInt8]
    ) {
        let start = bytes.count
        append(stamp.ctimeSeconds, to: &bytes)
        append(stamp.ctimeNs, to: &bytes)
        append(stamp.mtimeSeconds, to: &bytes)
        append(stamp.mtimeNs, to: &bytes)
        append(stamp.device, to: &bytes)
        append(stamp.inode, to: &bytes)
        append(file.mode, to: &bytes)
        append(stamp.user, to: &bytes)
        append(stamp.group, to: &bytes)
        append(stamp.size, to: &bytes)
        withUnsafeBytes(of: file.id.raw) { bytes += $0 }
        let length = file.end - file.start
        withUnsafeBytes(of: UInt16(min(length, lengthMax)).bigEndian) { bytes += $0 }
        plan.paths.withUnsafeBytes { bytes += $0[file.start..<file.end] }
        let padding = 8 - (bytes.count - start) % 8
        for _ in 0..<padding { bytes.append(0) }
    }

    /// One folder and those beneath: name, number of files, number of folders, the tree's name.
    private static func trees(_ plan: CheckoutPlan, _ index: Int) -> [UInt8] {
        let folder = plan.folders[index]
        var bytes = Array(plan.paths[folder.name..<folder.end])
        bytes += Array("\0\(folder.total) \(folder.folders.count)\n".utf8)
        withUnsafeBytes(of: folder.id.raw) { bytes += $0 }
        // Git keeps folders ordered by length first (subtree_name_cmp in cache-tree.c).
        let ordered = folder.folders.sorted { left, right in
            let (one, other) = (plan.folders[left], plan.folders[right])
            let (length, otherLength) = (one.end - one.name, other.end - other.name)
            if length != otherLength { return length < otherLength }
            return plan.paths[one.name..<one.end].lexicographicallyPrecedes(
                plan.paths[other.name..<other.end])
        }
        for child in ordered { bytes += trees(plan, child) }
        return bytes
    }

    private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes += $0 }
    }
}
