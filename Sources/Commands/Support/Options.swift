internal import ArgumentParser

/// What every verb takes.
struct CommonOptions: ParsableArguments {
    @Flag(name: .long, help: "Tell on standard error what is decided and why.")
    var verbose = false
}

/// What every listing verb takes.
struct ListingOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON.")
    var json = false
}

/// The sessions that a verb concerns.
struct NamesArgument: ParsableArguments {
    @Argument(
        help: "Sessions, or patterns such as 'fix-*'; in a session's worktree that one when left out.")
    var name: [String] = []

    @Flag(name: .long, help: "All sessions.")
    var all = false
}

/// How long a verb waits for its effect.
struct WaitOptions: ParsableArguments {
    @Flag(name: .long, help: "Return at once, without waiting until it is so.")
    var noWait = false
}
