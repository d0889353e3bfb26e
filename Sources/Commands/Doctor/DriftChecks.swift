internal import Git
internal import Linux
internal import SessionModel
internal import Store

/// Whether sessions, Git's worktree list and branches say the same, and the command that mends it.
enum DriftChecks {
    /// All that differs; one finding that nothing does.
    static func findings(
        _ workspace: borrowing Workspace, _ statuses: [SessionStatus]
    ) throws -> [Finding] {
        let place = workspace.place
        let repository = try Repository(at: place.commonDirectory)
        let root = workspace.config().worktrees.root
        let worktreesRoot = root.hasPrefix("/") ? root : "\(place.root)/\(root)"
        let roots = [place.root, worktreesRoot]
        let entries = try repository.worktrees()
        let listed = Set(entries.compactMap { RealPath.of($0.path) })
        var findings = try Worktrees.drift(commonDirectory: place.commonDirectory).map { entry($0, roots) }
        for status in statuses {
            findings += [worktree(of: status, listed: listed), try branch(of: status, in: repository)]
                .compactMap(\.self)
        }
        let pool = try WorktreePool.ready(
            in: "\(worktreesRoot)/\(FileNames.pool)", commonDirectory: place.commonDirectory)
        let wanted = workspace.config().worktrees.pool
        let known = Set((statuses.compactMap(\.worktree) + pool.map(\.path)).compactMap { RealPath.of($0) })
        for entry in entries where entry.adminName != nil {
            guard let path = RealPath.of(entry.path), !known.contains(path),
                Worktrees.lies(path, inOneOf: [worktreesRoot])
            else { continue }
            findings.append(
                Finding(
                    "worktree \(entry.adminName ?? "")", .note, "'\(path)' belongs to no session.",
                    hint:
                        "'\(ShellWord.line(["git", "worktree", "remove", path]))' removes it, unless it holds changes."
                ))
        }
        if findings.isEmpty { findings = [Finding("worktrees", .ok, "Git's list and the sessions agree")] }
        guard wanted > 0 || !pool.isEmpty else { return findings }
        let text = "\(pool.count) of \(Wording.count(wanted, "worktree")) ready for sessions to come"
        return findings + [Finding("pool", pool.count == wanted ? .ok : .note, text)]
    }

    private static func entry(_ drift: WorktreeDrift, _ roots: [String]) -> Finding {
        let check = "worktree \(drift.adminName)"
        switch drift.problem {
        case .missing:
            return Finding(
                check, .wrong, "Its folder '\(drift.path)' is gone.",
                hint: "If it was moved: 'git worktree repair PATH'. If it is lost: 'git worktree prune'.")
        case .pointsElsewhere(let other):
            guard Worktrees.lies(drift.path, inOneOf: roots) else {
                return Finding(
                    check, .note, "The folder '\(drift.path)' belongs to '\(other)' and is left alone.")
            }
            return Finding(
                check, .wrong, "The folder '\(drift.path)' belongs to '\(other)'.",
                hint: "'git worktree repair' mends its '.git' file.")
        case .unreadable(let why):
            return Finding(check, .wrong, why, hint: "'git worktree prune' drops the entry.")
        }
    }

    private static func worktree(of status: SessionStatus, listed: Set<String>) -> Finding? {
        guard let worktree = status.worktree else { return nil }
        let check = "session \(status.name)"
        let path = RealPath.of(worktree)
        if let path, listed.contains(path) { return nil }
        if path != nil {
            return Finding(
                check, .wrong, "Git doesn't list its worktree '\(worktree)'.",
                hint:
                    "'touch \(FileNames.publicFolder)/\(FileNames.sessionFilePath(status.name))' puts it back, "
                    + "once 'claudia up' runs.")
        }
        return Finding(
            check, .wrong, "Its worktree '\(worktree)' is gone.",
            hint:
                "'claudia resume \(status.name)' checks its branch out anew; 'claudia rm \(status.name)' ends it."
        )
    }

    private static func branch(
        of status: SessionStatus, in repository: borrowing Repository
    ) throws -> Finding? {
        guard let branch = status.branch, try !Branches.exists(branch, in: repository) else { return nil }
        let commit = status.headCommit ?? status.baseCommit ?? "COMMIT"
        return Finding(
            "session \(status.name)", .wrong, "Its branch '\(branch)' is gone.",
            hint: "'git branch \(branch) \(commit)' brings it back.")
    }
}
