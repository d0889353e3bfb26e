internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store

/// What a verb wants of sessions, and whether a status says that it is so.
enum Wish: Equatable {
    case pause, resume, park, kill, remove

    /// Whether it is so, can't be so, or may yet be.
    enum Verdict: Equatable {
        case pending
        /// It is so; with something worth saying.
        case reached(String?)
        /// It will not be so, and why.
        case refused(String)
    }

    /// Judges the status of a session whose file was edited; nil means that nothing is known of it.
    ///
    /// `answered`: the status answers the edited file. `before`: since when the session was in the phase that
    /// it
    /// had at the edit, so that an old ending isn't taken for the answer to `resume`.
    func verdict(_ status: SessionStatus?, answered: Bool, before: Timestamp?) -> Verdict {
        guard let status else { return self == .remove ? .reached(nil) : .pending }
        if self == .remove { return .pending }
        guard answered else { return .pending }
        // An error beside a state that was understood is a remark; else the whole file was refused.
        if let error = status.error, status.spec?.state != state {
            return .refused(error.place + error.message)
        }
        if self == .resume, status.phase != .running, status.phaseSince == before { return .pending }
        if status.phase == .failed, status.restartAt == nil {
            return .refused(status.reason ?? "it failed")
        }
        switch (self, status.phase) {
        case (.pause, .paused), (.resume, .running), (.park, .parked), (.kill, .terminated):
            return .reached(nil)
        case (.pause, .exited), (.pause, .terminated), (.pause, .interrupted):
            return .refused("no agent of it runs (\(status.phase.rawValue)), so nothing could be frozen")
        case (.resume, .exited): return .reached("its agent has ended again\(Wish.code(status.exit))")
        case (.kill, .exited), (.kill, .interrupted):
            return .reached("its agent had ended before\(Wish.code(status.exit))")
        case (.pause, _), (.resume, _), (.park, _), (.kill, _): return .pending
        case (.remove, _): return .pending
        }
    }

    /// What the session file says for it; nil when there is to be none.
    private var state: DesiredState? {
        switch self {
        case .pause: .paused
        case .resume: .running
        case .park: .parked
        case .kill: .terminated
        case .remove: nil
        }
    }

    /// "paused", "running", …: the word for what was wanted.
    var goal: String {
        switch self {
        case .pause: "paused"
        case .resume: "running"
        case .park: "parked"
        case .kill: "terminated"
        case .remove: "removed"
        }
    }

    private static func code(_ exit: ExitStatus?) -> String {
        guard let exit else { return "" }
        return exit.signal.map { " (\($0))" } ?? exit.code.map { " (exit code \($0))" } ?? ""
    }
}

/// Brings sessions to where a verb wants them: edits the files, then waits until the statuses say so.
struct Settlement {
    /// Nanoseconds that all the sessions of one command have.
    static let patienceNs: Int64 = 10_000_000_000

    let wish: Wish
    let waits: Bool
    let common: CommonOptions

    /// Edits and waits; everything that went wrong is told, then the worst exit code thrown.
    func run(_ names: NamesArgument) throws {
        let workspace = try Workspace.open()
        let sessions = try workspace.selection().sessions(names.name, all: names.all)
        // The watch comes before the edit, so that no answer is missed.
        let watch = try SessionWatch(workspace)
        var failures: [CommandError] = []
        var edited: [Edited] = []
        for name in sessions {
            do {
                edited.append(try edit(name, in: workspace))
            } catch {
                failures.append(CommandError(describing: error))
            }
        }
        if try !SupervisorAccess.isRunning(workspace) {
            Console.notice("No supervisor runs; 'claudia up' starts one, which then brings this about.")
        } else if waits {
            let deadlineNs = Deadline.inNs(Settlement.patienceNs)
            for edit in edited {
                do {
                    try wait(for: edit, watch, until: deadlineNs, in: workspace)
                } catch {
                    failures.append(CommandError(describing: error))
                }
            }
        }
        try CommandError.throwAll(failures)
    }

    /// A session after the edit.
    private struct Edited {
        let name: SessionName
        /// The file as edited; nil when it was removed.
        let mark: SessionEdit.Mark?
        /// Since when it was in the phase that it had before.
        let before: Timestamp?
    }

    private func edit(_ name: SessionName, in workspace: borrowing Workspace) throws -> Edited {
        common.trace("\(name): editing \(FileNames.sessionFilePath(name)), wanted \(wish.goal)")
        let before = (try? workspace.publicFolder.readStatus(name))??.phaseSince
        let mark: SessionEdit.Mark?
        switch wish {
        case .pause: mark = try SessionEdit.set(.paused, touching: false, of: name, in: workspace)
        case .resume: mark = try SessionEdit.set(.running, touching: true, of: name, in: workspace)
        case .park: mark = try SessionEdit.set(.parked, touching: false, of: name, in: workspace)
        case .kill: mark = try SessionEdit.set(.terminated, touching: false, of: name, in: workspace)
        case .remove:
            if try !workspace.publicFolder.removeSessionFile(name) {
                // Its removal has failed: a file that comes and goes is looked at again.
                _ = try workspace.publicFolder.createSessionFile(name, [])
                _ = try workspace.publicFolder.removeSessionFile(name)
            }
            mark = nil
        }
        return Edited(name: name, mark: mark, before: before)
    }

    private func wait(
        for edited: Edited, _ watch: borrowing SessionWatch, until deadlineNs: Int64,
        in workspace: borrowing Workspace
    ) throws {
        let name = edited.name
        let verdict = try watch.first(until: deadlineNs, of: [name], in: workspace) {
            let status = try workspace.publicFolder.readStatus(name)
            // Whoever edits the file after us is answered in our place.
            let mark = try edited.mark == nil ? nil : SessionEdit.mark(of: name, in: workspace) ?? edited.mark
            let answered = status.map { mark?.isAnswered(by: $0) ?? false } ?? false
            if let status {
                common.trace("\(name): \(status.phase.rawValue)\(answered ? "" : ", edit not yet answered")")
            }
            let verdict = wish.verdict(status, answered: answered, before: edited.before)
            return verdict == .pending ? nil : verdict
        }
        switch verdict {
        case .reached(let remark):
            if let remark { Console.notice("\(name): \(remark)") }
            if wish == .remove {
                Console.notice("\(name): removed; 'claudia restore \(name)' brings it back")
            }
        case .refused(let reason):
            throw CommandError("The session '\(name)' is not \(wish.goal): \(reason)")
        case .pending, nil: try late(name, in: workspace)
        }
    }

    private func late(_ name: SessionName, in workspace: borrowing Workspace) throws {
        let status = try workspace.publicFolder.readStatus(name)
        if wish == .resume, status?.phase == .queued {
            Console.notice("\(name): queued, since all slots are taken; it runs when one is free")
            return
        }
        let phase = status.map { "it is \($0.phase.rawValue)" } ?? "nothing is known of it"
        let reason = status?.reason.map { " (\($0))" } ?? ""
        throw CommandError(
            "The session '\(name)' is not \(wish.goal) after \(Settlement.patienceNs / 1_000_000_000) s: "
                + "\(phase)\(reason).",
            hint: "It may still come: 'claudia wait \(name) \(wish.goal)'.", exitCode: .timedOut)
    }
}

extension CommandError {
    /// Tells all failures but one and throws that, which has the worst code; nothing when there are none.
    static func throwAll(_ failures: [CommandError]) throws {
        guard let worst = failures.first(where: { $0.exitCode == .failed }) ?? failures.first else { return }
        for failure in failures { Console.error(failure.text) }
        throw ExitCode(worst.exitCode.rawValue)
    }
}
