internal import ArgumentParser
internal import Store

/// `claudia path`: prints where a session's worktree is.
struct PathCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "path", abstract: "Print the folder of a session's worktree.",
        discussion: "Such as in: cd \"$(claudia path fix-login)\"")

    @Argument(help: "The session; in a session's worktree that one when left out.", completion: .sessions)
    var name: String?

    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open(toRead: true)
        let work = try SessionWork(of: workspace.selection().session(name), in: workspace)
        // As it is, for a shell's "$(…)"; on a terminal nothing raw.
        try Console.line(Console.isTerminal(1) ? PlainText.line(work.worktree) : work.worktree)
    }
}
