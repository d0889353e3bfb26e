internal import Git
internal import KeeperProtocol
internal import Lifecycle
internal import Linux
internal import Logging
internal import SessionModel
internal import Store

/// What people do to worktrees and branches by hand: taken over or mended where that can lose nothing, else told.
extension Supervisor {
    /// Where worktrees lie that claudia acts on.
    var ownRoots: [String] { [root, worktreesRoot] }

    /// Compares every session's worktree and branch with the disk and Git.
    func compareAll() {
        watchWorktrees()
        for session in sessions.values { compareWorktree(of: session) }
        let branches = sessions.values.compactMap { session in
            session.record.worktree.map { BranchJob.Branch(session: session.name, worktree: $0) }
        }
        if branches.isEmpty { return }
        let job = BranchJob(commonDirectory: commonDirectory, branches: branches)
        differ.run { .branches(job.run()) }
    }

    /// Looks for keepers that no session knows, beside the loop.
    func lookForLostKeepers() {
        let (hidden, open) = (
            "\(commonDirectory)/\(FileNames.privateFolder)", "\(root)/\(FileNames.publicFolder)"
        )
        differ.run {
            .keepers(KeeperProcess.all(privateFolder: hidden, publicFolder: open, record: FileNames.record))
        }
    }

    /// Tells of keepers that no session knows; they are left alone.
    func keepersSeen(_ keepers: [KeeperProcess]) {
        for keeper in keepers where !keeper.hasSession {
            report(
                "The keeper (process \(keeper.pid)) has an agent of '\(keeper.session)', which no session knows; it "
                    + "is left alone. 'kill \(keeper.pid)' ends it; worktree and branch stay.", of: nil)
        }
    }

    /// Compares the session's worktree with the disk and Git's list: false when no agent can be started in it now.
    @discardableResult
    func compareWorktree(of session: ManagedSession) -> Bool {
        guard session.worktree == .present || session.worktree == .absent, !session.isRemoved,
            session.record.making == nil, let worktree = session.record.worktree,
            let adminName = worktree.adminName
        else { return true }
        let standing: WorktreeStanding
        do {
            standing = try Worktrees.standing(
                of: worktree.path, adminName: adminName, commonDirectory: commonDirectory)
        } catch {
            retryLater("The worktree can't be looked at: \(describe(error)).", of: session)
            return false
        }
        switch standing {
        case .whole: return found(.present, session)
        case .moved(let path) where worktree.isIt(at: path, in: ownRoots):
            session.record.worktree?.path = path
            report(
                "The worktree was moved from \(worktree.path) to \(path); the session follows.", of: session)
            return found(.present, session)
        case .strayed(let path) where !worktree.isIt(at: path, in: ownRoots):
            _ = found(.present, session, Supervisor.sentence(for: .folderGone, worktree))
            return false
        case .strayed, .unlisted:
            mendWorktree(of: session, worktree, standing)
            return false
        case .removed:
            let next = "\(worktree.branch) is checked out there again when the agent is started next."
            return found(.absent, session, "The worktree \(worktree.path) was removed from outside; \(next)")
        case .moved, .folderGone, .replaced, .foreign:
            _ = found(.present, session, Supervisor.sentence(for: standing, worktree))
            return false
        }
    }

    /// What is wrong, and the command that mends it.
    private static func sentence(
        for standing: WorktreeStanding, _ worktree: SessionRecord.Worktree
    ) -> String {
        switch standing {
        case .moved(let path):
            "Git lists the worktree at \(path), which lies outside of the repository and of worktrees.root, or is not "
                + "the folder that was made for the session; it is left alone. "
                + "'\(ShellWord.line(["git", "worktree", "move", path, worktree.path]))' brings back what was moved."
        case .folderGone:
            "The worktree \(worktree.path) is gone, but Git still lists it: if it was moved, "
                + "'git worktree repair PATH' tells Git where to; if it is lost, 'git worktree prune' drops the entry."
        case .replaced(let why):
            "What lies at \(worktree.path) is not the worktree that was made there (\(why)) and is left alone; "
                + "'git worktree repair' mends its '.git' file."
        case .foreign:
            "The worktree \(worktree.path) was removed from outside, and something else lies there, which is left "
                + "alone; move it away."
        case .whole, .strayed, .unlisted, .removed: ""
        }
    }

    private func found(_ seen: Seen.Worktree, _ session: ManagedSession, _ drift: String? = nil) -> Bool {
        session.worktree = seen
        if let drift, drift != session.worktreeDrift { report(drift, of: session) }
        session.worktreeDrift = drift
        return true
    }

    private func mendWorktree(
        of session: ManagedSession, _ worktree: SessionRecord.Worktree, _ standing: WorktreeStanding
    ) {
        session.worktree = .beingMade
        let (name, commonDirectory) = (session.name, commonDirectory)
        worker.run {
            .mended(
                name,
                Result { try worktree.mended(standing, commonDirectory: commonDirectory) }
                    .mapError(WorkFailure.init))
        }
    }

    func worktreeMended(
        _ session: ManagedSession, _ result: Result<SessionRecord.Worktree, WorkFailure>
    ) {
        switch result {
        case .success(let worktree):
            report("Git's list knows the worktree \(worktree.path) again.", of: session)
            session.record.worktree = worktree
            _ = found(.present, session)
        case .failure(let failure):
            _ = found(.present, session, "Git doesn't list the worktree any more: \(failure.sentence)")
            if session.agent == .none, session.wanted == .state(.running), session.record.ended == nil {
                failForDrift(session)
            }
        }
    }

    /// An agent was to be started where none can be.
    func failForDrift(_ session: ManagedSession) {
        guard let drift = session.worktreeDrift else { return }
        session.record.ended = SessionRecord.Ended(
            kind: .failed, reason: "No agent can be started. Touch the file once it is mended.", exit: nil)
        report("No agent can be started: \(drift)", of: session)
    }

    /// Takes over what became of the session's branch.
    func branchSeen(_ session: ManagedSession, _ standing: BranchStanding) {
        guard let branch = session.record.worktree?.branch else { return }
        var drift: String?
        switch standing {
        case .there: break
        case .renamed(let other):
            session.record.worktree?.branch = other
            report("The branch \(branch) is now called \(other); the session follows.", of: session)
        case .gone(let last):
            let commit = last?.description ?? session.record.headCommit ?? session.record.worktree?.baseCommit
            drift =
                "The branch \(branch) was deleted; 'git branch \(branch) \(commit ?? "COMMIT")' brings it back."
        }
        if let drift, drift != session.branchDrift { report(drift, of: session) }
        session.branchDrift = drift
    }
}

extension SessionRecord.Worktree {
    /// The number of the folder at `path`; nil when there is none.
    static func inode(at path: String) -> UInt64? {
        guard let folder = try? Folder(at: path) else { return nil }
        return (try? folder.descriptor.status())?.inode
    }

    /// Whether the folder at `path`, in one of `roots`, is this worktree after a move.
    ///
    /// Git's entry alone says nothing, since the agent can write it.
    func isIt(at path: String, in roots: [String]) -> Bool {
        Worktrees.lies(path, inOneOf: roots) && (inode == nil || inode == Self.inode(at: path))
    }

    /// Puts the worktree back on Git's list; where it is then.
    func mended(_ standing: WorktreeStanding, commonDirectory: String) throws -> SessionRecord.Worktree {
        guard let adminName else { return self }
        var mended = self
        switch standing {
        case .strayed(let path):
            try Worktrees.follow(to: path, adminName: adminName, commonDirectory: commonDirectory)
            mended.path = path
        case .unlisted:
            do {
                try Worktrees.relist(
                    path, adminName: adminName, branch: branch, commonDirectory: commonDirectory)
            } catch GitError.notFound {
                throw WorkFailure(
                    "its branch \(branch) is gone. 'git branch \(branch) \(baseCommit)' makes it where it began."
                )
            }
        case .whole, .moved, .removed, .folderGone, .replaced, .foreign: break
        }
        return mended
    }
}

/// Branches of sessions to look for, beside the loop.
struct BranchJob: Sendable {
    struct Branch: Sendable {
        let session: SessionName
        let worktree: SessionRecord.Worktree
    }

    let commonDirectory: String
    let branches: [Branch]

    func run() -> [SessionName: BranchStanding] {
        guard let repository = try? Repository(at: commonDirectory) else { return [:] }
        var standings: [SessionName: BranchStanding] = [:]
        for branch in branches {
            guard let adminName = branch.worktree.adminName else { continue }
            standings[branch.session] = try? Branches.standing(
                of: branch.worktree.branch, adminName: adminName, in: repository)
        }
        return standings
    }
}
