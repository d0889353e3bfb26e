internal import ArgumentParser
internal import Glibc
internal import Linux
internal import SessionModel
internal import Store

/// `claudia up`: runs this repository's supervisor.
struct UpCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up", abstract: "Run this repository's supervisor.",
        discussion: """
            The supervisor brings every session to what its file says. Agents outlive it: where some run \
            already, it takes them over. With --detach it runs in the background, and this returns once it \
            answers.
            """)

    @Flag(name: .long, help: "Run it in the background; nothing happens when one runs already.")
    var detach = false

    @Option(name: .long, help: .hidden)
    var readyFd: Int32?

    @OptionGroup var common: CommonOptions

    func validate() throws {
        if let readyFd, readyFd < 3 { throw ValidationError("--ready-fd is for claudia's own use.") }
    }

    func run() throws {
        if let readyFd {
            try runDetached(telling: Descriptor(adopting: readyFd))
            return
        }
        let place = try Place.discover()
        let running = try generation(at: place)
        if running == nil { try TrustCommand.askIfNeeded(at: place) }
        if detach {
            if let running {
                Console.notice("A supervisor runs already (\(running)).")
                return
            }
            common.trace("starting a supervisor for \(place.root)")
            try SupervisorAccess.startDetached(at: place, verbose: common.verbose)
            return
        }
        if let running {
            throw CommandError(
                "A supervisor runs already in this repository (\(running)).",
                hint: "'claudia down' stops it; its agents go on.")
        }
        try SupervisorAccess.run(at: place, ready: nil, debug: wantsDebug)
    }

    private var wantsDebug: Bool { common.verbose || CommonOptions.environmentAsks(Environment.all) }

    /// "process 12, generation 3", or nil when none runs.
    private func generation(at place: Place) throws -> String? {
        guard let workspace = try? Workspace(existingAt: place),
            let generation = try SupervisorAccess.generation(workspace)
        else { return nil }
        let pid = (try? workspace.publicFolder.readSupervisor())?.map { "process \($0.pid), " } ?? ""
        return "\(pid)generation \(generation)"
    }

    /// Runs the supervisor with nobody to read standard error: what stops it goes through the pipe.
    private func runDetached(telling pipe: consuming Descriptor) throws {
        let copy = try pipe.duplicate()
        do {
            try SupervisorAccess.run(at: Place.discover(), ready: pipe, debug: wantsDebug)
        } catch {
            let failure = CommandError(describing: error)
            Signals.ignore(SIGPIPE)
            if SupervisorAccess.isTaken(error) {
                try? copy.writeAll(Array((SupervisorAccess.takenWord + "\n").utf8))
                throw failure
            }
            let words = [failure.sentence] + (failure.hint.map { [$0] } ?? [])
            try? copy.writeAll(Array((words.joined(separator: "\n") + "\n").utf8))
            throw failure
        }
    }
}
