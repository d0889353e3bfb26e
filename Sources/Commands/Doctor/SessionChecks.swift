internal import Glibc
internal import KeeperProtocol
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
        return try findings + DriftChecks.findings(workspace, statuses) + processes(workspace.place)
    }

    /// Agents of this repository that no living keeper holds any more, and keepers that no session knows.
    private static func processes(_ place: Place) -> [Finding] {
        let repository = "CLAUDIA_REPO=\(place.root)"
        let keepers = KeeperProcess.all(
            privateFolder: "\(place.commonDirectory)/\(FileNames.privateFolder)",
            publicFolder: "\(place.root)/\(FileNames.publicFolder)", record: FileNames.record)
        let kept = Set(
            keepers.flatMap { keeper in [keeper.pid] + ProcessTable.descendants(of: keeper.pid).map(\.pid) })
        let lost = keepers.filter { !$0.hasSession }.map { keeper in
            Finding(
                "keeper \(keeper.pid)", .wrong,
                "It has an agent of '\(keeper.session)', which no session knows.",
                hint: "'kill \(keeper.pid)' ends it; worktree and branch stay.")
        }
        // What we were started by may itself be an agent.
        let own = Set(ProcessTable.ancestors())
        let orphans = ProcessTable.all().map(\.pid).filter { pid in
            !kept.contains(pid) && !own.contains(pid) && isAgent(pid, of: repository)
        }
        guard !orphans.isEmpty else {
            return lost.isEmpty ? [Finding("processes", .ok, "every agent has its keeper")] : lost
        }
        let list = orphans.prefix(10).map(String.init).joined(separator: ", ")
        return lost + [
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
