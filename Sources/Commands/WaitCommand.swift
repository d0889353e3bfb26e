internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store

/// `claudia wait`: waits for a phase or an activity.
struct WaitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait", abstract: "Wait until a session's phase or activity is WHAT.",
        usage: "claudia wait [NAME...] WHAT [--timeout S] [--verbose]",
        discussion: """
            WHAT is a phase (\(Phase.allCases.map(\.rawValue).joined(separator: ", "))) or an activity \
            (\(Activity.allCases.map(\.rawValue).joined(separator: ", "))). Of several sessions all must come \
            to it. Ends with 124 when the time is over, with 1 when it can't come any more.
            """)

    @Argument(
        help: ArgumentHelp("Sessions, then what to wait for.", valueName: "what"),
        completion: .custom { _, _, _ in SessionCompletion.names() + WaitGoal.words })
    var words: [String]

    @Option(name: .long, help: ArgumentHelp("Seconds to wait at most.", valueName: "S"))
    var timeout: Double?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let timeout, !(timeout >= 0) { throw ValidationError("--timeout takes seconds, 0 or more.") }
    }

    func run() throws {
        let what = words.last ?? ""
        guard let goal = WaitGoal(what) else {
            let near =
                Suggestion.nearest(to: what, among: WaitGoal.words).map { "Did you mean '\($0)'? " } ?? ""
            throw CommandError.usage(
                "Nothing called '\(what)' can be waited for.",
                hint: near + "It is one of \(WaitGoal.words.joined(separator: ", ")).")
        }
        let workspace = try Workspace.open(toRead: true)
        let sessions = try workspace.selection().sessions(Array(words.dropLast()), all: false)
        if try !SupervisorAccess.isRunning(workspace) {
            Console.notice("No supervisor runs, so little will change; 'claudia up' starts one.")
        }
        let deadlineNs = timeout.map(Deadline.inSeconds)
        for name in sessions {
            var isOver = try wait(for: goal, what, name, until: deadlineNs, in: workspace)
            while !isOver {
                common.trace("\(FileNames.publicFolder) was wiped; waiting until it is put back")
                guard let workspace = try workspace.returned(until: deadlineNs) else {
                    throw CommandError(
                        "The folder \(FileNames.publicFolder) was wiped and is not put back yet.",
                        hint: "'claudia up --detach' does that.", exitCode: .timedOut)
                }
                isOver = try wait(for: goal, what, name, until: deadlineNs, in: workspace)
            }
        }
    }

    /// Waits for one session: false when `.claudia` was wiped meanwhile.
    private func wait(
        for goal: WaitGoal, _ what: String, _ name: SessionName, until deadlineNs: Int64?,
        in workspace: borrowing Workspace
    ) throws -> Bool {
        let watch = try SessionWatch(workspace)
        let verdict = try watch.first(until: deadlineNs, of: [name], in: workspace) {
            () throws -> WaitGoal.Verdict? in
            guard workspace.publicFolder.isInPlace() else { return .pending }
            let status = try workspace.publicFolder.readStatus(name)
            let mark = try SessionEdit.mark(of: name, in: workspace)
            // What a wipe took is in the private folder still.
            let exists =
                try mark != nil || status != nil || SessionEdit.isThere(name, in: workspace)
                || workspace.privateSession(name) != nil
            let answered = status.map { mark?.isAnswered(by: $0) ?? false } ?? false
            if let status { common.trace("\(name): \(status.phase.rawValue), \(status.activity.rawValue)") }
            let verdict = goal.verdict(status, exists: exists, answered: answered)
            return verdict == .pending ? nil : verdict
        }
        switch verdict {
        case .reached: return true
        case .pending: return false
        case .impossible(let why):
            throw CommandError(
                "The session '\(name)' will not be \(what): \(why).",
                hint: "'claudia status \(name)' tells more; 'claudia resume \(name)' starts it again.")
        case nil:
            let status = try workspace.publicFolder.readStatus(name)
            throw CommandError(
                "The session '\(name)' is not \(what) yet; it is \(status?.phase.rawValue ?? "not started").",
                exitCode: .timedOut)
        }
    }
}
