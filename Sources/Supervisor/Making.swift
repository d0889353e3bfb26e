internal import Git
internal import Glibc
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// Making a session's worktree, beside the loop.
extension Supervisor {
    /// Where worktrees are made: absolute.
    var worktreesRoot: String {
        let root = config.worktrees.root
        return root.hasPrefix("/") ? root : "\(self.root)/\(root)"
    }

    /// Why no worktree is made in a folder of the repository that is somebody else's to lead elsewhere.
    func worktreesRootProblem() -> String? {
        let path = config.worktrees.root
        guard !path.hasPrefix("/") else { return nil }
        do {
            _ = try publicFolder.root.folder(path)
        } catch {
            guard error.number == ELOOP || error.number == ENOTDIR else { return nil }
            return "The worktree can't be made: \(path) is, or leads through, a symbolic link or a file. "
                + "Make it a folder, or name another in worktrees.root; then touch the session file."
        }
        return nil
    }

    func createWorktree(for session: ManagedSession) {
        guard let spec = session.record.spec else { return }
        guard compareWorktree(of: session) else {
            return session.worktree == .present ? failForDrift(session) : ()
        }
        // It may have come back by hand.
        if session.worktree == .present { return }
        if let problem = worktreesRootProblem() { return fail(session, problem) }
        let leftover = session.record.making
        let path = "\(worktreesRoot)/\(session.name)"
        let former = session.record.worktree
        let branch = former?.branch ?? spec.branchName(for: session.name)
        session.record.making = SessionRecord.Worktree(
            path: path, adminName: nil, branch: branch, baseBranch: nil, baseCommit: "", createdBranch: false)
        // Known before it is begun, so that a supervisor that comes after this one can take it over.
        guard save(session) else { return session.record.making = leftover }
        session.worktree = .beingMade
        let job = WorktreeJob(
            name: session.name, commonDirectory: commonDirectory, path: path, branch: branch,
            isBranchNamed: spec.branch != nil, base: spec.base, leftover: leftover,
            startedAt: startedAt, former: former, pool: poolFolder, ownership: ownership)
        let worker = worker
        let teller = ProgressTeller { count in worker.post(.making(job.name, count)) }
        worker.run { .made(job.name, Result { try job.run(teller) }.mapError(WorkFailure.init)) }
    }

    /// Takes back what a supervisor that was killed had begun; first of all jobs.
    func clearUnfinishedWorktrees() {
        let (commonDirectory, startNs) = (commonDirectory, startedAt.ms * 1_000_000)
        worker.run {
            do {
                _ = try Worktrees.clearUnfinished(commonDirectory: commonDirectory, startNs: startNs)
                return .cleared(problem: nil)
            } catch {
                return .cleared(
                    problem: "An unfinished worktree can't be taken back: \(WorkFailure(error).sentence)")
            }
        }
    }

    func worktreeMade(_ session: ManagedSession, _ result: Result<MadeWorktree, WorkFailure>) {
        session.record.making = nil
        session.progress = nil
        lookAtPoolSoon()
        switch result {
        case .success(let made):
            session.worktree = .present
            session.record.worktree = made.worktree
            session.record.worktree?.inode = SessionRecord.Worktree.inode(at: made.worktree.path)
            session.record.headCommit = made.worktree.baseCommit
            // A new worktree is set up, also in the place of one that was removed from outside.
            session.record.setUpDone = []
            session.note = made.note
            session.worktreeDrift = nil
            watchWorktrees()
            for note in [made.note, made.remark].compactMap(\.self) {
                log.notice("\(note)", metadata: ["session": "\(session.name)"])
            }
        case .failure(let failure):
            session.worktree = .absent
            let touch = "Mend it, then touch \(FileNames.sessionFile(session.name))."
            fail(session, "The worktree can't be made: \(failure.sentence) \(touch)")
        }
    }
}

/// One worktree to make.
struct WorktreeJob: Sendable {
    let name: SessionName
    let commonDirectory: String
    let path: String
    let branch: String
    /// Whether the session file names exactly this branch, so that an existing one is used.
    let isBranchNamed: Bool
    let base: String
    /// What an earlier supervisor had begun when it was killed.
    let leftover: SessionRecord.Worktree?
    /// When this supervisor started.
    let startedAt: Timestamp
    /// The session's worktree that was removed from outside, whose branch this one is on.
    let former: SessionRecord.Worktree?
    /// Where worktrees lie that are ready.
    let pool: String
    /// Knows whether the repository's hook was trusted.
    let ownership: Ownership

    func run(_ teller: ProgressTeller) throws -> MadeWorktree {
        var made = try make(teller)
        let problems: [String]
        do {
            problems = try IncludedFiles.copy(to: made.worktree.path, commonDirectory: commonDirectory)
        } catch {
            problems = ["What \(IncludedFiles.list) names wasn't copied: \(WorkFailure(error).sentence)"]
        }
        made.add(problems)
        return made
    }

    private func make(_ teller: ProgressTeller) throws -> MadeWorktree {
        let repository = try Repository(at: commonDirectory)
        if let former { return try remake(former, repository, teller) }
        let base = try repository.resolve(base)
        let baseBranch = try repository.branchName(of: self.base) ?? repository.branch(tracking: self.base)
        if let made = try finishedBefore(repository, base, baseBranch) { return made }
        if leftover?.path == path { try moveAwayOrphan(repository) }
        // A branch that was there before may have a base already.
        if !isBranchNamed { try SessionBase.drop(name: name.text, in: repository) }
        let (branch, note) = try freeBranch(repository)
        if leftover != nil {
            try Branches.clearStaleLock(branch, takenBeforeNs: startedAt.ms * 1_000_000, in: repository)
        }
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: commonDirectory, name: name.text, path: path, branch: branch, base: base,
                useExistingBranch: isBranchNamed, pool: pool), progress: teller.report)
        let worktree = SessionRecord.Worktree(
            path: made.path, adminName: made.adminName, branch: made.branch, baseBranch: baseBranch,
            baseCommit: made.commit.description, createdBranch: made.createdBranch)
        return finished(MadeWorktree(worktree: worktree, note: note), made)
    }

    /// What is said of a worktree that was just made, once its hook was run.
    private func finished(_ whole: MadeWorktree, _ made: NewWorktree) -> MadeWorktree {
        var whole = whole
        whole.add(made.notes)
        do {
            guard let hook = try CheckoutHook(inWorktree: made.path, commonDirectory: commonDirectory) else {
                return whole
            }
            if TrackedGuard.trusts(hook, ownership) {
                if let problem = CheckoutHook.run(in: made) { whole.add([problem]) }
            } else {
                whole.remark =
                    "\(hook.path) wasn't run, since it isn't trusted as it is now; 'claudia trust' shows it, and asks."
            }
        } catch {
            whole.remark = "Whether there is a hook 'post-checkout' can't be told: \(error.message)"
        }
        return whole
    }

    /// Checks the branch out anew; what it started from stays as it was.
    private func remake(
        _ former: SessionRecord.Worktree, _ repository: borrowing Repository, _ teller: ProgressTeller
    ) throws -> MadeWorktree {
        guard let head = try repository.headCommit(ofBranch: former.branch) else {
            throw WorkFailure(
                "Worktree and branch \(former.branch) were removed from outside. "
                    + "'git branch \(former.branch) COMMIT' makes the branch again; it began at \(former.baseCommit)."
            )
        }
        var worktree = former
        worktree.path = path
        if leftover?.path == path {
            let finished = try repository.worktrees().first {
                $0.path == path && !$0.isPrunable && !$0.isLocked && $0.branch == former.branch
            }
            worktree.adminName = finished?.adminName
            if finished != nil { return MadeWorktree(worktree: worktree, note: nil) }
            try moveAwayOrphan(repository)
        }
        let made = try Worktrees.add(
            WorktreeRequest(
                commonDirectory: commonDirectory, name: name.text, path: path, branch: former.branch,
                base: head,
                useExistingBranch: true, pool: pool), progress: teller.report)
        worktree.path = made.path
        worktree.adminName = made.adminName
        return finished(
            MadeWorktree(
                worktree: worktree,
                note:
                    "The worktree was removed from outside; it was made anew from the branch \(former.branch)."
            ), made)
    }

    /// The branch itself, or its first free successor when a removed session has left it behind.
    private func freeBranch(_ repository: borrowing Repository) throws -> (String, String?) {
        if isBranchNamed { return (branch, nil) }
        guard try Branches.exists(branch, in: repository) else { return (branch, nil) }
        let successor = try Branches.successor(of: branch, in: repository)
        return (
            successor,
            "The branch \(branch) exists already and keeps what is on it, so this session is on \(successor)."
        )
    }

    /// Moves away the folder of a worktree that Git knows nothing of any more: its taking back was cut short.
    private func moveAwayOrphan(_ repository: borrowing Repository) throws {
        let isKnown = try repository.worktrees().contains { $0.path == path }
        guard !isKnown, (try? Folder(at: path)) != nil, let slash = path.lastIndex(of: "/") else { return }
        let parent = try Folder(at: String(path[..<slash]))
        let rest = try parent.makeFolder(FileNames.trashElsewhere)
        try parent.rename(name.text, to: rest, "\(name)-unfinished-\(Clock.realMs)")
    }

    /// The worktree that an earlier supervisor made whole, right before it was killed.
    ///
    /// One that was not whole was taken back at the start (`Worktrees.clearUnfinished`).
    private func finishedBefore(
        _ repository: borrowing Repository, _ base: ObjectID, _ baseBranch: String?
    ) throws -> MadeWorktree? {
        guard let leftover, leftover.path == path,
            let entry = try repository.worktrees().first(where: { $0.path == path && !$0.isPrunable }),
            !entry.isLocked, let adminName = entry.adminName, let branch = entry.branch,
            branch == leftover.branch || branch.hasPrefix("\(leftover.branch)-")
        else { return nil }
        let worktree = SessionRecord.Worktree(
            path: path, adminName: adminName, branch: branch, baseBranch: baseBranch,
            baseCommit: base.description, createdBranch: !isBranchNamed)
        return MadeWorktree(worktree: worktree, note: nil)
    }
}
