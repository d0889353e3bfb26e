internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store

/// `claudia status`: tells all about sessions.
struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Tell all about a session.",
        discussion: "With --json one session is an object, several are an array.")

    @OptionGroup var names: NamesArgument
    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open(toRead: true)
        let supervised = try SupervisorAccess.isRunning(workspace)
        let sessions = try workspace.selection().sessions(names.name, all: names.all)
        let views = try sessions.map {
            try SessionView($0, in: workspace, supervised: supervised, measuresDisk: true)
        }
        if listing.json {
            try Console.out(
                views.count == 1 && !names.all ? MachineFile.content(views[0]) : MachineFile.content(views))
        } else {
            let now = Timestamp(ms: Clock.realMs)
            let blocks = views.map { StatusText.lines($0, at: now, colours: Console.colours) }
            try Console.out(blocks.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n"))
        }
        if let refusal = workspace.refusal { return Console.notice(refusal) }
        DiskNotice.tell(workspace)
        if !supervised {
            Console.notice("No supervisor runs: this is what was so last. 'claudia up --detach' starts one.")
        }
    }
}

/// A session's status in words, a fact a line.
enum StatusText {
    /// Cells that the labels take.
    private static let labelWidth = 14

    /// The lines for one session.
    static func lines(_ view: SessionView, at now: Timestamp, colours: Bool) -> [String] {
        let facts = facts(view, at: now)
        return facts.map { label, text, style in
            let padded = label + String(repeating: " ", count: max(1, labelWidth - label.count))
            return Style.dim.on(padded, colours: colours) + style.on(PlainText.line(text), colours: colours)
        }
    }

    private typealias Fact = (String, String, Style)

    private static func facts(_ view: SessionView, at now: Timestamp) -> [Fact] {
        var facts: [Fact] = [("name", view.name.text, .bold)]
        func add(_ label: String, _ text: String?, _ style: Style = .plain) {
            if let text, !text.isEmpty { facts.append((label, text, style)) }
        }
        func ago(_ time: Timestamp) -> String { "for \(Wording.age(ms: now.ms - time.ms)), since \(time)" }
        add("trust", view.refusal, .red)
        if let error = view.error { add("error", error.place + error.message, .red) }
        guard let status = view.status else {
            add("phase", "new: not seen by a supervisor yet", view.phaseStyle)
            return facts
        }
        add("phase", "\(status.phase.rawValue) \(ago(status.phaseSince))", view.phaseStyle)
        add("reason", status.reason)
        if !view.activity.isEmpty {
            let source = status.activitySource.map { " (by \($0))" } ?? ""
            add("activity", "\(view.activity) \(ago(status.activitySince))\(source)", view.activityStyle)
        }
        if let question = status.question {
            add("question", "\(question.kind): \(question.text)", .bold)
            for (number, choice) in question.choices.enumerated() { add("", "\(number + 1). \(choice)") }
        }
        add("exit", exit(status.exit, now))
        add("branch", branch(status))
        add("worktree", status.worktree)
        add("diff", diff(status.diff))
        for conflict in status.conflicts ?? [] {
            let files = conflict.files.prefix(3).joined(separator: ", ")
            let more = conflict.files.count > 3 ? " and \(conflict.files.count - 3) more" : ""
            add("conflict", "with \(conflict.with) in \(files)\(more)", .yellow)
        }
        add("agent", agent(status))
        add("memory", view.memoryBytes.map(Wording.bytes))
        add("disk", view.diskBytes.map(Wording.bytes))
        add("last output", view.lastOutputAt.map { "\(Wording.age(ms: now.ms - $0.ms)) ago" })
        if let spec = status.spec {
            add("wanted", spec.state.rawValue)
            add("prompts", prompts(spec, sent: status.promptsSent.count))
        }
        add("restarts", status.restarts > 0 ? "\(status.restarts)" : nil)
        add("id", status.id, .dim)
        return facts
    }

    private static func exit(_ exit: ExitStatus?, _ now: Timestamp) -> String? {
        guard let exit else { return nil }
        let how = exit.signal.map { "by \($0)" } ?? exit.code.map { "code \($0)" } ?? "not known how"
        return "\(how), \(Wording.age(ms: now.ms - exit.at.ms)) ago"
    }

    private static func branch(_ status: SessionStatus) -> String? {
        guard let branch = status.branch else { return nil }
        let base = [status.baseBranch, status.baseCommit.map { String($0.prefix(7)) }].compactMap { $0 }
        return base.isEmpty ? branch : "\(branch) from \(base.joined(separator: " "))"
    }

    private static func diff(_ diff: DiffNumbers?) -> String? {
        guard let diff else { return nil }
        return "\(Wording.count(diff.files, "file")), +\(diff.insertions) -\(diff.deletions)"
    }

    private static func agent(_ status: SessionStatus) -> String? {
        let words = status.spec?.argumentVector.map(shellWord) ?? []
        let pids = [status.agentPID.map { "process \($0)" }, status.keeperPID.map { "keeper \($0)" }]
            .compactMap { $0 }.joined(separator: ", ")
        let parts = words + (pids.isEmpty ? [] : ["(\(pids))"])
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// A word as a shell would have to be given it.
    static func shellWord(_ word: String) -> String {
        let plain =
            !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=:,+@%".contains($0) }
        return plain
            ? word
            : "'"
                + word.split(separator: "'", omittingEmptySubsequences: false)
                .joined(separator: "'\\''") + "'"
    }

    private static func prompts(_ spec: SessionSpec, sent: Int) -> String? {
        guard !spec.prompts.isEmpty else { return nil }
        return "\(spec.prompts.count), \(min(sent, spec.prompts.count)) sent"
    }
}
