internal import ArgumentParser
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// `claudia trust`: has claudia act on files that it didn't get from their owner.
struct TrustCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust", abstract: "Show what files from elsewhere would run, and trust them.",
        discussion: """
            Nothing is done with a .claudia/ that came with a clone, an archive or a copy, nor with a file in it that \
            Git tracks, until you have said so here. Asks on a terminal; elsewhere --yes is needed. Your own later \
            edits need no asking, but a file that Git tracks does whenever it has changed. So does Git's hook \
            'post-checkout', which is run in new worktrees.
            """)

    @Flag(name: .long, help: "Don't ask.")
    var yes = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        let place = try Place.discover()
        let standing = try place.ownership.standing()
        let items = try TrustItem.waiting(place)
        guard standing.refusal != nil || !items.isEmpty else {
            return Console.notice(
                "Everything in \(place.root)/\(FileNames.publicFolder) is your own already.")
        }
        try Console.out(TrustCommand.text(items, standing, place))
        if !yes {
            guard TrustCommand.canAsk else {
                throw CommandError(
                    "Nothing was trusted: nobody can be asked here.",
                    hint: "Say --yes if all of that may run.")
            }
            guard TrustCommand.agrees() else { throw CommandError("Nothing was trusted.") }
        }
        try TrustCommand.trust(items, standing, place)
        Console.notice("Trusted. 'claudia up --detach' starts a supervisor where none runs.")
    }

    /// What `up` does first: on a terminal the same question; elsewhere what isn't trusted is left alone.
    static func askIfNeeded(at place: Place) throws {
        let standing = try place.ownership.standing()
        let items = try TrustItem.waiting(place)
        // The hook alone is no reason to ask at each start: it may stay as it is.
        guard standing.refusal != nil || items.contains(where: { $0.kind != .checkoutHook }) else { return }
        if canAsk {
            Console.error(text(items, standing, place))
            if agrees() { return try trust(items, standing, place) }
        }
        if let refusal = standing.refusal { throw StoreError.untrusted(refusal) }
        for item in items {
            Console.notice(item.refusal)
        }
    }

    /// For `claudia doctor`.
    static func findings(_ place: Place, _ refusal: String?) -> [Finding] {
        let hint = "'claudia trust' shows what it would run, and asks."
        if let refusal { return [Finding("trust", .wrong, refusal, hint: hint)] }
        do {
            let items = try TrustItem.waiting(place)
            if items.isEmpty { return [Finding("trust", .ok, "all of .claudia is yours")] }
            return items.map {
                Finding("trust", $0.kind == .checkoutHook ? .note : .wrong, $0.refusal, hint: hint)
            }
        } catch {
            return [Finding("trust", .wrong, CommandError(describing: error).sentence)]
        }
    }

    /// All that would run, safe to print.
    static func text(_ items: [TrustItem], _ standing: Standing, _ place: Place) -> String {
        var lines = [
            standing.refusal
                ?? "These files came, or may have come, from elsewhere, and are not trusted as they are now."
        ]
        lines.append(
            items.isEmpty
                ? "It holds nothing that would run." : "In \(place.root), once trusted, this would run:")
        let body = items.flatMap { ["", $0.title] + $0.lines.map { "  \($0)" } }
        return (lines.map(PlainText.line) + body.map(PlainText.line)).joined(separator: "\n") + "\n"
    }

    private static var canAsk: Bool { Console.isTerminal(0) && Console.isTerminal(2) }

    private static func agrees() -> Bool {
        Console.error("\nMay all of that run, as you, on this machine? [y/N] ")
        return ["y", "yes"].contains((readLine() ?? "").lowercased())
    }

    private static func trust(_ items: [TrustItem], _ standing: Standing, _ place: Place) throws {
        let pins = Dictionary(
            items.compactMap { item in item.digest.map { (item.inside, $0) } }, uniquingKeysWith: { $1 })
        switch standing {
        case .own(let record), .moved(let record): try place.ownership.pin(pins, record)
        case .unclaimed, .copied, .foreign:
            try Relocation(agreed: standing, at: place.root, commonDirectory: place.commonDirectory).run()
            try place.ownership.take(pins: pins)
        }
    }
}
