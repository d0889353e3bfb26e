internal import ArgumentParser
internal import SessionModel
internal import Store

/// `claudia next`: tells who waits longest for a person.
struct NextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next", abstract: "Print the session that waits longest for you, and what it asks.",
        discussion: "Exits with 1 when no agent waits.")

    @Flag(name: .long, help: "Print JSON.")
    var json = false

    @OptionGroup var common: CommonOptions

    func run() throws {
        guard let first = try Waiting.here().first else { throw CommandError("No agent waits for you.") }
        if json { return try Console.out(MachineFile.content(first)) }
        try Console.line("\(first.session)\t\(PlainText.line(first.question.text))")
        for (number, choice) in first.question.choices.enumerated() {
            try Console.line("\t\(number + 1). \(PlainText.line(choice))")
        }
    }
}
