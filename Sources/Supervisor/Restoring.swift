internal import Git
internal import Linux
internal import SessionModel
internal import Store

/// Putting a removed session back as it was, parked.
extension Supervisor {
    /// Puts back the newest removed session called `name`, for the client that asked.
    func restore(_ name: String, for client: Int) {
        guard let name = SessionName(name) else {
            return answer(client, .error("'\(name)' can't be a session's name."))
        }
        if sessions[name] != nil {
            return answer(client, .error("There is a session '\(name)' already; remove or rename it first."))
        }
        let job = RestoreJob(
            name: name, commonDirectory: commonDirectory, publicPath: "\(root)/\(FileNames.publicFolder)")
        worker.run { .restored(client: client, Result { try job.run() }.mapError(WorkFailure.init)) }
    }

    func sessionRestored(_ result: Result<RestoredSession, WorkFailure>, client: Int) {
        switch result {
        case .failure(let failure): answer(client, .error(failure.sentence))
        case .success(let restored):
            do {
                try takeBack(restored)
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
        record.stateInForce = nil
        record.specDigest = nil
        let own = try privateFolder.makeSession(record.name)
        try publishBack(own, record.name)
        try MachineFile.write(record, to: FileNames.record, in: own)
        let session = ManagedSession(record: record)
        session.saved = record
        sessions[record.name] = session
        watchFolder(of: session)
        let old = Array(restored.sessionFile.utf8)
        let text =
            (try? SessionFile.setting([SessionSpec.CodingKeys.state.rawValue], to: .string("parked"), in: old))
            ?? Array(SessionFile.text(of: record.spec ?? SessionSpec()).utf8)
        _ = try publicFolder.createSessionFile(record.name, text)
        tell(.sessionCreated, of: session, ["id": .string(record.id), "restored": .bool(true)])
        reconcile(record.name)
    }

    /// Gives the private folder its links to what the keeper wrote.
    private func publishBack(_ own: borrowing Folder, _ name: SessionName) throws {
        let folder = try publicFolder.makeSession(name)
        for file in try folder.names() where FileNames.isKeepersOwn(file) {
            try folder.publish(file, to: own, file)
        }
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
        try moveBack(entry, entryName, hasWorktree: try folder.status(FileNames.trashWorktree) != nil)
        if try folder.status(FileNames.trashSession) != nil {
            let sessions = try publicFolder.makeFolder(FileNames.sessions)
            try folder.rename(FileNames.trashSession, to: sessions, name.text, replacing: false)
        }
        for file in [FileNames.record, FileNames.trashRecord] { try folder.remove(file) }
        try? trash.removeFolder(entryName)
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

    private func moveBack(_ entry: TrashEntry, _ entryName: String, hasWorktree: Bool) throws {
        guard let worktree = entry.worktree, let adminName = entry.adminName else { return }
        let inside = "\(publicPath)/\(FileNames.trash)/\(entryName)"
        let place =
            hasWorktree
            ? inside : try TrashPlace.besideWorktree(worktree, entryName: entryName, making: false)
        try Worktrees.reattach(
            TrashedWorktree(
                worktree: "\(place)/\(FileNames.trashWorktree)", admin: "\(inside)/\(FileNames.trashAdmin)"),
            worktree: worktree, adminName: adminName, commonDirectory: commonDirectory)
    }
}
