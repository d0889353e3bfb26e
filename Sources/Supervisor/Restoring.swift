internal import Git
internal import Linux
internal import SessionModel
internal import Store

/// Putting a removed session back as it was, parked.
extension Supervisor {
    /// Brings the files of the session called `name` back to a checkpoint; of a removed one, puts the newest back.
    func restore(_ name: String, _ wish: RestoreWish) {
        let client = wish.client
        guard let name = SessionName(name) else {
            return answer(client, .error("'\(name)' can't be a session's name."))
        }
        if let session = sessions[name] { return bringBack(session, wish) }
        guard restoring.insert(name).inserted else {
            return answer(client, .error("The session '\(name)' is being put back already."))
        }
        let job = RestoreJob(
            name: name, commonDirectory: commonDirectory, publicPath: "\(root)/\(FileNames.publicFolder)")
        worker.run { .restored(name, wish, Result { try job.run() }.mapError(WorkFailure.init)) }
    }

    func sessionRestored(
        _ name: SessionName, _ result: Result<RestoredSession, WorkFailure>, _ wish: RestoreWish
    ) {
        restoring.remove(name)
        let client = wish.client
        switch result {
        case .failure(let failure): answer(client, .error(failure.sentence))
        case .success(let restored):
            do {
                try takeBack(restored)
                // Whoever asked may read the status next.
                guard let session = sessions[name] else { return answer(client, .ok) }
                publish(session)
                if wish.number != nil { return bringBack(session, wish) }
                answer(client, .ok)
            } catch {
                answer(client, .error("The worktree is back, but not its session file: \(describe(error))."))
            }
        }
    }

    private func takeBack(_ restored: RestoredSession) throws {
        var record = restored.record
        orderLast += 1
        record.order = orderLast
        record.run = nil
        record.ended = nil
        record.restarting = nil
        // `removingSince` stays until the file is there: without it the session goes back into the same entry.
        record.specDigest = nil
        record.conflicts = nil
        record.spec?.state = .parked
        let own = try privateFolder.makeSession(record.name)
        let place = TrashPlace(
            publicPath: "\(root)/\(FileNames.publicFolder)", commonDirectory: commonDirectory,
            entryName: restored.entryName)
        try publishBack(own, record.name, place)
        try MachineFile.write(record, to: FileNames.record, in: own)
        let session = ManagedSession(record: record)
        session.saved = record
        sessions[record.name] = session
        watchFolder(of: session)
        compareWorktree(of: session)
        let old = Array(restored.sessionFile.utf8)
        let text =
            (try? SessionFile.setting([SessionSpec.CodingKeys.state.rawValue], to: .string("parked"), in: old))
            ?? Array(SessionFile.text(of: record.spec ?? SessionSpec()).utf8)
        _ = try publicFolder.createSessionFile(record.name, text)
        tell(.sessionCreated, of: session, ["id": .string(record.id), "restored": .bool(true)])
        stateIsNew(of: session)
        try dropTrashEntry(restored.entryName)
        reconcile(record.name)
    }

    /// Its content is back in place; what is left are the notes about it.
    private func dropTrashEntry(_ name: String) throws {
        let trash = try publicFolder.trash()
        let entry = try trash.folder(name)
        for file in [FileNames.trashRecord, FileNames.record] { try entry.remove(file) }
        try? trash.removeFolder(name)
    }

    /// Gives the private folder its links to what the keeper wrote.
    private func publishBack(_ own: borrowing Folder, _ name: SessionName, _ place: TrashPlace) throws {
        let folder = try publicFolder.makeSession(name)
        for file in try folder.names() where FileNames.hasTwoLinks(file) {
            if try folder.status(file)?.kind == .file { try folder.publish(file, to: own, file) }
        }
        // On another file system they lay beside the private folder; the links to them lead there again.
        guard let beside = try? Folder(at: place.besideGit) else { return }
        for file in try beside.names() where FileNames.hasTwoLinks(file) {
            try beside.rename(file, to: own, file)
        }
        place.removeEmpty(worktree: nil)
    }
}

/// One removed session to put back.
struct RestoreJob: Sendable {
    let name: SessionName
    let commonDirectory: String
    let publicPath: String

    func run() throws -> RestoredSession {
        let publicFolder = try Folder(at: publicPath)
        let trash = try publicFolder.makeFolder(FileNames.trash)
        guard let (entryName, entry) = try newest(in: trash) else {
            throw WorkFailure(
                "The trash holds no session '\(name)'. 'claudia rescues' lists what 'git stash apply' can bring back."
            )
        }
        let folder = try trash.folder(entryName)
        guard let record = try MachineFile.read(SessionRecord.self, from: FileNames.record, in: folder) else {
            throw WorkFailure("The trash entry \(entryName) is not whole: it holds no \(FileNames.record).")
        }
        let sessions = try publicFolder.makeFolder(FileNames.sessions)
        let hasFolder = try folder.status(FileNames.trashSession) != nil
        if hasFolder, try sessions.status(name.text) != nil {
            throw WorkFailure("There is a folder sessions/\(name) already; move it away first.")
        }
        try moveBack(entry, entryName, folder)
        if hasFolder { try folder.rename(FileNames.trashSession, to: sessions, name.text, replacing: false) }
        return RestoredSession(record: record, entryName: entryName, sessionFile: entry.sessionFile)
    }

    private func newest(in trash: borrowing Folder) throws -> (String, TrashEntry)? {
        var found: (String, TrashEntry)?
        for entryName in try trash.names() where entryName.hasPrefix("\(name)-") {
            guard let folder = try? trash.folder(entryName),
                let entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder),
                entry.name == name
            else { continue }
            if let best = found, best.1.at >= entry.at { continue }
            found = (entryName, entry)
        }
        return found
    }

    private func moveBack(
        _ entry: TrashEntry, _ entryName: String, _ folder: borrowing Folder
    ) throws {
        guard let worktree = entry.worktree, let adminName = entry.adminName else { return }
        let place = TrashPlace(publicPath: publicPath, commonDirectory: commonDirectory, entryName: entryName)
        let trashed = TrashedWorktree(worktree: place.ofWorktree(worktree), admin: place.ofAdmin())
        // A supervisor that was killed may have put it back before.
        if (try? Folder(at: trashed.admin)) == nil, (try? Folder(at: worktree)) != nil { return }
        try Worktrees.reattach(
            trashed, worktree: worktree, adminName: adminName, head: entry.head.flatMap { ObjectID($0) },
            commonDirectory: commonDirectory)
        place.removeEmpty(worktree: worktree)
    }
}
