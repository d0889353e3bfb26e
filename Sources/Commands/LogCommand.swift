internal import ArgumentParser
internal import Git
internal import Linux
internal import SessionModel

/// `claudia log`: lists the states of a session's worktree that were kept.
struct LogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "List the checkpoints of a session, the newest first.",
        discussion: """
            One is made at the end of each turn, before each pause, at the agent's end and before a removal, when \
            files have changed. They are commits on refs/claudia/checkpoints/NAME: 'git log -p' with that \
            shows them too. 'claudia diff NAME --since N' tells what came after number N, and 'claudia restore \
            NAME --to N' goes back to it.
            """)

    @Argument(
        help: "The session, also one that was removed; in a session's worktree that one when left out.",
        completion: .sessionsOfOld)
    var name: String?

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let place = try Place.discover()
        let repository = try Repository(at: place.commonDirectory)
        let session = try LogCommand.session(name, repository)
        let entries = try Checkpoints.list(name: session.text, in: repository)
        if listing.json { return try listing.print(entries.map(CheckpointView.init)) }
        guard !entries.isEmpty else {
            return Console.notice("\(session): no checkpoint yet, since no turn has changed a file.")
        }
        var table = Table([
            .init("#", least: 2, right: true), .init("AGE", least: 3, right: true),
            .init("CHANGED", least: 8, droppable: 1), .init("COMMIT", least: 10, droppable: 2),
            .init("MESSAGE", least: 12),
        ])
        let nowMs = Clock.realMs
        for entry in entries {
            let line = entry.message.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
            table.add([
                .init("\(entry.number)", .bold),
                .init(Wording.age(ms: nowMs - entry.time * 1_000), .dim), .init(Wording.diff(entry.changed)),
                .init(String(entry.commit.description.prefix(10)), .yellow), .init(line),
            ])
        }
        let lines = table.lines(width: Console.width, colours: Console.colours)
        try Pager.show(Array((lines.joined(separator: "\n") + "\n").utf8), as: "log", in: place.root)
    }

    /// A session that is there, or one that was removed and whose checkpoints are.
    private static func session(
        _ word: String?, _ repository: borrowing Repository
    ) throws -> SessionName {
        if let name = word.flatMap(SessionName.init),
            try Checkpoints.newest(name: name.text, in: repository) != nil
        {
            return name
        }
        return try Workspace.open(toRead: true).selection().session(word)
    }
}

/// The form of `claudia log --json`.
private struct CheckpointView: Encodable {
    let number: Int
    let commit: String
    let head: String?
    let at: Timestamp
    let message: String
    let changed: DiffNumbers
    let total: DiffNumbers

    init(_ entry: Checkpoints.Entry) {
        (number, commit, head) = (entry.number, entry.commit.description, entry.head?.description)
        (at, message) = (Timestamp(ms: entry.time * 1_000), entry.message)
        (changed, total) = (entry.changed, entry.total)
    }
}
