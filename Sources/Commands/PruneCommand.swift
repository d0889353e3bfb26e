internal import ArgumentParser
internal import Git
internal import Linux
internal import SessionModel
internal import Supervisor

/// `claudia prune`: gives back what old sessions take.
struct PruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Delete old rescues, remove ended sessions, or empty the trash.",
        discussion: """
            Without --ended and --trash: deletes the rescues of removed sessions whose worktree isn't in the trash \
            any more, the checkpoints of earlier sessions whose name another one has, and all other references of \
            sessions that are gone, which neither the trash nor a rescue can bring back. Git drops the commits \
            themselves when it next collects garbage.

            With --ended: removes sessions that have exited or were terminated, as 'claudia rm' does: all their work \
            goes to a rescue first, and the worktree whole to the trash. With --trash: deletes what lies in \
            the trash, which else empties itself (trash_days); rescues stay. With both the disk is free at once.

            Asks first, on a terminal; elsewhere --yes is needed.
            """)

    @Option(name: .long, help: ArgumentHelp("Only what is older than this: 30d, 12h, 0s.", valueName: "AGE"))
    var olderThan = "30d"

    @Flag(name: .long, help: "Remove sessions that have ended.")
    var ended = false

    @Flag(name: .long, help: "Empty the trash.")
    var trash = false

    @Flag(name: .long, help: "Don't ask.")
    var yes = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if Wording.durationMs(olderThan) == nil {
            throw ValidationError("--older-than takes an age such as 30d, 12h or 2w, not '\(olderThan)'.")
        }
    }

    func run() throws {
        let ageMs = Wording.durationMs(olderThan) ?? 0
        let oldest = Timestamp(ms: Clock.realMs - ageMs)
        if ended { try removeEnded(before: oldest) }
        if trash { try emptyTrash(ageS: Int(ageMs / 1_000)) }
        if !ended, !trash { try deleteRescues(before: oldest) }
    }

    private func deleteRescues(before oldest: Timestamp) throws {
        let place = try Place.discover()
        let repository = try Repository(at: place.commonDirectory)
        let rescues = try Rescue.list(name: nil, in: repository).map { RescueView($0, diff: nil) }
        let gone = goneSessions(place)
        // One whose age isn't known may be new.
        let old = rescues.filter { $0.at.map { $0 <= oldest } ?? false && gone?.need($0) == false }
        let former = try Checkpoints.former(in: repository).filter { $0.time * 1_000 <= oldest.ms }
        let staying = Set(rescues.filter { !old.contains($0) }.map(\.session))
        let left = try SessionReferences.all(in: repository).filter { entry in
            entry.time * 1_000 <= oldest.ms && gone?.contains(entry.session) == true
                && !staying.contains(entry.session)
        }
        let parts = [
            (old.count, "rescue"), (former.count, "former session's chain"), (left.count, "other reference"),
        ]
        let words = Wording.enumeration(parts.filter { $0.0 > 0 }.map { Wording.count($0.0, $0.1) })
        guard !words.isEmpty else { return Console.notice("No rescue is older than \(olderThan).") }
        for view in old {
            Console.notice("  \(view.session)  \(view.at?.description ?? "")  \(view.reference)")
        }
        for chain in former { Console.notice("  \(Timestamp(ms: chain.time * 1_000))  \(chain.reference)") }
        for entry in left { Console.notice("  \(entry.session)  \(entry.reference)") }
        guard try agreed("Delete \(words) for ever?") else {
            return Console.notice("Nothing was deleted.")
        }
        for view in old {
            common.trace("deleting \(view.reference) at \(view.commit)")
            try Rescue.delete(view.reference, in: repository)
        }
        for chain in former { try Checkpoints.deleteFormer(chain.reference, in: repository) }
        for entry in left { try SessionReferences.delete(entry, in: repository) }
        Console.notice("Deleted \(words).")
    }

    /// Which sessions are gone; nil, and a notice, where that can't be told.
    private func goneSessions(_ place: Place) -> GoneSessions? {
        do {
            return try GoneSessions(place)
        } catch {
            Console.notice(
                "Which sessions are gone can't be told: \(CommandError(describing: error).sentence)")
            return nil
        }
    }

    private func removeEnded(before oldest: Timestamp) throws {
        let workspace = try Workspace.open()
        let supervised = try SupervisorAccess.isRunning(workspace)
        let views = try workspace.names().map {
            try SessionView($0, in: workspace, supervised: supervised, measuresDisk: true)
        }.filter { view in
            guard let status = view.status else { return false }
            return [.exited, .terminated].contains(status.phase) && status.phaseSince <= oldest
        }
        guard !views.isEmpty else { return Console.notice("No session ended more than \(olderThan) ago.") }
        for view in views {
            let size = view.diskBytes.map(Wording.bytes) ?? ""
            Console.notice("  \(view.name)  \(view.status?.phase.rawValue ?? "")  \(size)")
        }
        guard try agreed("Remove \(Wording.count(views.count, "session"))?") else {
            return Console.notice("Nothing was removed.")
        }
        let names = try NamesArgument.parse(views.map(\.name.text))
        try Settlement(wish: .remove, waits: true, common: common).run(names)
    }

    private func emptyTrash(ageS: Int) throws {
        let place = try Place.discover()
        let workspace = try Workspace(makingAt: place)
        let entries = try TrashView.all(in: workspace, olderThanS: ageS)
        guard !entries.isEmpty else {
            return Console.notice("Nothing has lain in the trash for \(olderThan).")
        }
        for entry in entries {
            Console.notice("  \(entry.name)  \(entry.at)  \(entry.bytes.map(Wording.bytes) ?? "")")
        }
        let question =
            "Delete \(entries.count == 1 ? "this worktree" : "these \(entries.count) worktrees") for ever, "
            + "with what Git ignores in them?"
        guard try agreed(question) else { return Console.notice("Nothing was deleted.") }
        if try !SupervisorAccess.isRunning(workspace) {
            try SupervisorAccess.startDetached(at: place, verbose: common.verbose)
        }
        let request = ControlRequest.emptyTrash(olderThanS: ageS)
        switch try SupervisorAccess.ask(request, of: workspace, timeoutMs: PruneCommand.patienceMs) {
        case .answer(.say), .answer(.ok): Console.notice("Emptied; rescues stay, see 'claudia rescues'.")
        case .answer(.error(let sentence)): throw CommandError(sentence)
        case .silence, .answer(.pong):
            throw CommandError("The trash is still being emptied.", exitCode: .timedOut)
        case .nobody, .answer(.closed):
            throw CommandError(
                "The supervisor ended before the trash was empty.", hint: "'claudia up' goes on with it.")
        }
    }

    /// Milliseconds: a large worktree takes minutes.
    private static let patienceMs: CInt = 600_000

    /// Whether the person at the terminal says yes, or has.
    private func agreed(_ question: String) throws -> Bool {
        if yes { return true }
        guard Console.isTerminal(0), Console.isTerminal(2) else {
            throw CommandError(
                "\(question) Nobody can be asked here.", hint: "Say --yes if that is meant.")
        }
        Console.error("\(question) [y/N] ")
        let answer = readLine() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }
}
