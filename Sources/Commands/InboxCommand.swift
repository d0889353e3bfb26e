internal import ArgumentParser
internal import Linux
internal import SessionModel

/// `claudia inbox`: lists all that waits for a person.
struct InboxCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox", abstract: "List what agents ask, those that wait longest first.",
        discussion: "'claudia answer NAME yes|no|CHOICE|TEXT' answers. --json prints an array.")

    @OptionGroup var listing: ListingOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
        let all = try Waiting.here()
        if listing.json { return try listing.print(all) }
        guard !all.isEmpty else { return Console.notice("No agent waits for you.") }
        let now = Timestamp(ms: Clock.realMs)
        var table = Table([
            .init("SESSION", least: 8), .init("SINCE", least: 3, right: true, droppable: 2),
            .init("KIND", least: 8, droppable: 3), .init("ASKED", least: 20),
            .init("CHOICES", least: 6, droppable: 1),
        ])
        for waiting in all {
            table.add([
                .init(waiting.session.text, .bold), .init(Wording.age(ms: now.ms - waiting.since.ms), .dim),
                .init(waiting.question.kind), .init(waiting.question.text),
                .init(waiting.question.choices.joined(separator: " | ")),
            ])
        }
        try Console.out(
            table.lines(width: Console.width, colours: Console.colours).joined(separator: "\n") + "\n")
    }
}
