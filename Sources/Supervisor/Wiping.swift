internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Putting back what `git clean -fdx` and the like took: no edit of a person's takes a session's folder.
extension Supervisor {
    /// Something of claudia's own is gone, or another came in its place: it is put back, or taken up, once whoever
    /// does that is through.
    func wipeSeen() {
        deadlines.set(.putBack, afterMs: isPutBackFailing ? Patience.againMs : Patience.wipeQuietMs)
    }

    /// Whether the session's folder isn't there: when it went with its file, that was no `rm`.
    func isFolderGone(_ session: ManagedSession) -> Bool {
        guard let folder = try? publicFolder.session(session.name) == nil else { return false }
        return folder
    }

    /// Makes anew all that is missing.
    func putBackWiped() {
        deadlines.cancel(.putBack)
        if let refusal = (try? ownership.standing())?.refusal {
            isOver = true
            return report("\(refusal) The supervisor ends; the agents go on.", of: nil)
        }
        isPutBackFailing = false
        do {
            if try publicFolder.mend() { publicFolderWasWiped() }
        } catch {
            putBackFailed("The folder .claudia was wiped and can't be put back: \(describe(error)).", of: nil)
            return
        }
        for session in sessions.values where !session.isRemoved {
            if isFolderGone(session) { putBack(session) } else { takeUpFolder(of: session) }
        }
        lookAtEverything()
    }

    private func putBackFailed(_ sentence: String, of session: ManagedSession?) {
        isPutBackFailing = true
        retryLater(sentence, of: session)
        wipeSeen()
    }

    func publicFolderWasWiped() {
        wipedAtNs = Clock.bootNs
        deadlines.set(.personsFiles, afterMs: Patience.deletionMs)
        watchFolders()
        try? openLog()
        publishEvents()
        publishedCounts = nil
        report("The folder .claudia was wiped; it is put back and the agents go on.", of: nil)
    }

    /// Links the parts of `events.jsonl` into the public folder.
    func publishEvents() {
        areEventsPublished = true
        do {
            try events.publish(to: publicFolder.folder)
        } catch {
            areEventsPublished = false
            retryLater("events.jsonl can't be put back: \(describe(error)).", of: nil)
        }
    }

    /// The file first: a folder without its file looks like an `rm`.
    private func putBack(_ session: ManagedSession) {
        deadlines.cancel(.confirmDeletion(session.name))
        do {
            let own = try privateFolder.makeSession(session.name)
            if session.record.spec != nil {
                let bytes =
                    try session.lastGood ?? own.read(FileNames.lastGoodSession, most: SessionFile.sizeMax)
                if try publicFolder.createSessionFile(session.name, bytes) {
                    session.record.specDigest = ContentDigest.of(bytes)
                    session.record.specMtime = mtime(of: session.name)
                }
            }
            unwatchFolder(of: session)
            watchFolder(of: session)
            publishFiles(of: session, from: own, to: try publicFolder.makeSession(session.name))
            report(
                "The files of the session were wiped; they are put back and the agent goes on.", of: session)
        } catch {
            putBackFailed(
                "The files of the session were wiped and can't be put back: \(describe(error)).", of: session)
        }
    }

    /// Takes up the session's folder when it isn't the one that is watched.
    private func takeUpFolder(of session: ManagedSession) {
        guard let folder = try? publicFolder.session(session.name),
            let watch = try? inotify.watch(folder, Supervisor.mailboxMask), watch != session.watch
        else { return }
        unwatchFolder(of: session)
        session.watch = watch
        watches[watch] = .session(session.name)
        guard let own = try? privateFolder.makeSession(session.name) else { return }
        log.notice("another folder took the session's place", metadata: ["session": "\(session.name)"])
        publishFiles(of: session, from: own, to: folder)
    }

    /// Links the keeper's files into a public folder, by itself where it lives, and has the rest written anew.
    private func publishFiles(
        of session: ManagedSession, from own: borrowing Folder, to folder: borrowing Folder
    ) {
        session.published = nil
        guard session.link == nil else {
            ask(.folder, of: session, passing: folder.descriptor.number)
            return askToLook(session)
        }
        let names = (try? own.names()) ?? []
        for name in names where FileNames.hasTwoLinks(name) { try? own.publish(name, to: folder, name) }
    }

    private func mtime(of name: SessionName) -> Int64? {
        guard case .content(_, _, let mtimeNs)? = try? publicFolder.readSessionFile(name) else { return nil }
        return mtimeNs
    }
}
