internal import ArgumentParser
internal import Git
internal import Linux
internal import SessionModel
internal import Store

/// `claudia rescues`: lists uncommitted work of removed sessions.
struct RescuesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rescues", abstract: "List the uncommitted work that was kept of removed sessions.",
        discussion: """
            Each is a commit as 'git stash -u' makes it: 'git stash apply REF' brings it back in any checkout. \
            'claudia restore NAME' brings the whole session back while it is in the trash.
            """)

    @Argument(help: "Only those of this session.", completion: .sessionsOfOld)
    var name: String?

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    private static func size(of entry: Rescue.Entry, in repository: borrowing Repository) throws
        -> DiffNumbers
    {
        let size = try Rescue.size(of: entry, in: repository)
        return DiffNumbers(files: size.files, insertions: size.insertions, deletions: size.deletions)
    }

    func run() throws {
        let place = try Place.discover()
        let repository = try Repository(at: place.commonDirectory)
        let entries = try Rescue.list(name: name, in: repository)
        let views = try entries.map { RescueView($0, diff: try RescuesCommand.size(of: $0, in: repository)) }
            .sorted { ($0.at?.ms ?? 0, $0.reference) > ($1.at?.ms ?? 0, $1.reference) }
        if listing.json { return try listing.print(views) }
        guard !views.isEmpty else { return Console.notice("Nothing was rescued, since nothing had to be.") }
        var table = Table([
            .init("SESSION", least: 8), .init("AGE", least: 3, right: true),
            .init("SIZE", least: 8, droppable: 1),
            .init("REF", least: 20),
        ])
        let nowMs = Clock.realMs
        for view in views {
            table.add([
                .init(view.session, .bold), .init(view.at.map { Wording.age(ms: nowMs - $0.ms) } ?? "", .dim),
                .init(Wording.diff(view.diff)), .init(view.reference),
            ])
        }
        // A reference is there to be copied: it is never cut.
        try Console.out(table.lines(width: nil, colours: Console.colours).joined(separator: "\n") + "\n")
    }
}
