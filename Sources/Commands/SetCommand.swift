internal import ArgumentParser
internal import SessionModel
internal import Store

/// `claudia set`: edits session files.
struct SetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Edit session files: KEY=VALUE, KEY.SUB=VALUE or prompts+=TEXT.",
        usage: "claudia set [--verbose] [NAME...] KEY=VALUE...",
        discussion: """
            Only the bytes of the values that are set change. VALUE is read as JSON where that gives what the \
            key wants, else as text: auto_yes=true, environment_vars.PORT=3001, prompts+='Now add tests'. \
            The supervisor takes note by itself.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(
        help: ArgumentHelp("Sessions, then assignments.", valueName: "key=value"), completion: .sessions)
    var words: [String]

    func validate() throws {
        if !words.contains(where: { $0.contains("=") }) { throw ValidationError("Missing KEY=VALUE.") }
    }

    func run() throws {
        let workspace = try Workspace.open()
        let names = Array(words.prefix { !$0.contains("=") })
        let assignments = Array(words.dropFirst(names.count))
        if let odd = assignments.first(where: { !$0.contains("=") }) {
            throw CommandError.usage("'\(odd)' is no KEY=VALUE; names come first.")
        }
        var failures: [CommandError] = []
        for name in try workspace.selection().sessions(names, all: false) {
            do {
                let mark = try SessionEdit.change(name, in: workspace, touching: false) { bytes in
                    try SessionFile.assigning(assignments, in: bytes)
                }
                common.trace("\(name): the file's digest is \(mark?.digest ?? "not known") now")
            } catch {
                failures.append(CommandError(describing: error))
            }
        }
        if try !SupervisorAccess.isRunning(workspace) {
            Console.notice("No supervisor runs; 'claudia up' starts one, which then reads it.")
        }
        try CommandError.throwAll(failures)
    }
}
