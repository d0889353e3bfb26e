import CGit2
import Linux

/// Who writes the files of a new worktree.
enum CheckoutWay: Equatable {
    /// `DirectCheckout`: every file is as it is in the object database, but those that attributes may change.
    case direct(ConvertedFiles)
    /// libgit2's own checkout, which knows what settings do to every file.
    case libgit2
    /// `git worktree add`, for what libgit2 does wrong; the text says what that is.
    case git(String)

    /// Chooses by configuration and attributes.
    static func choose(_ plan: CheckoutPlan, in repository: borrowing Repository) throws(GitError)
        -> CheckoutWay
    {
        let settings = try Settings(repository)
        if settings.isTrue("core.sparsecheckout") { return .git("a sparse checkout") }
        // Git names the remote that has the rest in either of two ways (partialclone, "promisor remote").
        if settings.text("extensions.partialclone") != nil
            || settings.has(prefix: "remote.", suffix: ".promisor")
        {
            return .git("a partial clone")
        }
        if isShared(settings) { return .git("shared permissions") }
        if settings.isTrue("extensions.worktreeconfig"), hasWorktreeConfig(repository) {
            return .git("configuration per worktree")
        }
        var converted = ConvertedFiles()
        let crlf = settings.text("core.eol") == "crlf"
        for (folder, text) in try attributeTexts(plan, settings, repository) {
            let need = AttributeNeed(of: text, in: folder, textMatters: crlf)
            if need.isGit { return .git("filters, encodings or quoted patterns in its attributes") }
            converted.rules += need.rules
        }
        let converts = settings.isTrue("core.autocrlf") || settings.isTrue("core.ignorecase")
        let lacks = settings.isFalse("core.symlinks") || settings.isFalse("core.filemode")
        let tooDeep = plan.depth > CheckoutPlan.depthMax
        return converts || lacks || tooDeep || !plan.isOrdered ? .libgit2 : .direct(converted)
    }

    /// Whether others than the owner may write here.
    static func isShared(_ settings: borrowing Settings) -> Bool {
        settings.text("core.sharedrepository").map { !["false", "umask", "0"].contains($0) } ?? false
    }

    private static func hasWorktreeConfig(_ repository: borrowing Repository) -> Bool {
        guard let common = try? Folder(at: repository.commonDirectory) else { return false }
        return (try? common.status("config.worktree")) != nil
    }

    /// All attributes that may apply, and where: the tree's, the repository's, the person's and the machine's.
    private static func attributeTexts(
        _ plan: CheckoutPlan, _ settings: borrowing Settings, _ repository: borrowing Repository
    ) throws(GitError) -> [(folder: [UInt8], text: [UInt8])] {
        let handle = repository.handle.pointer
        var texts: [(folder: [UInt8], text: [UInt8])] = []
        for file in plan.attributes {
            var id = file.id.raw
            let blob = try Owned(git_blob_free, "attributes") { git_blob_lookup(&$0, handle, &id) }
            let content = UnsafeRawBufferPointer(
                start: git_blob_rawcontent(blob.pointer), count: Int(git_blob_rawsize(blob.pointer)))
            texts.append((Array(plan.paths[file.start..<file.name]), Array(content)))
        }
        let home = Environment.value("HOME") ?? ""
        let config = Environment.value("XDG_CONFIG_HOME") ?? "\(home)/.config"
        let own = settings.path("core.attributesfile") ?? "\(config)/git/attributes"
        for path in ["\(repository.commonDirectory)/info/attributes", own, "/etc/gitattributes"] {
            guard let folder = try? Folder(at: RealPath.parent(of: path)) else { continue }
            if let text = try? folder.read(RealPath.name(of: path), most: 1 << 20) {
                texts.append(([], text))
            }
        }
        return texts
    }
}
