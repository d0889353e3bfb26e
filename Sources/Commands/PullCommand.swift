internal import ArgumentParser
internal import Git
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// `claudia pull`: takes over a session that was handed over.
struct PullCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Take over a session that was pushed to a Git remote.",
        usage: "claudia pull [REMOTE] [NAME] [--as NAME] [--verbose]",
        discussion: """
            Without NAME it lists the sessions that the remote has. A session arrives parked, on a branch of its own, \
            with what wasn't committed as a last commit; what it would run is shown, and nothing runs until \
            'claudia resume NAME'. auto_yes and restart are off, whatever the file said. The conversation is put where \
            the agent's program looks for it, unless a file is there.
            """)

    @Argument(help: ArgumentHelp("The remote, then the session.", valueName: "name"))
    var words: [String] = []

    @Option(
        name: .customLong("as"), help: ArgumentHelp("Another name for the session here.", valueName: "name"))
    var newName: String?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if words.count > 2 { throw ValidationError("At most a remote and a session.") }
    }

    func run() throws {
        let place = try Place.discover()
        let repository = try Repository(at: place.commonDirectory)
        let remotes = try Remotes.list(repository)
        let isRemote = words.count == 2 || remotes.contains(words.first ?? "")
        let remote = try HandoverParts.remote(isRemote ? words[0] : nil, in: repository)
        guard let word = isRemote ? words.dropFirst().first : words.first else {
            return try list(remote, repository)
        }
        guard let there = SessionName(word), let name = SessionName(newName ?? word) else {
            throw CommandError.usage(
                "'\(newName ?? word)' can't be a session's name: it "
                    + "\(SessionName.problem(in: newName ?? word) ?? "is none").")
        }
        let workspace = try Workspace(makingAt: place)
        guard try !workspace.names().contains(name) else {
            throw CommandError(
                "There is already a session '\(name)'; nothing was changed.",
                hint: "'--as OTHER' gives what is pulled another name.")
        }
        let arrived = try fetch(there, from: remote, repository)
        let arrival = try HandoverArrival(arrived, as: name, in: workspace, repository)
        try arrival.settle(in: workspace, repository)
        try Handover.keep(arrived, name: name.text, in: repository)
        try Console.line(name.text)
        arrival.tell()
        if try !SupervisorAccess.isRunning(workspace) {
            try SupervisorAccess.startDetached(at: place, verbose: common.verbose)
        }
    }

    private func list(_ remote: String, _ repository: borrowing Repository) throws {
        let names = try Handover.list(in: remote, repository).compactMap { SessionName($0) }.sorted()
        if names.isEmpty { Console.notice("'\(remote)' has no session.") }
        for name in names { try Console.line(name.text) }
    }

    private func fetch(
        _ name: SessionName, from remote: String, _ repository: borrowing Repository
    ) throws -> Handover.Arrived {
        do {
            return try Handover.fetch(
                name: name.text, from: remote, limits: HandoverParts.limits, in: repository)
        } catch {
            guard case .command(let words) = error, words.contains("couldn't find remote ref") else {
                throw error
            }
            throw CommandError(
                "'\(remote)' has no session '\(name)'.",
                hint: "'claudia pull \(remote)' lists those that it has.")
        }
    }
}
