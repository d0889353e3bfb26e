internal import ArgumentParser
internal import SessionModel
internal import Store

/// `claudia migrate`: brings session files into the newest form.
struct MigrateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Bring session files of an older form into the newest one.",
        discussion: """
            A file without "version" is given one, and its environment variables become {"K": "V"}; every other \
            byte stays, and what it asks for too. The old file is kept beside it, as NAME.json.v0. Older files \
            work as they are; this is for whoever wants them all alike.
            """)

    @OptionGroup var names: NamesArgument
    @OptionGroup var common: CommonOptions

    func run() throws {
        let workspace = try Workspace.open()
        var failures: [CommandError] = []
        for name in try workspace.selection().sessions(names.name, all: names.all) {
            do {
                if let kept = try SessionEdit.migrate(name, in: workspace) {
                    Console.notice("\(name): migrated; the old file is sessions/\(kept)")
                } else {
                    Console.notice("\(name): is in the newest form already")
                }
            } catch {
                failures.append(CommandError(describing: error))
            }
        }
        try CommandError.throwAll(failures)
    }
}
