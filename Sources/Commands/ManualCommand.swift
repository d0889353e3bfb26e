internal import ArgumentParser
internal import FoundationEssentials

/// `claudia manual`: the page for man(1), made from what the verbs say of themselves.
struct ManualCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual", abstract: "Print the manual page, for man(1).", shouldDisplay: false)

    func run() throws {
        let help = try JSONDecoder().decode(ManualPage.Tool.self, from: Data(Claudia._dumpHelp().utf8))
        try Console.out(ManualPage(help.command).text)
    }
}
