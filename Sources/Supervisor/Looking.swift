internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// What a watch is on.
enum Watched: Equatable {
    /// `.claudia`.
    case publicFolder
    /// `.claudia/sessions`.
    case sessions
    /// `.claudia/hooks`.
    case hooks
    /// `.claudia/sessions/<name>`.
    case session(SessionName)
    /// Where worktrees lie, or Git's list of them.
    case worktrees
    /// The folder that `.claudia` lies in: only that it was moved.
    case root
}

/// An event only says *look*: what is there is read anew, so a lost or merged event costs a look and never a
/// wrong state.
extension Supervisor {
    private static let filesMask: Inotify.Mask = [
        .closedWrite, .movedTo, .movedFrom, .created, .deleted, .attributes, .deletedSelf, .movedSelf,
    ]
    static let mailboxMask: Inotify.Mask = [
        .modified, .closedWrite, .movedTo, .created, .deletedSelf, .movedSelf,
    ]

    private static let worktreesMask: Inotify.Mask = [.movedTo, .movedFrom, .created, .deleted]

    /// Names in `.claudia` that are there as long as it is whole.
    private static let ownNames: Set = [
        FileNames.sessions, FileNames.gitignore, FileNames.hooks, FileNames.trash,
    ]

    /// Watches `.claudia` and `.claudia/sessions` as they are now.
    func watchFolders() {
        watches = watches.filter { entry in
            if case .session = entry.value { return true }
            inotify.unwatch(entry.key)
            return false
        }
        areFoldersWatched = true
        do {
            watches[try inotify.watch(publicFolder.folder, Supervisor.filesMask)] = .publicFolder
            watches[try inotify.watch(publicFolder.sessions, Supervisor.filesMask)] = .sessions
            let hooks = try publicFolder.folder.folder(FileNames.hooks)
            watches[try inotify.watch(hooks, Supervisor.filesMask)] = .hooks
            watches[try inotify.watch(publicFolder.root, [.movedSelf, .deletedSelf])] = .root
        } catch {
            areFoldersWatched = false
            retryLater("Edits can't be seen: \(error.message).\(Supervisor.hint(error))", of: nil)
        }
    }

    /// Makes the session's public folder when it is missing, and watches it for its mailbox.
    func watchFolder(of session: ManagedSession) {
        do {
            let folder = try publicFolder.makeSession(session.name)
            let watch = try inotify.watch(folder, Supervisor.mailboxMask)
            session.watch = watch
            watches[watch] = .session(session.name)
        } catch {
            retryLater("The folder of the session can't be watched: \(describe(error)).", of: session)
        }
    }

    /// Watches where worktrees lie and Git's list of them, as far as they are there.
    func watchWorktrees() {
        for path in [worktreesRoot, "\(commonDirectory)/worktrees"] {
            guard let folder = try? Folder(at: path),
                let watch = try? inotify.watch(folder, Supervisor.worktreesMask)
            else { continue }
            watches[watch] = .worktrees
        }
    }

    func unwatchFolder(of session: ManagedSession) {
        guard let watch = session.watch else { return }
        session.watch = nil
        watches[watch] = nil
        inotify.unwatch(watch)
    }

    /// Takes all events that are queued and looks at what they name: false when that was nothing but files which
    /// claudia writes itself.
    func look() -> Bool {
        // In the order of what happened: that of creation is the order of the queue.
        var (files, seen): ([String], Set<String>) = ([], [])
        func add(_ file: String) { if seen.insert(file).inserted { files.append(file) } }
        var mailboxes: Set<SessionName> = []
        var all = false
        var isOverflown = false
        var isOthers = false
        while let events = try? inotify.events(), !events.isEmpty {
            for event in events {
                if event.mask.contains(.overflow) { (all, isOverflown) = (true, true) }
                let watched = watches[event.watch]
                if !Supervisor.isOwnFile(event.name) { isOthers = true }
                if watched == .publicFolder || watched == .sessions, deadlines.isSet(.putBack) { wipeSeen() }
                switch watched {
                case .publicFolder:
                    if event.name == FileNames.config {
                        readConfig()
                    } else if event.name == FileNames.mark {
                        // Written anew also when the owner has trusted what Git brought.
                        readConfig()
                        all = true
                    } else if event.name.isEmpty || Supervisor.ownNames.contains(event.name) {
                        all = true
                    }
                case .hooks: deadlines.set(.personsFiles, afterMs: Patience.deletionMs)
                case .sessions:
                    if event.name.isEmpty { all = true } else { add(event.name) }
                case .session(let name):
                    if event.name == FileNames.input {
                        mailboxes.insert(name)
                    } else if event.name.isEmpty {
                        add(FileNames.sessionFile(name))
                        if event.mask.contains(.movedSelf) { wipeSeen() }
                    }
                case .worktrees: deadlines.set(.compare, afterMs: Patience.driftQuietMs)
                case .root, nil: break
                }
            }
        }
        lookAgainMs = [:]
        if isOverflown { eventsWereDropped() }
        for name in mailboxes { lookAtMailbox(of: name) }
        if all { lookAtEverything() } else { for file in files { lookAt(file: file) } }
        return isOthers
    }

    /// Whether the supervisor writes a file of this name beside those of people, whole and by rename.
    private static func isOwnFile(_ name: String) -> Bool {
        [FileNames.status, FileNames.supervisorStatus].contains { name == $0 || name == ".\($0).new" }
    }

    /// The kernel's queue was full: what it dropped may have been of anything.
    private func eventsWereDropped() {
        log.notice("events were dropped; everything is looked at")
        readConfig()
        deadlines.set(.personsFiles, afterMs: Patience.deletionMs)
        // Folders that are others than those that are watched.
        wipeSeen()
    }

    /// Reads everything anew.
    func lookAtEverything() {
        guard publicFolder.isWhole() else { return wipeSeen() }
        do {
            let listing = try publicFolder.listSessions()
            misnamed.formIntersection(listing.misnamed.map(\.file))
            for entry in listing.misnamed { refuse(file: entry.file, problem: entry.problem) }
            let new = listing.names.filter { sessions[$0] == nil }
            for name in sessions.keys.sorted() { reconcile(name) }
            for name in publicFolder.oldestFirst(new) { reconcile(name) }
        } catch {
            retryLater("The sessions can't be read: \(describe(error)).", of: nil)
        }
        for name in sessions.keys { lookAtMailbox(of: name) }
    }

    private func lookAt(file: String) {
        let stem = file.hasSuffix(FileNames.sessionFileSuffix) ? String(file.dropLast(5)) : file
        if let name = SessionName(stem) {
            reconcile(name)
        } else if file.hasSuffix(FileNames.sessionFileSuffix), !file.hasPrefix(".") {
            lookAtEverything()
        }
    }

    private func lookAtMailbox(of name: SessionName) {
        guard let session = sessions[name], case .up = session.agent else { return }
        askToLook(session)
    }

    private func refuse(file: String, problem: String) {
        guard misnamed.insert(file).inserted else { return }
        report("\(problem) Rename it to make it one.", of: nil)
    }
}
