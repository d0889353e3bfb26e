internal import Linux
internal import Store

/// What has to be said of a full disk, since no status can be written on one.
enum DiskNotice {
    /// Bytes below which nothing can be relied on to be written.
    private static let leastBytes: Int64 = 131_072

    /// Says so where a disk that claudia writes on is full.
    static func tell(_ workspace: borrowing Workspace) {
        guard let free = try? workspace.publicFolder.folder.fileSystem().freeBytes, free < leastBytes else {
            return
        }
        Console.notice(
            "The disk is full (\(Wording.bytes(free)) free): what is told here may be old, and agents that print "
                + "wait until there is room. Make some: nothing is lost meanwhile.")
    }
}
