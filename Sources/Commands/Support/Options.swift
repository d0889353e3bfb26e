internal import ArgumentParser
internal import Store

/// What every verb takes.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: "Tell on standard error what is decided and why.")
    var verbose = false

    /// Whether the person wants to know decisions.
    var wantsTrace: Bool { verbose || CommonOptions.environmentAsks(Environment.all) }

    /// Tells a decision, when the person wants to know them.
    func trace(_ text: @autoclosure () -> String) {
        guard wantsTrace else { return }
        Console.notice("debug: " + text())
    }

    /// Whether CLAUDIA_LOG, or Claudia's own `multi_session`, asks for every decision.
    static func environmentAsks(_ environment: [String: String]) -> Bool {
        environment["CLAUDIA_LOG"] == "debug" || environment["multi_session"] == "debug"
    }
}

/// What every listing verb takes.
struct ListingOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON.")
    var json = false

    /// Prints an array as JSON.
    func print(_ values: [some Encodable]) throws {
        try Console.out(values.isEmpty ? Array("[]\n".utf8) : MachineFile.content(values))
    }
}

/// The sessions that a verb concerns.
struct NamesArgument: ParsableArguments {
    @Argument(
        help: "Sessions, or patterns such as 'fix-*'; in a session's worktree that one when left out.",
        completion: .sessions)
    var name: [String] = []

    @Flag(name: .long, help: "All sessions.")
    var all = false
}

/// How long a verb waits for its effect.
struct WaitOptions: ParsableArguments {
    @Flag(name: .long, help: "Return at once, without waiting until it is so.")
    var noWait = false
}
