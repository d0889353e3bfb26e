internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

/// `claudia conflicts`: tells where the work of sessions would be in conflict.
struct ConflictsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conflicts",
        abstract: "Tell what would be in conflict between sessions, and with the branches they started from.",
        discussion: """
            Merges in memory what the worktrees hold now, committed or not; nothing is written into them. LINES are \
            those of the first session's file. Files that both changed and that would merge are told too.
            """)

    @Argument(help: "Only what concerns these sessions, or patterns such as 'fix-*'.", completion: .sessions)
    var name: [String] = []

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open(toRead: true)
        let chosen = name.isEmpty ? nil : Set(try workspace.selection().sessions(name, all: false))
        let found = try Encounter.all(in: workspace, of: chosen).filter { !$0.isEmpty }
        if listing.json { return try listing.print(found) }
        guard !found.isEmpty else { return Console.notice("No two sessions have changed the same file.") }
        var table = Table([
            .init("SESSION", least: 8), .init("WITH", least: 8), .init("FILE", least: 12),
            .init("LINES", least: 5, droppable: 1), .init("", least: 8),
        ])
        for encounter in found {
            for row in encounter.rows {
                table.add([
                    .init(encounter.session.text, .bold), .init(encounter.with), .init(row.path),
                    .init(row.lines), .init(row.words, row.isConflict ? .red : .dim),
                ])
            }
        }
        let lines = table.lines(width: Console.width, colours: Console.colours)
        try Console.out(lines.joined(separator: "\n") + "\n")
    }
}
