internal import FoundationEssentials
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// From the files as they are to what is wanted.
extension Supervisor {
    /// Reads a session's file and takes over what it wants.
    func reconcile(_ name: SessionName) {
        if unreadable.contains(name) || restoring.contains(name) { return }
        let session = sessions[name]
        // What is on its way out is finished first; the file is looked at again then.
        if let session, session.isRemoved, session.removalFailed == nil { return }
        do {
            let reading = try publicFolder.readSessionFile(name)
            if reading != .missing {
                deadlines.cancel(.confirmDeletion(name))
                session?.record.removingSince = nil
                if let session, isFolderGone(session) { wipeSeen() }
            }
            guard isAllowed(name, reading) else { return }
            switch reading {
            case .missing: if let session { fileIsMissing(session) }
            case .beingWritten: lookAgain(at: name)
            case .empty(let mtimeNs): fileIsEmpty(name, mtimeNs: mtimeNs)
            case .content(let bytes, let digest, let mtimeNs):
                take(bytes, of: name, digest: digest, mtimeNs: mtimeNs)
            case .refused(let problem): answer(name, digest: nil, mtimeNs: nil, problem: problem)
            }
        } catch {
            retryLater(
                "The session file \(FileNames.sessionFile(name)) can't be read: \(describe(error)).",
                of: session)
        }
    }

    /// Whether the file may be acted on: not one that Git brought, but as its owner has trusted it.
    private func isAllowed(_ name: SessionName, _ reading: FileReading) -> Bool {
        let (bytes, time): ([UInt8], Int64)
        switch reading {
        case .missing, .beingWritten, .refused: return true
        case .empty(let mtimeNs): (bytes, time) = ([], mtimeNs)
        case .content(let content, _, let mtimeNs): (bytes, time) = (content, mtimeNs)
        }
        switch verdict(on: FileNames.sessionFilePath(name), bytes) {
        case .free: return true
        // Filling it in would make it another than the one that was trusted.
        case .trusted where bytes.isEmpty:
            take(bytes, of: name, digest: ContentDigest.of(bytes), mtimeNs: time)
            return false
        case .trusted: return true
        case .wait: return false
        case .refused(let problem):
            answer(name, digest: nil, mtimeNs: nil, problem: problem)
            return false
        }
    }

    /// The file was gone a while ago: whether it still is.
    func confirmDeletion(_ session: ManagedSession) {
        guard let reading = try? publicFolder.readSessionFile(session.name), reading == .missing else {
            return reconcile(session.name)
        }
        if !publicFolder.isWhole() || isFolderGone(session) { return putBackWiped() }
        log.info("session file removed", metadata: ["session": "\(session.name)"])
        session.isRemoved = true
    }

    /// Somebody has the file open: it is looked at again soon, and a few times more, each later than the last.
    private func lookAgain(at name: SessionName) {
        let ms = lookAgainMs[name] ?? Patience.lookAgainMs
        guard ms <= Patience.lookAgainMsMax else { return }
        lookAgainMs[name] = ms * 4
        deadlines.set(.lookAgain(name), afterMs: ms)
    }

    private func fileIsMissing(_ session: ManagedSession) {
        // Somebody made the file and removed it again: what failed is tried again.
        if session.isRemoved { return session.removalFailed = nil }
        if isFolderGone(session) { wipeSeen() }
        if !deadlines.isSet(.confirmDeletion(session.name)) {
            deadlines.set(.confirmDeletion(session.name), afterMs: Patience.deletionMs)
        }
    }

    private func fileIsEmpty(_ name: SessionName, mtimeNs: Int64) {
        let old = sessions[name]?.record
        let digest = ContentDigest.of([])
        if old?.specDigest == digest, old?.specMtime == mtimeNs { return }
        // One that held something is no new one: an editor may be about to save it, or a person undecided.
        guard old?.spec == nil, old?.specDigest == nil else {
            sessions[name]?.isRemoved = false
            sessions[name]?.removalFailed = nil
            let goesOn = old?.spec == nil ? "" : "; the session goes on as it was"
            let message = "The file is empty\(goesOn). Write into it what you want, or remove it."
            return answer(name, digest: digest, mtimeNs: mtimeNs, problem: FileProblem(message: message))
        }
        do {
            switch try publicFolder.fillSessionFile(name, with: SessionFile.text(of: config.sessionDefaults))
            {
            case .filled: reconcile(name)
            case .busy: lookAgain(at: name)
            case .notEmpty: break
            case .notPossible: take([], of: name, digest: digest, mtimeNs: mtimeNs)
            }
        } catch {
            retryLater(
                "The session file \(FileNames.sessionFile(name)) can't be filled in: \(describe(error)).",
                of: nil)
        }
    }

    private func take(_ bytes: [UInt8], of name: SessionName, digest: String, mtimeNs: Int64) {
        let old = sessions[name]?.record
        if let old, old.specDigest == digest, old.specMtime == mtimeNs, sessions[name]?.isRemoved != true {
            return
        }
        do {
            let content = try SessionFile.parse(bytes, defaults: defaults(for: sessions[name]))
            let session = sessions[name] ?? create(name)
            session.lastGood = bytes
            session.record.specDigest = digest
            session.record.specMtime = mtimeNs
            apply(content.spec, notice: content.notice, to: session, asksAgain: old?.specMtime != mtimeNs)
        } catch {
            answer(name, digest: digest, mtimeNs: mtimeNs, problem: error)
        }
    }

    /// What holds for keys that the file leaves out: of what the worktree was made from, as it was then.
    private func defaults(for session: ManagedSession?) -> SessionSpec {
        var defaults = config.sessionDefaults
        guard let session, isWorktreeMade(of: session), let spec = session.record.spec else {
            return defaults
        }
        (defaults.base, defaults.branch, defaults.branchPrefix) = (spec.base, spec.branch, spec.branchPrefix)
        return defaults
    }

    private func isWorktreeMade(of session: ManagedSession) -> Bool {
        session.record.worktree != nil || session.worktree == .beingMade
    }

    private func apply(
        _ new: SessionSpec, notice: FileProblem?, to session: ManagedSession, asksAgain: Bool
    ) {
        let outcome = SpecChange.apply(
            new, over: session.record.spec, worktreeMade: isWorktreeMade(of: session))
        session.isTouched = outcome.spec == session.record.spec
        let home = session.record.baseBranch
        session.record.spec = outcome.spec
        if session.record.baseBranch != home { baseBranchIsNew(of: session) }
        setProblem(outcome.problem ?? notice, of: session)
        session.removalFailed = nil
        session.isRemoved = false
        // A file that was written or touched asks for another try; `claudia migrate` leaves it its time.
        if asksAgain {
            if outcome.spec.state == .running || outcome.spec.state == .paused { session.record.ended = nil }
            forgetRestarts(of: session)
            renewAutoYes(of: session)
        }
        session.isEdited = true
        log.debug(
            "session file read", metadata: ["session": "\(session.name)", "state": "\(outcome.spec.state)"])
        promptWhenQuiet(session)
    }

    /// Takes note of a file that can't be understood: what was wanted before stays wanted.
    private func answer(_ name: SessionName, digest: String?, mtimeNs: Int64?, problem: FileProblem) {
        let session = sessions[name] ?? create(name)
        session.record.specDigest = digest
        session.record.specMtime = mtimeNs
        setProblem(problem, of: session)
    }

    private func setProblem(_ problem: FileProblem?, of session: ManagedSession) {
        if let problem, problem != session.record.problem {
            report(problem, in: FileNames.sessionFile(session.name), of: session)
        }
        session.record.problem = problem
    }

    private func create(_ name: SessionName) -> ManagedSession {
        orderLast += 1
        let now = Timestamp(ms: Clock.realMs)
        // A supervisor that was killed may have told of it already.
        let before = toldBefore.removeValue(forKey: name)
        let told = before?.isTerminated == true ? nil : before?.id
        var record = SessionRecord(
            name: name, id: told ?? UUID().uuidString.lowercased(), order: orderLast, createdAt: now,
            phase: .queued,
            phaseSince: now)
        let arrival = Arrival.taken(name, in: privateFolder)
        record.conversation = arrival?.conversation.map {
            SessionRecord.Conversation(id: $0, kind: arrival?.kind)
        }
        record.adopted = arrival?.checkpoint
        let session = ManagedSession(record: record)
        sessions[name] = session
        watchFolder(of: session)
        if told == nil { tell(.sessionCreated, of: session, ["id": .string(record.id)]) }
        log.info("session created", metadata: ["session": "\(name)"])
        return session
    }
}
