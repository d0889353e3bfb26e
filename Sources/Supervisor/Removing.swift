internal import Git
internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Removing a session: its work to a rescue ref, its folders whole to the trash, beside the loop.
extension Supervisor {
    func remove(_ session: ManagedSession) {
        session.record.removingSince = session.record.removingSince ?? Timestamp(ms: Clock.realMs)
        // Known before it is begun, so that only this removal is gone on with.
        guard let since = session.record.removingSince, save(session) else { return }
        session.worktree = session.worktree == .present ? .beingRemoved : session.worktree
        session.awaitsAnswer = true
        unwatchFolder(of: session)
        let own = try? privateFolder.makeSession(session.name)
        let bytes = (try? own?.read(FileNames.lastGoodSession, most: SessionFile.sizeMax)) ?? []
        let job = RemovalJob(
            record: session.record, sessionFile: String(decoding: bytes, as: UTF8.self),
            commonDirectory: commonDirectory, publicPath: "\(root)/\(FileNames.publicFolder)",
            roots: ownRoots, at: since, keeping: keepingJob(of: session, .removal))
        worker.run { .removed(job.record.name, Result { try job.run() }.mapError(WorkFailure.init)) }
    }

    func sessionRemoved(_ session: ManagedSession, _ result: Result<RemovedSession, WorkFailure>) {
        session.awaitsAnswer = false
        switch result {
        case .failure(let failure):
            if session.worktree == .beingRemoved { session.worktree = .present }
            session.removalFailed =
                "The session can't be removed: \(failure.sentence) Nothing of it was deleted; "
                + "'claudia rm \(session.name)' tries again."
            report(session.removalFailed ?? "", of: session)
            watchFolder(of: session)
        case .success(let removed):
            if let newest = removed.kept?.state.newest { tellCheckpoint(newest, .removal, session) }
            tellRemoval(of: session, removed.entry)
            session.worktree = .absent
            guard dropPrivateFolder(of: session) else { return session.waitsForDisk = true }
            log.info("session removed", metadata: ["session": "\(session.name)"])
            toldBefore[session.name] = nil
            sessions[session.name] = nil
            dropOverlaps(with: session.name)
            // A file of that name that came in the meantime is a new session.
            reconcile(session.name)
        }
    }

    /// Tells of the removal what wasn't told yet.
    private func tellRemoval(of session: ManagedSession, _ entry: TrashEntry) {
        var told = toldBefore[session.name] ?? ToldBefore()
        if let ref = entry.rescueRef, ref != told.rescue {
            tell(.rescue, of: session, ["ref": .string(ref)])
            told.rescue = ref
        }
        if !told.isTerminated {
            let branch = entry.branch.map { ["branch": JSONValue.string($0)] }
            tell(.sessionTerminated, of: session, branch ?? [:])
            told.isTerminated = true
        }
        toldBefore[session.name] = told
    }

    /// Whether nothing is left of it; what is left is removed at another try.
    private func dropPrivateFolder(of session: ManagedSession) -> Bool {
        do {
            let own = try privateFolder.makeSession(session.name)
            // The record goes last: as long as it is there, a supervisor that comes after this one goes on.
            for name in try own.names() where name != FileNames.record { try own.remove(name) }
            try own.remove(FileNames.record)
            try privateFolder.sessions.removeFolder(session.name.text)
            return true
        } catch {
            noteTrouble("What is known of the session can't be dropped: \(describe(error)).", of: session)
            return false
        }
    }
}

/// A session that was removed.
struct RemovedSession: Sendable {
    let entry: TrashEntry
    /// What was kept of its worktree before; the rescue holds the same.
    let kept: KeptState?
}

/// One session to remove.
struct RemovalJob: Sendable {
    let record: SessionRecord
    let sessionFile: String
    let commonDirectory: String
    /// `.claudia`.
    let publicPath: String
    /// Where worktrees lie that claudia acts on.
    let roots: [String]
    /// When the removal began; by that, and the session's UUID, one that was cut off is known again.
    let at: Timestamp
    let keeping: KeepingJob?

    func run() throws -> RemovedSession {
        let publicFolder = try Folder(at: publicPath)
        let trash = try publicFolder.makeFolder(FileNames.trash)
        let begun = try TrashEntry.begun(record.name, id: record.id, at: at, in: trash)
        let entry = try begun?.entry ?? newEntry()
        // The worktree as it is now.
        var kept = record
        if let path = entry.worktree { kept.worktree?.path = path }
        let entryName = try begun?.name ?? make(entry, of: kept, in: trash)
        do {
            return try fill(entryName, entry, of: kept, isResumed: begun != nil, publicFolder, trash)
        } catch {
            // The session may go on after all; another removal has an entry of its own.
            TrashEntry.dropUnused(entryName, in: trash)
            throw error
        }
    }

    /// Moves all that is the session's into its entry.
    private func fill(
        _ entryName: String, _ begun: TrashEntry, of kept: SessionRecord, isResumed: Bool,
        _ publicFolder: borrowing Folder, _ trash: borrowing Folder
    ) throws -> RemovedSession {
        var entry = begun
        let worktree = entry.worktree == nil ? nil : kept.worktree
        let folder = try trash.folder(entryName)
        var state: KeptState?
        if let worktree, entry.rescueRef == nil, try Folder.openIfThere(at: worktree.path) != nil {
            // What hinders this hinders the rescue too, or is no reason not to go on.
            state = try? keeping?.at(worktree.path).run()
            entry.rescueRef = try saveRescue(worktree.path, isResumed: isResumed)
            // Of an orphan, or a branch that was deleted, there is none.
            let opened = try Repository(worktree: worktree.path, commonDirectory: commonDirectory)
            entry.head = try? opened.resolve("HEAD").description
            try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
        }
        if let worktree { try move(worktree, entryName, folder) }
        try movePublicFolder(from: try publicFolder.makeFolder(FileNames.sessions), to: folder)
        let place = TrashPlace(publicPath: publicPath, commonDirectory: commonDirectory, entryName: entryName)
        try keepOutput(in: try folder.makeFolder(FileNames.trashSession), place)
        return RemovedSession(entry: entry, kept: state)
    }

    /// Moves the session's public folder into its entry.
    ///
    /// Where an earlier try has moved it, another one may have been made in its place since: what came into that goes
    /// beside.
    private func movePublicFolder(from sessions: borrowing Folder, to entry: borrowing Folder) throws {
        let name = record.name.text
        guard try sessions.status(name)?.kind == .folder else { return }
        guard try entry.status(FileNames.trashSession) != nil else {
            return try sessions.rename(name, to: entry, FileNames.trashSession)
        }
        let later = try sessions.folder(name)
        let earlier = try entry.folder(FileNames.trashSession)
        for file in try later.names() {
            let place = try earlier.status(file) == nil ? file : file + ".later"
            try later.rename(file, to: earlier, place)
        }
        try sessions.removeFolder(name)
    }

    private func newEntry() throws -> TrashEntry {
        var entry = TrashEntry(name: record.name, id: record.id, at: at, sessionFile: sessionFile)
        entry.branch = record.worktree?.branch
        let worktree = try worktreeToMove()
        entry.worktree = worktree?.path
        entry.adminName = worktree?.adminName
        entry.baseBranch = record.baseBranch
        entry.baseCommit = record.worktree?.baseCommit
        return entry
    }

    /// The worktree as it is now; nil when none is left, or none that claudia may act on.
    private func worktreeToMove() throws -> SessionRecord.Worktree? {
        guard var worktree = record.worktree, let adminName = worktree.adminName else { return nil }
        let standing = try Worktrees.standing(
            of: worktree.path, adminName: adminName, commonDirectory: commonDirectory)
        switch standing {
        case .whole: return worktree
        case .moved(let path):
            guard worktree.isIt(at: path, in: roots) else { return nil }
            worktree.path = path
            return worktree
        case .strayed(let path) where !worktree.isIt(at: path, in: roots): return nil
        case .strayed, .unlisted: return try worktree.mended(standing, commonDirectory: commonDirectory)
        case .removed, .folderGone, .foreign: return nil
        case .replaced(let why):
            guard Worktrees.lies(worktree.path, inOneOf: roots) else { return nil }
            throw WorkFailure(
                "what lies at \(worktree.path) is not the worktree that was made there (\(why)). "
                    + "'git worktree repair' mends its '.git' file.")
        }
    }

    /// Gives the entry what the keeper wrote, in case that its links in the session's folder are gone.
    ///
    /// On another file system than the private folder the session's folder has symbolic links only, so the files
    /// are moved beside it.
    private func keepOutput(in session: borrowing Folder, _ place: TrashPlace) throws {
        let common = try Folder(at: commonDirectory)
        let own = try common.folder("\(FileNames.privateFolder)/\(FileNames.sessions)/\(record.name)")
        for name in try own.names() where FileNames.hasTwoLinks(name) {
            let there = try session.status(name)
            if there?.kind == .file { continue }
            do throws(SystemError) {
                try own.publish(name, to: session, name)
            } catch {
                guard error.number == EXDEV else { throw error }
                try own.rename(name, to: try place.makeBesideGit(), name)
            }
        }
    }

    /// Keeps the work on a rescue ref, named by when the removal began.
    ///
    /// One that is there was made by a supervisor which was killed; or by an earlier removal within the same
    /// second, and then this one gets a number.
    private func saveRescue(_ worktree: String, isResumed: Bool) throws -> String {
        for number in 1...100 {
            let time = number == 1 ? at.compact : "\(at.compact)-\(number)"
            let ref = Rescue.reference(name: record.name.text, time: time)
            do throws(GitError) {
                _ = try Rescue.save(
                    worktree: worktree, commonDirectory: commonDirectory, reference: ref,
                    message: "claudia: rescue of session \(record.name) at \(at)\n\n\(sessionFile)")
                return ref
            } catch {
                guard case .exists = error else { throw error }
                if isResumed { return ref }
            }
        }
        throw WorkFailure("There are too many rescues of '\(record.name)' of \(at).")
    }

    /// Makes the entry's folder, which is there whole or not at all: what lies in it can always be put back.
    ///
    /// A second removal within a second gets a number.
    private func make(
        _ entry: TrashEntry, of record: SessionRecord, in trash: borrowing Folder
    ) throws -> String {
        let unnamed = ".\(record.id)"
        let folder = try trash.makeFolder(unnamed)
        try MachineFile.write(record, to: FileNames.record, in: folder)
        try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
        for candidate in FileNames.trashEntries(record.name, at: entry.at) {
            guard try trash.status(candidate) == nil else { continue }
            try trash.rename(unnamed, to: trash, candidate, replacing: false)
            do {
                try trash.sync()
            } catch {
                TrashEntry.dropUnused(candidate, in: trash)
                throw error
            }
            return candidate
        }
        throw WorkFailure("The trash holds too many entries of '\(record.name)' of \(entry.at).")
    }

    private func move(
        _ worktree: SessionRecord.Worktree, _ entryName: String, _ folder: borrowing Folder
    ) throws {
        guard let adminName = worktree.adminName else { return }
        let place = TrashPlace(publicPath: publicPath, commonDirectory: commonDirectory, entryName: entryName)
        let admin = "\(commonDirectory)/worktrees/\(adminName)"
        guard try Folder.openIfThere(at: worktree.path) != nil else {
            // The worktree is in the trash already: its admin folder follows.
            guard try folder.status(FileNames.trashWorktree) != nil, try Folder.openIfThere(at: admin) != nil
            else {
                return
            }
            return try Worktrees.detachEntry(admin, to: place.forAdmin(admin))
        }
        try Worktrees.detach(
            worktree: worktree.path, adminName: adminName, commonDirectory: commonDirectory,
            to: TrashedWorktree(
                worktree: place.forWorktree(worktree.path), admin: try place.forAdmin(admin)))
    }
}
