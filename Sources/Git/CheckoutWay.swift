import CGit2
import Linux

/// Who writes the files of a new worktree.
enum CheckoutWay: Equatable {
    /// `DirectCheckout`: every file is as it is in the object database.
    case direct
    /// libgit2's own checkout, which knows line ends and `ident`.
    case libgit2
    /// `git worktree add`, for what libgit2 does wrong; the text says what that is.
    case git(String)

    /// Chooses by configuration and attributes.
    static func choose(_ plan: CheckoutPlan, in repository: borrowing Repository) throws(GitError)
        -> CheckoutWay
    {
        let settings = try Settings(repository)
        if settings.isTrue("core.sparsecheckout") { return .git("a sparse checkout") }
        if settings.text("extensions.partialclone") != nil { return .git("a partial clone") }
        if let shared = settings.text("core.sharedrepository"), !["false", "umask", "0"].contains(shared) {
            return .git("shared permissions")
        }
        if settings.isTrue("extensions.worktreeconfig"), hasWorktreeConfig(repository) {
            return .git("configuration per worktree")
        }
        var need = AttributeNeed.none
        let crlf = settings.text("core.eol") == "crlf"
        for text in try attributeTexts(plan, settings, repository) {
            need = max(need, AttributeNeed(of: text, textMatters: crlf))
        }
        if need == .git { return .git("filters or encodings in its attributes") }
        let converts = settings.isTrue("core.autocrlf") || settings.isTrue("core.ignorecase")
        let lacks = settings.isFalse("core.symlinks") || settings.isFalse("core.filemode")
        let tooDeep = plan.depth > CheckoutPlan.depthMax
        return need == .libgit2 || converts || lacks || tooDeep || !plan.isOrdered ? .libgit2 : .direct
    }

    private static func hasWorktreeConfig(_ repository: borrowing Repository) -> Bool {
        guard let common = try? Folder(at: repository.commonDirectory) else { return false }
        return (try? common.status("config.worktree")) != nil
    }

    /// All attributes that may apply: the tree's, the repository's, the person's and the machine's.
    private static func attributeTexts(
        _ plan: CheckoutPlan, _ settings: borrowing Settings, _ repository: borrowing Repository
    ) throws(GitError) -> [[UInt8]] {
        let handle = repository.handle.pointer
        var texts: [[UInt8]] = []
        for id in plan.attributes {
            var id = id.raw
            let blob = try Owned(git_blob_free, "attributes") { git_blob_lookup(&$0, handle, &id) }
            texts.append(
                Array(
                    UnsafeRawBufferPointer(
                        start: git_blob_rawcontent(blob.pointer), count: Int(git_blob_rawsize(blob.pointer))))
            )
        }
        let home = Environment.value("HOME") ?? ""
        let config = Environment.value("XDG_CONFIG_HOME") ?? "\(home)/.config"
        let own = settings.path("core.attributesfile") ?? "\(config)/git/attributes"
        for path in ["\(repository.commonDirectory)/info/attributes", own, "/etc/gitattributes"] {
            guard let folder = try? Folder(at: RealPath.parent(of: path)) else { continue }
            if let text = try? folder.read(RealPath.name(of: path), most: 1 << 20) { texts.append(text) }
        }
        return texts
    }
}

/// What a text of gitattributes(5) asks of a checkout.
enum AttributeNeed: Int, Comparable {
    case none, libgit2, git

    /// Looks at every attribute that a line sets, unsets or defines, whatever files it is for.
    ///
    /// `textMatters` when `core.eol` asks for CR LF in every text file.
    init(of text: [UInt8], textMatters: Bool) {
        var need = AttributeNeed.none
        for line in text.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            let words = line.split { $0 == 0x20 || $0 == 0x09 }
            guard let pattern = words.first, pattern.first != 0x23 else { continue }
            for word in words.dropFirst() {
                let name = word.drop { $0 == 0x2D || $0 == 0x21 }.prefix { $0 != 0x3D }
                switch String(decoding: name, as: UTF8.self) {
                case "filter", "working-tree-encoding": need = .git
                case "eol", "ident", "crlf": need = max(need, .libgit2)
                case "text" where textMatters: need = max(need, .libgit2)
                default: break
                }
            }
        }
        self = need
    }

    static func < (left: AttributeNeed, right: AttributeNeed) -> Bool { left.rawValue < right.rawValue }
}
