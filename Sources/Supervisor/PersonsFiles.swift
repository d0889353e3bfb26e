internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Why `config.json` is looked at.
enum ConfigLook {
    /// Something happened to it.
    case first
    /// Somebody had it open a moment ago.
    case again
    /// A second has passed since.
    case settled
}

/// `config.json` and the hooks: people's own files, kept a second time in the private folder.
extension Supervisor {
    /// Milliseconds after a wipe within which what is missing went with it.
    private static let wipeMs: Int64 = 5_000

    /// A while after the last change: what a wipe took is put back, and what is there is kept.
    func personsFilesSettled() {
        if deadlines.isSet(.putBack) { return deadlines.set(.personsFiles, afterMs: Patience.deletionMs) }
        do {
            let kept = try privateFolder.folder.makeFolder(FileNames.hooks)
            let hooks = try publicFolder.folder.makeFolder(FileNames.hooks)
            if let wipedAtNs, Clock.bootNs - wipedAtNs < Supervisor.wipeMs * 1_000_000 {
                try copyMissing(FileNames.config, from: privateFolder.folder, to: publicFolder.folder)
                for name in try kept.names() { try copyMissing(name, from: kept, to: hooks) }
            }
            let names = try hooks.names()
            for name in names where try hooks.status(name)?.kind == .file && isHookAllowed(name) {
                do {
                    try copy(name, from: hooks, to: kept)
                } catch {
                    log.warning(
                        "hook can't be kept", metadata: ["hook": "\(name)", "why": "\(error.message)"])
                }
            }
            for name in try kept.names() where !names.contains(name) { try kept.remove(name) }
            try mark()
        } catch {
            report("The hooks can't be kept a second time: \(describe(error)).", of: nil)
        }
        readConfig(.settled)
    }

    /// Gives a public folder that was wiped the word that it shares with the private one.
    private func mark() throws {
        guard Supervisor.isOther(publicFolder, than: privateFolder),
            let word = try MachineFile.read(String.self, from: FileNames.mark, in: privateFolder.folder)
        else { return }
        try MachineFile.write(word, to: FileNames.mark, in: publicFolder.folder)
    }

    /// Whether the hook `name` is its owner's: not one that Git brought, but as it was trusted.
    func hookVerdict(_ name: String) -> TrackedGuard.Verdict {
        let path = "\(FileNames.hooks)/\(name)"
        return verdict(on: path, try? publicFolder.folder.read(path, most: MachineFile.sizeMax))
    }

    private func isHookAllowed(_ name: String) -> Bool { [.free, .trusted].contains(hookVerdict(name)) }

    private func copyMissing(
        _ name: String, from: borrowing Folder, to: borrowing Folder
    ) throws(SystemError) {
        if try from.status(name) != nil, try to.status(name) == nil { try copy(name, from: from, to: to) }
    }

    /// A copy, not a link: an edit in place must not reach what is kept before it is understood.
    private func copy(_ name: String, from: borrowing Folder, to: borrowing Folder) throws(SystemError) {
        guard let status = try from.status(name) else { return }
        let bytes = try from.read(name, most: SessionFile.sizeMax)
        if let old = try? to.read(name, most: SessionFile.sizeMax), old == bytes { return }
        try to.replace(name, with: bytes, durable: true)
        try to.setPermissions(name, status.permissions & 0o777)
    }

    /// Takes the settings that were last understood, in case that those there now can't be.
    func takeLastGoodConfig() {
        guard let bytes = try? privateFolder.folder.read(FileNames.config, most: SessionFile.sizeMax),
            let settings = try? Settings(reading: bytes)
        else { return }
        self.settings = settings
    }

    /// Reads `config.json`; one that can't be understood leaves the last good one in force.
    func readConfig(_ look: ConfigLook = .first) {
        do {
            let reading = try publicFolder.readConfigFile()
            switch reading {
            case .beingWritten:
                if look == .first { deadlines.set(.configAgain, afterMs: Patience.lookAgainMs * 10) }
            // Only what is still gone, or empty, a second later is meant so.
            case .missing where look == .settled: takeConfig([], digest: nil)
            case .empty where look == .settled: takeConfig([], digest: ContentDigest.of([]))
            case .missing, .empty: deadlines.set(.personsFiles, afterMs: Patience.deletionMs)
            case .content(let bytes, let digest, _):
                switch verdict(on: FileNames.config, bytes) {
                case .free, .trusted: takeConfig(bytes, digest: digest)
                case .wait: break
                case .refused(let problem):
                    configDigest = nil
                    setConfigProblem(problem)
                }
            case .refused(let problem):
                configDigest = nil
                setConfigProblem(problem)
            }
        } catch {
            retryLater("config.json can't be read: \(describe(error)).", of: nil)
        }
    }

    func takeConfig(_ bytes: [UInt8], digest: String?) {
        if let digest, digest == configDigest { return }
        configDigest = digest
        do {
            let new = try Settings(reading: bytes)
            setConfigProblem(new.notice)
            if digest != nil {
                try? privateFolder.folder.replace(FileNames.config, with: bytes, durable: true)
            } else {
                try? privateFolder.folder.remove(FileNames.config)
            }
            guard new.config != config else { return }
            settings = new
            for session in sessions.values { lookAtScreenSoon(session) }
            tell(.configChanged, of: nil, [:])
            lookAtPoolSoon()
        } catch {
            setConfigProblem(error)
        }
    }

    /// Takes note of what is wrong with the settings: those that were understood last stay in force.
    private func setConfigProblem(_ problem: FileProblem?) {
        if let problem, problem != configProblem { report(problem, in: FileNames.config, of: nil) }
        configProblem = problem
    }
}
