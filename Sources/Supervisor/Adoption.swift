internal import Lifecycle
internal import Linux
internal import SessionModel
internal import Store

/// Taking up where the supervisor before this one left off.
extension Supervisor {
    /// Reads every session's record and asks its keeper.
    ///
    /// Where the list of them can't be had, nothing is begun: all sessions would look new.
    func adoptSessions() throws(SupervisorError) {
        for name in try supervising({ try privateFolder.sessionNames() }) { adopt(name) }
    }

    /// Takes one session up; what can't be read for now is tried again.
    func adopt(_ name: SessionName) {
        unread.remove(name)
        do {
            let own = try privateFolder.makeSession(name)
            guard let record = try MachineFile.read(SessionRecord.self, from: FileNames.record, in: own)
            else {
                // Killed before the first record was whole, when nothing was begun for the session yet; or between
                // the record, which is the last that a removal drops, and the folder, which is empty then.
                _ = try? privateFolder.sessions.removeFolder(name.text)
                return
            }
            let session = ManagedSession(record: record)
            session.saved = record
            takeTold(of: session)
            unreadable.remove(name)
            orderLast = max(orderLast, record.order)
            session.published = try? publicFolder.readStatus(name)
            sessions[name] = session
            // A wiped folder must be seen as wiped, so only one that is there is watched now.
            if try publicFolder.session(name) != nil { watchFolder(of: session) }
            session.isRemoved = try wasBeingRemoved(session)
            takeUpRestart(of: session)
            adopting.insert(name)
            connect(session)
        } catch {
            let sentence =
                "What is known of the session \(name) can't be read: \(describe(error)). "
                + "Its worktree and branch are left alone."
            unreadable.insert(name)
            guard case .system? = error as? StoreError else { return report(sentence, of: nil) }
            unread.insert(name)
            retryLater(sentence, of: nil)
        }
    }

    /// Whether a supervisor was killed in the middle of this session's removal, and its file is still gone.
    private func wasBeingRemoved(_ session: ManagedSession) throws -> Bool {
        guard session.record.removingSince != nil else { return false }
        return try publicFolder.readSessionFile(session.name) == .missing
    }
}
