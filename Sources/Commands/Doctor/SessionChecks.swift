internal import Git
internal import Glibc
internal import Linux
internal import SessionModel
internal import Store

/// Whether files, Git's worktree list and processes say the same.
enum SessionChecks {
    /// All that concerns sessions.
    static func findings(_ workspace: borrowing Workspace) throws -> [Finding] {
        let names = try workspace.names()
        let supervised = (try? SupervisorAccess.generation(workspace)) ?? nil
        var statuses: [SessionStatus] = []
        var findings: [Finding] = []
        for name in names {
            let view = try SessionView(name, in: workspace, supervised: supervised != nil)
            if let status = view.status { statuses.append(status) }
            if let error = view.error {
                findings.append(
                    Finding(
                        "session \(name)", .wrong, error.place + error.message,
                        hint: "Mend \(FileNames.publicFolder)/\(FileNames.sessionFilePath(name))."))
            }
        }
        for file in try workspace.publicFolder.listSessions().misnamed {
            findings.append(
                Finding("file \(file.file)", .wrong, file.problem, hint: "Rename it to a session's name."))
        }
        return try findings + drift(workspace.place, statuses) + processes(workspace.place, statuses)
    }

    private static func drift(_ place: Place, _ statuses: [SessionStatus]) throws -> [Finding] {
        var findings = try Worktrees.drift(commonDirectory: place.commonDirectory).map { drift in
            switch drift.problem {
            case .missing:
                Finding(
                    "worktree \(drift.adminName)", .wrong, "Its folder '\(drift.path)' is gone.",
                    hint: "'git worktree prune' drops the entry; 'git worktree repair' mends it after a move."
                )
            case .pointsElsewhere(let other):
                Finding(
                    "worktree \(drift.adminName)", .wrong,
                    "The folder '\(drift.path)' belongs to '\(other)'.",
                    hint: "'git worktree repair' mends it after a move; else remove the entry.")
            case .unreadable(let why):
                Finding(
                    "worktree \(drift.adminName)", .wrong, why, hint: "'git worktree prune' drops the entry.")
            }
        }
        let repository = try Repository(at: place.commonDirectory)
        let entries = Set(try repository.worktrees().compactMap { RealPath.of($0.path) })
        for status in statuses {
            guard let worktree = status.worktree else { continue }
            guard let path = RealPath.of(worktree) else {
                findings.append(
                    Finding(
                        "session \(status.name)", .wrong, "Its worktree '\(worktree)' is gone.",
                        hint: "'claudia rm \(status.name)' ends the session; its branch stays."))
                continue
            }
            if !entries.contains(path) {
                findings.append(
                    Finding(
                        "session \(status.name)", .wrong, "Git doesn't list its worktree '\(worktree)'.",
                        hint: "'git worktree repair \(worktree)' puts it back on the list."))
            }
        }
        return findings.isEmpty ? [Finding("worktrees", .ok, "Git's list and the sessions agree")] : findings
    }

    /// Agents of this repository that no living keeper holds any more.
    private static func processes(_ place: Place, _ statuses: [SessionStatus]) -> [Finding] {
        let repository = "CLAUDIA_REPO=\(place.root)"
        let kept = Set(
            statuses.compactMap(\.keeperPID).flatMap { keeper in
                [keeper] + ProcessTable.descendants(of: keeper).map(\.pid)
            })
        // What we were started by may itself be an agent.
        let own = Set(ProcessTable.ancestors())
        let orphans = ProcessTable.all().map(\.pid).filter { pid in
            !kept.contains(pid) && !own.contains(pid) && isAgent(pid, of: repository)
        }
        guard !orphans.isEmpty else { return [Finding("processes", .ok, "every agent has its keeper")] }
        let list = orphans.prefix(10).map(String.init).joined(separator: ", ")
        return [
            Finding(
                "processes", .wrong,
                "\(Wording.count(orphans.count, "process")) of agents without a keeper: \(list).",
                hint: "'claudia up' ends what a dead keeper left behind; else 'kill \(orphans[0])'.")
        ]
    }

    private static func isAgent(_ pid: Int32, of repository: String) -> Bool {
        guard let variables = ProcessTable.environment(pid) else { return false }
        return variables.contains(repository) && variables.contains { $0.hasPrefix("CLAUDIA_SESSION_ID=") }
    }
}

extension ProcessTable {
    /// This process and those that it descends from.
    fileprivate static func ancestors() -> [Int32] {
        var found: [Int32] = []
        var next = entry(getpid())
        while let entry = next, entry.pid > 0, !found.contains(entry.pid) {
            found.append(entry.pid)
            next = self.entry(entry.parent)
        }
        return found
    }
}
