internal import Git
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// A file in `.claudia`, or Git's hook, and what it would have claudia run.
struct TrustItem {
    enum Kind { case settings, session, hook, checkoutHook }

    let kind: Kind
    /// Its path in `.claudia`, or the name by which Git's hook is pinned.
    let inside: String
    /// Where it lies: in the repository, or absolute.
    let path: String
    /// What it is, in a line.
    let title: String
    /// What it would run, a fact or a line of a program each; not safe to print yet.
    let lines: [String]
    /// The SHA-256 of what was shown; nil where there was nothing to read.
    let digest: String?

    /// Why it is left alone, for people.
    var refusal: String {
        kind == .checkoutHook
            ? "\(path) isn't run in new worktrees, since it was not trusted as it is now."
            : "Git tracks \(path), and it was not trusted as it is now, so it is left alone."
    }

    /// Lines of a hook that are shown.
    private static let linesMax = 500

    /// What claudia doesn't act on: everything in a folder that isn't its owner's, else what Git tracks.
    static func waiting(_ place: Place) throws -> [TrustItem] {
        let isForeign = try place.ownership.standing().refusal != nil
        let root = try Folder(at: place.root)
        guard try root.status(FileNames.publicFolder)?.kind == .folder else { return [] }
        let folder = try root.folder(FileNames.publicFolder)
        let tracked = place.trackedGuard
        let settings = (try? folder.read(FileNames.config, most: MachineFile.sizeMax)).flatMap {
            try? ConfigFile.parse($0).config
        }
        let defaults = (settings ?? RepositoryConfig()).sessionDefaults
        var items: [TrustItem] = []
        for (kind, inside) in try files(in: folder) {
            let bytes = try? folder.read(inside, most: MachineFile.sizeMax)
            if !isForeign {
                switch try tracked.verdict(on: inside, bytes) {
                case .free, .trusted: continue
                case .wait:
                    throw CommandError(
                        "A Git command is changing files here.", hint: "Try again when it has ended.")
                case .refused: break
                }
            }
            items.append(TrustItem(kind, inside, bytes, in: folder, defaults))
        }
        let hook = try CheckoutHook(inWorktree: place.root, commonDirectory: place.commonDirectory)
        if let hook, !TrackedGuard.trusts(hook, place.ownership) { items.append(TrustItem(hook)) }
        return items
    }

    private init(_ hook: CheckoutHook) {
        (kind, inside, path) = (.checkoutHook, FileNames.checkoutHookPin, hook.path)
        title = "in each new worktree, as 'git worktree add' does (\(hook.path))"
        lines = TrustItem.program(hook.content)
        digest = SHA256.digest(hook.content)
    }

    /// What a person could have claudia act on, in a fixed order.
    private static func files(in folder: borrowing Folder) throws -> [(Kind, String)] {
        func names(_ inside: String) throws -> [String] {
            guard try folder.status(inside)?.kind == .folder else { return [] }
            return try folder.folder(inside).names().sorted().map { "\(inside)/\($0)" }
        }
        let settings = try folder.status(FileNames.config) == nil ? [] : [(Kind.settings, FileNames.config)]
        let sessions = try names(FileNames.sessions).filter { path in
            path.hasSuffix(FileNames.sessionFileSuffix) && sessionName(path) != nil
        }
        return settings + sessions.map { (.session, $0) } + (try names(FileNames.hooks)).map { (.hook, $0) }
    }

    private static func sessionName(_ path: String) -> SessionName? {
        SessionName(
            String(path.dropFirst(FileNames.sessions.count + 1).dropLast(FileNames.sessionFileSuffix.count)))
    }

    private init(
        _ kind: Kind, _ inside: String, _ bytes: [UInt8]?, in folder: borrowing Folder,
        _ defaults: SessionSpec
    ) {
        self.kind = kind
        self.inside = inside
        path = "\(FileNames.publicFolder)/\(inside)"
        let name = inside.split(separator: "/").last.map(String.init) ?? inside
        switch kind {
        case .settings: title = "settings (\(inside))"
        case .session: title = "session \(TrustItem.sessionName(inside)?.text ?? name) (\(inside))"
        case .hook:
            let isProgram = (try? folder.status(inside)).flatMap(\.self).map { $0.permissions & 0o111 != 0 }
            title =
                "on each event of type \(name) (\(inside)\(isProgram == true ? "" : ", not executable as it is now"))"
        case .checkoutHook: title = name
        }
        digest = bytes.map(SHA256.digest)
        guard let bytes else {
            lines = ["It is no file that can be read, so it is never acted on."]
            return
        }
        switch kind {
        case .settings: lines = TrustItem.settings(bytes)
        case .session: lines = TrustItem.session(bytes, defaults)
        case .hook, .checkoutHook: lines = TrustItem.program(bytes)
        }
    }

    private static func session(_ bytes: [UInt8], _ defaults: SessionSpec) -> [String] {
        let spec: SessionSpec
        do {
            spec = try SessionFile.parse(bytes, defaults: defaults).spec
        } catch {
            return ["It can't be understood, so nothing of it runs: \(error.place)\(error.message)"]
        }
        var lines = ["state     \(spec.state.rawValue)", "runs      \(ShellWord.line(spec.argumentVector))"]
        for (name, value) in spec.environmentVars.sorted(by: { $0.key < $1.key }) {
            lines.append("with      \(name)=\(value)")
        }
        if let folder = spec.workingDirectory { lines.append("in        \(folder)") }
        lines.append("from      \(spec.base)")
        if let branch = spec.branch { lines.append("on        \(branch)") }
        lines += spec.prompts.map { "is told   \($0)" }
        if spec.autoYes { lines.append("auto_yes  its questions are answered in your place") }
        if spec.restart != .never { lines.append("restart   \(spec.restart.rawValue)") }
        return lines
    }

    private static func settings(_ bytes: [UInt8]) -> [String] {
        let config: RepositoryConfig
        do {
            config = try Settings(reading: bytes).config
        } catch {
            return ["They can't be understood, so they don't count: \(error.place)\(error.message)"]
        }
        var lines = ["agent     \(ShellWord.line(config.agent)), where a session file names none"]
        lines += config.worktrees.setup.map { "setup     \(ShellWord.line($0)), in each new worktree" }
        lines += config.worktrees.teardown.map {
            "teardown  \(ShellWord.line($0)), in each worktree before it goes"
        }
        lines.append("worktrees are made in \(config.worktrees.root)")
        if config.multiSession.autoYesEnabled { lines.append("auto_yes  may answer questions in your place") }
        lines += config.autoYesRules.map { "rule      \($0)" }
        return lines
    }

    private static func program(_ bytes: [UInt8]) -> [String] {
        if bytes.contains(0) { return ["a program of \(bytes.count) bytes, SHA-256 \(SHA256.digest(bytes))"] }
        let lines = String(decoding: bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let shown = lines.prefix(linesMax).map { "| \($0)" }
        return shown.count < lines.count
            ? shown + ["and \(lines.count - shown.count) lines more, SHA-256 of all \(SHA256.digest(bytes))"]
            : shown
    }
}
