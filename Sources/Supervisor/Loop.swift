internal import Glibc
internal import KeeperProtocol
internal import Lifecycle
public import Linux
internal import Logging
internal import SessionModel
internal import Store

extension Supervisor {
    /// Milliseconds between two tries to wait for anything.
    private static let restMs: CInt = 100

    /// Adopts the keepers that run, then serves until told to end; agents go on.
    ///
    /// `announcement` gets one byte once every keeper was asked, and is closed. Returns where the repository was
    /// moved to, when that is why it ended.
    public func run(announcement: consuming Descriptor?) throws(SupervisorError) -> String? {
        self.announcement = consume announcement
        Scheduling.preferLatency()
        // A session takes two descriptors, and a soft limit of 1,024 is usual.
        FileLimit.raise()
        log.info("up", metadata: ["generation": "\(generation)", "root": "\(root)"])
        watchFolders()
        clearUnfinishedWorktrees()
        toldBefore = readToldBefore()
        try adoptSessions()
        compareAll()
        for session in sessions.values { goOnKeeping(session) }
        lookForLostKeepers()
        if wasWiped { publicFolderWasWiped() }
        takeLastGoodConfig()
        personsFilesSettled()
        lookAtEverything()
        // Whoever wiped it was through long ago.
        if deadlines.isSet(.putBack) { putBackWiped() }
        deadlines.set(.trash, afterMs: 0)
        lookAtPoolSoon()
        settle()
        announceOnceAdopted()
        askOuterTerminal()
        while !isOver {
            let ready = ready()
            noticeMove()
            if isOver { break }
            var isWork = ready.isEmpty
            for item in ready {
                guard let token = tokens[item.token] else { continue }
                if token == .watcher {
                    if look() { isWork = true }
                } else {
                    handle(token)
                    isWork = true
                }
            }
            if isWork { settle() }
            noteRecovery()
            announceOnceAdopted()
        }
        close()
        return newRoot
    }

    /// What is ready; when even that can't be told, nothing, a moment later.
    private func ready() -> [Poller.Ready] {
        do throws(SystemError) {
            return try poller.wait()
        } catch {
            noteTrouble("Nothing can be waited for: \(error.message).", of: nil)
            Poller.rest(ms: Supervisor.restMs)
            return []
        }
    }

    private func handle(_ token: Token) {
        switch token {
        case .watcher: _ = look()
        case .signals: takeSignals()
        case .timer: for deadline in deadlines.due() { handle(deadline) }
        case .worker: for result in worker.finished() { finish(result) }
        case .differ: for result in differ.finished() { finish(result) }
        case .pooler: for result in pooler.finished() { finish(result) }
        case .reader: for result in reader.finished() { finish(result) }
        case .sweeper: for result in sweeper.finished() { finish(result) }
        case .terminalAnswer: hearOuterTerminal()
        case .terminalRoom: flushOuterTerminal()
        case .control: acceptClients()
        case .controlClient(let number): serve(number)
        case .keeperReady(let name): with(name, hearReadiness)
        case .keeperLink(let name): with(name, hearKeeper)
        case .keeperProcess(let name): with(name, keeperEnded)
        case .hook(let number): hookEnded(number)
        }
    }

    private func handle(_ deadline: Deadline) {
        switch deadline {
        case .confirmDeletion(let name): with(name, confirmDeletion)
        case .lookAgain(let name): reconcile(name)
        case .again: tryAgain()
        case .configAgain: readConfig(.again)
        case .gitAgain: lookAfterGit()
        case .putBack: putBackWiped()
        case .keeperAnswer(let name): with(name, keeperIsSilent)
        case .keeperStart(let name): with(name, keeperStartIsOverdue)
        case .keeperRetry(let name): with(name, connect)
        case .outputAgain(let name): with(name, outputIsDue)
        case .growth(let name): with(name) { ask(.tellOutput, of: $0) }
        case .tellReading(let name): with(name, tellReading)
        case .orphanKill(let name): with(name) { endOrphans(of: $0, SIGKILL) }
        case .tearDown(let name): with(name, tearDownIsOverdue)
        case .restart(let name): with(name, restartIsDue)
        case .blocked(let name): with(name, tellWhatIsAsked)
        case .screen(let name): with(name, screenIsDue)
        case .keyAnswer(let name): with(name, answerIsOverdue)
        case .submission(let name): with(name, submissionIsDue)
        case .hook(let number): killHook(number)
        case .terminalAnswer: hearOuterTerminal()
        case .trash: expireTrash()
        case .pool: lookAtPool()
        case .compare: compareAll()
        case .personsFiles: personsFilesSettled()
        case .settleMemory: Memory.settle()
        }
    }

    private func with(_ name: SessionName, _ body: (ManagedSession) -> Void) {
        if let session = sessions[name] { body(session) }
    }

    private func takeSignals() {
        while let signal = try? signals.next() {
            if signal == SIGCHLD {
                // Only children that are known: a `git` that a worker waits for is not the loop's to reap.
                children = children.filter { (try? Ending.reap($0)) == .some(nil) }
            } else {
                log.notice("asked to end", metadata: ["signal": "\(Signals.name(signal))"])
                isOver = true
            }
        }
    }

    /// Tells who waits for it that every keeper has been asked.
    private func announceOnceAdopted() {
        guard adopting.isEmpty, !isAnnounced else { return }
        isAnnounced = true
        tellServiceManager("READY=1")
        guard let announcement = announcement.take() else { return }
        try? announcement.writeAll(Array("ready\n".utf8))
    }

    /// Tells systemd, where it started this process (`scripts/claudia@.service`).
    private func tellServiceManager(_ state: String) {
        guard let name = environment["NOTIFY_SOCKET"], !name.isEmpty else { return }
        do {
            try ServiceManager.notify(state, at: name)
        } catch {
            log.warning("systemd can't be told", metadata: ["state": "\(state)", "why": "\(error.message)"])
        }
    }

    private func close() {
        tellServiceManager("STOPPING=1")
        // What a worker has begun is finished, so that no worktree is left half moved.
        for pool in [worker, differ] {
            pool.drain()
            for result in pool.finished() { finish(result) }
        }
        for session in sessions.values { publish(session) }
        outerTerminal.take()?.leave()
        endHooks()
        log.info("down", metadata: ["generation": "\(generation)"])
        try? publicFolder.folder.remove(FileNames.supervisorStatus)
        try? privateFolder.folder.remove(ControlClient.socketName)
    }
}
