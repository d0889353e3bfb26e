internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// What ought to work and doesn't for now, as with a full disk or without a free descriptor: tried again until it
/// does, since nothing else tells that it would.
extension Supervisor {
    /// Takes note of something that couldn't be done: told once, tried again soon.
    func retryLater(_ sentence: String, of session: ManagedSession?) {
        if noteTrouble(sentence, of: session) { tell(.error, of: session, ["message": .string(sentence)]) }
    }

    /// The same for what can't be told of as an event: whether it is new.
    @discardableResult
    func noteTrouble(_ sentence: String, of session: ManagedSession?) -> Bool {
        if !deadlines.isSet(.again) { deadlines.set(.again, afterMs: againMs) }
        guard troubles.insert("\(session?.name.text ?? "") \(sentence)").inserted else { return false }
        log.warning("\(sentence)", metadata: session.map { ["session": "\($0.name)"] })
        return true
    }

    /// Does anew all that may have failed; what still does asks for the next time.
    func tryAgain() {
        againMs = min(againMs * 2, Patience.againMsMax)
        tellWaiting()
        countsWait = false
        for session in sessions.values {
            session.waitsForDisk = false
            session.statusWaits = false
            if session.watch == nil, !session.isRemoved, !isFolderGone(session) { watchFolder(of: session) }
        }
        for name in unread { adopt(name) }
        if !areFoldersWatched { watchFolders() }
        if !areEventsPublished { publishEvents() }
        acceptClients()
        readConfig(.again)
        lookAtEverything()
    }

    /// Says that all works again, once a round has gone by without a failure.
    func noteRecovery() {
        guard !troubles.isEmpty, !deadlines.isSet(.again) else { return }
        troubles = []
        againMs = Patience.againMs
        log.notice("what failed works again")
    }

    /// What a person can do about an error that has to do with limits.
    static func hint(_ error: SystemError) -> String {
        switch (error.number, error.call) {
        case (ENOSPC, "inotify_add_watch"): " Raise fs.inotify.max_user_watches."
        case (EMFILE, _): " Raise the limit on open files (ulimit -n)."
        case (ENFILE, _): " Raise fs.file-max."
        case (ENOSPC, _), (EDQUOT, _): " Make room on the disk."
        default: ""
        }
    }
}
