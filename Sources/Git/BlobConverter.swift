import CGit2

/// What libgit2 makes of blobs for a worktree, by the attributes of one commit: line ends and `$Id$`.
///
/// For one thread, with a repository of its own that has neither files nor index, so that neither the main
/// worktree's attributes nor those that are staged there have a say.
struct BlobConverter: ~Copyable {
    private let repository: Owned
    private let index: Owned
    private let commit: ObjectID

    init(commonDirectory: String, commit: ObjectID) throws(GitError) {
        let opened = try Owned(git_repository_free, commonDirectory) {
            git_repository_open_bare(&$0, commonDirectory)
        }
        let empty = try Owned(git_index_free, "index") { git_index_new(&$0) }
        try LibGit2.check(git_repository_set_index(opened.pointer, empty.pointer), "index")
        repository = opened
        index = empty
        self.commit = commit
    }

    /// Hands the blob's content, as it is to be in the file at `path`, to `body`.
    func convert<Result>(
        _ id: ObjectID, at path: UnsafePointer<CChar>, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(GitError) -> Result {
        let handle = repository.pointer
        var id = id.raw
        let blob = try Owned(git_blob_free, "blob \(ObjectID(id))") { git_blob_lookup(&$0, handle, &id) }
        var options = git_blob_filter_options()
        try LibGit2.check(
            git_blob_filter_options_init(&options, UInt32(GIT_BLOB_FILTER_OPTIONS_VERSION)), "options")
        options.flags = GIT_BLOB_FILTER_ATTRIBUTES_FROM_COMMIT.rawValue
        options.attr_commit_id = commit.raw
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        try LibGit2.check(
            git_blob_filter(&buffer, blob.pointer, path, &options), String(cString: path))
        return body(UnsafeRawBufferPointer(start: buffer.ptr, count: buffer.size))
    }
}
