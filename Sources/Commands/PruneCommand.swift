internal import ArgumentParser
internal import Git
internal import Linux
internal import SessionModel

/// `claudia prune`: deletes old rescues.
struct PruneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune", abstract: "Delete the rescues of removed sessions that are old enough.",
        discussion: """
            Asks first, on a terminal; elsewhere --yes is needed. Deletes references only: Git drops the \
            commits themselves when it next collects garbage. The trash empties itself (trash_days).
            """)

    @Option(name: .long, help: ArgumentHelp("Only rescues older than this: 30d, 12h, 2w.", valueName: "AGE"))
    var olderThan = "30d"

    @Flag(name: .long, help: "Don't ask.")
    var yes = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if Wording.durationMs(olderThan) == nil {
            throw ValidationError("--older-than takes an age such as 30d, 12h or 2w, not '\(olderThan)'.")
        }
    }

    func run() throws {
        let place = try Place.discover()
        let repository = try Repository(at: place.commonDirectory)
        let limitMs = Clock.realMs - (Wording.durationMs(olderThan) ?? 0)
        let old = try Rescue.list(name: nil, in: repository).map { RescueView($0, diff: nil) }
            // One whose age isn't known may be new.
            .filter { $0.at.map { $0.ms <= limitMs } ?? false }
        guard !old.isEmpty else { return Console.notice("No rescue is older than \(olderThan).") }
        for view in old {
            Console.notice("  \(view.session)  \(view.at?.description ?? "")  \(view.reference)")
        }
        guard try yes || agreed(old.count) else { return Console.notice("Nothing was deleted.") }
        for view in old {
            common.trace("deleting \(view.reference) at \(view.commit)")
            try Rescue.delete(view.reference, in: repository)
        }
        Console.notice("Deleted \(Wording.count(old.count, "rescue")).")
    }

    /// Whether the person at the terminal says yes.
    private func agreed(_ count: Int) throws -> Bool {
        guard Console.isTerminal(0), Console.isTerminal(2) else {
            throw CommandError(
                "\(Wording.count(count, "rescue")) would be deleted for ever, and nobody can be asked here.",
                hint: "Say --yes if that is meant.")
        }
        Console.error("Delete \(Wording.count(count, "rescue")) for ever? [y/N] ")
        let answer = readLine() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }
}
