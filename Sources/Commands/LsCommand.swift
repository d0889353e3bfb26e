internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store

/// `claudia ls`: lists the sessions.
struct LsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls", abstract: "List the sessions, and session files that are wrong.",
        discussion: """
            NOTE is what is wrong with the file, what the agent asks, or why the session is where it is. \
            --json prints an array of statuses, with memory_bytes and last_output_at.
            """)

    @Argument(help: "Only these sessions, or patterns such as 'fix-*'.", completion: .sessions)
    var name: [String] = []

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        guard let workspace = try Workspace(existingAt: Place.discover()) else {
            if listing.json { try listing.print([SessionView]()) }
            if let refusal = try Place.discover().ownership.standing().refusal {
                return Console.notice(refusal)
            }
            return Console.notice(
                "No session was made in this repository yet; 'claudia new' makes the first.")
        }
        let supervised = try SupervisorAccess.isRunning(workspace)
        let sessions =
            name.isEmpty ? try workspace.names() : try workspace.selection().sessions(name, all: false)
        let views = try sessions.map { try SessionView($0, in: workspace, supervised: supervised) }
        if listing.json {
            try listing.print(views)
        } else if !views.isEmpty {
            let table = LsCommand.table(views, at: Timestamp(ms: Clock.realMs))
            try Console.out(
                table.lines(width: Console.width, colours: Console.colours).joined(separator: "\n") + "\n")
        }
        try remarks(workspace, supervised: supervised, none: views.isEmpty)
    }

    /// The table of sessions, as of a moment.
    static func table(_ views: [SessionView], at now: Timestamp) -> Table {
        var table = Table([
            .init("NAME", least: 8), .init("PHASE", least: 11), .init("ACTIVITY", least: 7, droppable: 5),
            .init("SINCE", least: 3, right: true, droppable: 4), .init("NOTE", least: 12, droppable: 6),
            .init("BRANCH", least: 10, droppable: 1), .init("DIFF", least: 8, droppable: 3),
            .init("CONFLICTS", least: 8, droppable: 3),
            .init("MEMORY", least: 6, right: true, droppable: 2),
        ])
        for view in views {
            table.add([
                .init(view.name.text, .bold),
                .init(view.status?.phase.rawValue ?? "new", view.phaseStyle),
                .init(view.activity, view.activityStyle),
                .init(view.since.map { Wording.age(ms: now.ms - $0.ms) } ?? "", .dim),
                .init(view.remark, view.error == nil ? .plain : .red),
                .init(view.status?.branch ?? "", .dim),
                .init(Wording.diff(view.status?.diff)), .init(view.conflicts, .yellow),
                .init(view.memoryBytes.map(Wording.bytes) ?? "", .dim),
            ])
        }
        return table
    }

    /// What concerns all: no supervisor, files that are no sessions, settings that are wrong.
    private func remarks(_ workspace: borrowing Workspace, supervised: Bool, none: Bool) throws {
        if let refusal = workspace.refusal {
            return Console.notice("\(refusal) 'claudia trust' shows what it would run, and asks.")
        }
        for file in try workspace.publicFolder.listSessions().misnamed {
            Console.notice("sessions/\(file.file) is no session: \(file.problem)")
        }
        let configProblem =
            supervised
            ? try workspace.publicFolder.readSupervisor()?.configError : try workspace.configProblem()
        if let error = configProblem {
            Console.notice("config.json: \(error.place)\(error.message)")
        }
        DiskNotice.tell(workspace)
        for item in try TrustItem.waiting(workspace.place) where item.kind != .session {
            Console.notice(
                "\(item.path): Git tracks it, and it was not trusted as it is now; see 'claudia trust'.")
        }
        if none && name.isEmpty { Console.notice("There is no session; 'claudia new' makes one.") }
        if !supervised {
            Console.notice("No supervisor runs: this is what was so last. 'claudia up --detach' starts one.")
        }
    }
}
