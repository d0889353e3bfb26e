public import Git
internal import KeeperProtocol
internal import Linux
public import SessionModel
public import Store

/// Keeps files in `.claudia` that Git tracks from being acted on, but for those that their owner has trusted.
///
/// Whoever can push may change such a file, and a checkout or a pull brings it; so only its content counts.
public final class TrackedGuard {
    /// What may be done with a file.
    public enum Verdict: Equatable, Sendable {
        /// Git doesn't track it: it is its owner's.
        case free
        /// Git tracks it, and it is as it was when its owner trusted it.
        case trusted
        /// A Git command is writing files at this moment.
        case wait
        /// Nothing, and why.
        case refused(FileProblem)
    }

    private let root: String
    private let commonDirectory: String
    private var sight: [FileStatus?]?
    private var known = TrackedFiles.names([])

    /// Of the repository with this root, or bare folder, and common Git folder.
    public init(root: String, commonDirectory: String) {
        self.root = root
        self.commonDirectory = commonDirectory
    }

    /// Judges the file at `path` in `.claudia`, which holds `bytes`.
    ///
    /// Throws what keeps it from telling whether Git tracks the file: `SystemError`, `GitError`, `StoreError`.
    public func verdict(on path: String, _ bytes: @autoclosure () -> [UInt8]?) throws -> Verdict {
        switch try look() {
        case .beingChanged: return .wait
        case .names(let names) where !TrackedGuard.isTracked(path, names): return .free
        case .names: break
        }
        let ownership = Ownership(root: root, commonDirectory: commonDirectory)
        if case .own(let record) = try ownership.standing(), let pin = record.pins[path],
            let bytes = bytes(), SHA256.digest(bytes) == pin
        {
            return .trusted
        }
        return .refused(
            FileProblem(
                message: "Git tracks this file, and it was not trusted as it is now; "
                    + "'claudia trust' shows what it would do, and asks."))
    }

    /// Whether the owner has trusted the hook as it is.
    public static func trusts(_ hook: CheckoutHook, _ ownership: Ownership) -> Bool {
        guard case .own(let record)? = try? ownership.standing() else { return false }
        return record.pins[FileNames.checkoutHookPin] == SHA256.digest(hook.content)
    }

    /// The index is read again only when it has changed.
    private func look() throws -> TrackedFiles {
        let folder = try Folder(at: commonDirectory)
        let now = [try folder.status("index"), try folder.status("index.lock")]
        if now != sight {
            known = try TrackedFiles.read(
                in: FileNames.publicFolder, root: root, commonDirectory: commonDirectory)
            sight = now
        }
        return known
    }

    /// Whether `path` or a folder above it is among `names`.
    static func isTracked(_ path: String, _ names: Set<String>) -> Bool {
        if names.isEmpty { return false }
        var above = path
        while !above.isEmpty {
            if names.contains(above) { return true }
            above = above.lastIndex(of: "/").map { String(above[..<$0]) } ?? ""
        }
        return names.contains("")
    }
}

extension Supervisor {
    /// Milliseconds between two looks whether a Git command has ended, doubling from the first to the last.
    private static let gitLookMs: (first: Int64, last: Int64) = (20, 2_560)

    /// Whether the person's file at `path` in `.claudia` may be acted on; when that can't be told yet, all is looked
    /// at again.
    func verdict(on path: String, _ bytes: @autoclosure () -> [UInt8]?) -> TrackedGuard.Verdict {
        let verdict: TrackedGuard.Verdict
        do {
            verdict = try tracked.verdict(on: path, bytes())
        } catch {
            retryLater("Whether Git tracks \(path) can't be told: \(describe(error)).", of: nil)
            return .wait
        }
        guard verdict == .wait, !deadlines.isSet(.gitAgain) else { return verdict }
        let ms = gitLookMs ?? Supervisor.gitLookMs.first
        if ms == Supervisor.gitLookMs.last {
            report("Git's index.lock isn't whole; edits wait. When no Git command runs, remove it.", of: nil)
        }
        gitLookMs = min(ms * 2, Supervisor.gitLookMs.last * 2)
        deadlines.set(.gitAgain, afterMs: min(ms, Supervisor.gitLookMs.last))
        return verdict
    }

    /// Looks again at what had to wait for a Git command.
    func lookAfterGit() {
        readConfig()
        lookAtEverything()
        for owner in hooksWaiting.keys { startHook(of: owner) }
        if !deadlines.isSet(.gitAgain) { gitLookMs = nil }
    }

    /// Has the keeper look into the mailbox, unless Git brought what is in there.
    func askToLook(_ session: ManagedSession) {
        // What is in there is meant for the agent.
        if session.record.run?.command != nil { return }
        let path = "\(FileNames.sessionFolderPath(session.name))/\(FileNames.input)"
        switch verdict(on: path, nil) {
        case .free, .trusted: ask(.look, of: session)
        case .wait: break
        case .refused: report("Git tracks the session's “input”, so nothing in it is typed.", of: session)
        }
    }
}
