internal import Glibc
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// The sessions of a repository, as its files tell.
struct Workspace: ~Copyable {
    /// The repository.
    let place: Place
    /// `.claudia`.
    let publicFolder: PublicFolder
    /// `claudia` in the common Git folder; nil as long as no supervisor ever ran.
    let privateFolder: PrivateFolder?
    /// Why nothing in `.claudia` is acted on; nil when it is this user's own.
    let refusal: String?
    /// Knows the files in it that Git tracks.
    let tracked: TrackedGuard

    /// The sessions of `place`; nil when there never were any.
    init?(existingAt place: Place) throws {
        let privateFolder = try PrivateFolder(existing: place.commonDirectory)
        let refusal = try place.ownership.standing().refusal
        guard let publicFolder = try PublicFolder(existing: place.root) else {
            guard privateFolder != nil else { return nil }
            if let refusal { throw StoreError.untrusted(refusal) }
            throw CommandError(
                "The folder '\(place.root)/\(FileNames.publicFolder)' is gone.",
                hint: "'claudia up' puts it back; agents that run go on running.")
        }
        self.place = place
        self.publicFolder = publicFolder
        self.privateFolder = privateFolder
        self.refusal = refusal
        tracked = place.trackedGuard
    }

    /// The sessions of `place`, with the folders made where they are missing.
    init(makingAt place: Place) throws {
        try place.ownership.enter()
        let privateFolder: PrivateFolder? = try PrivateFolder(making: place.commonDirectory)
        let publicFolder = try PublicFolder(making: place.root)
        self.place = place
        self.publicFolder = publicFolder
        self.privateFolder = privateFolder
        refusal = nil
        tracked = place.trackedGuard
    }

    /// The sessions of the repository that we are in, of which there must be one; only `toRead` it need not be its
    /// owner's.
    static func open(toRead: Bool = false) throws -> Workspace {
        let place = try Place.discover()
        guard let workspace = try Workspace(existingAt: place) else {
            throw CommandError(
                "No session was made in this repository yet.", hint: "'claudia new' makes the first.")
        }
        if !toRead, let refusal = workspace.refusal { throw StoreError.untrusted(refusal) }
        return workspace
    }

    /// The same, after `.claudia` was wiped: waits until a supervisor has put it back; nil when `deadlineNs` of
    /// `Clock.bootNs` comes first.
    borrowing func returned(until deadlineNs: Int64?) throws -> Workspace? {
        let inotify = try Inotify()
        let poller = try Poller()
        try poller.add(inotify.descriptor, .input, token: 0)
        while true {
            // The watches come before the look; a folder that was made anew needs a new one.
            _ = try inotify.watch(publicFolder.root, [.created, .movedTo])
            if let folder = try? publicFolder.root.folder(FileNames.publicFolder) {
                _ = try inotify.watch(folder, [.created, .movedTo])
            }
            if let found = try? Workspace(existingAt: place), found.publicFolder.isInPlace() { return found }
            let restMs = deadlineNs.map { max(0, ($0 - Clock.bootNs + 999_999) / 1_000_000) }
            if restMs == 0 { return nil }
            _ = try poller.wait(timeoutMs: restMs.map { CInt(min($0, 1_000_000)) } ?? -1)
            _ = try inotify.events()
        }
    }

    /// Every session: those with a file, and those whose folder is still there, in order.
    borrowing func names() throws -> [SessionName] {
        var names = Set(try publicFolder.listSessions().names)
        for name in try publicFolder.sessions.names().compactMap({ SessionName($0) }) {
            if try publicFolder.sessions.status(name.text)?.kind == .folder { names.insert(name) }
        }
        return names.sorted()
    }

    /// The names of those that the supervisor knows, also while their files are gone.
    borrowing func recorded() throws -> [String] {
        switch privateFolder {
        case .some(let privateFolder): try privateFolder.sessions.names()
        case .none: []
        }
    }

    /// What words on the command line can name.
    borrowing func selection() throws -> SessionSelection {
        let names = try names()
        return SessionSelection(existing: names, here: here(among: names))
    }

    /// The settings of the repository; the defaults when the file is missing or can't be understood.
    borrowing func config() -> RepositoryConfig { settings().config }

    /// The same, with rules.
    borrowing func settings() -> Settings {
        guard refusal == nil, let reading = try? publicFolder.readConfigFile(),
            case .content(let bytes, _, _) = reading,
            let verdict = try? tracked.verdict(on: FileNames.config, bytes),
            [.free, .trusted].contains(verdict),
            let settings = try? Settings(reading: bytes)
        else { return Settings() }
        return settings
    }

    /// What is wrong with `config.json` as it is now.
    borrowing func configProblem() throws -> FileProblem? {
        switch try publicFolder.readConfigFile() {
        case .refused(let problem): return problem
        case .content(let bytes, _, _):
            do { return try Settings(reading: bytes).notice } catch { return error }
        case .missing, .beingWritten, .empty: return nil
        }
    }

    /// The private folder of a session, where its keeper is; nil when it has none, or none of this user's.
    borrowing func privateSession(_ name: SessionName) throws -> Folder? {
        refusal == nil ? try privateFolder?.session(name) : nil
    }

    /// What a session's terminal printed; nil when there is no log yet.
    borrowing func log(of name: SessionName) throws -> OutputReader? {
        switch privateFolder {
        case .some(let privateFolder): try OutputReader(of: name, privateFolder, publicFolder)
        case .none: nil
        }
    }

    /// The session whose worktree this process's folder is in.
    private borrowing func here(among names: [SessionName]) -> SessionName? {
        guard let folder = RealPath.of(".") else { return nil }
        for name in names {
            guard let worktree = (try? publicFolder.readStatus(name))??.worktree,
                let path = RealPath.of(worktree)
            else { continue }
            if folder == path || folder.hasPrefix(path + "/") { return name }
        }
        return nil
    }
}

/// Paths without links.
enum RealPath {
    /// What realpath(3) makes of `path`; nil when nothing is there.
    static func of(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
