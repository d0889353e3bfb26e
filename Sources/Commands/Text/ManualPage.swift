internal import SessionModel

/// A manual page in the macros of man(7).
struct ManualPage {
    /// What the parser tells of a whole program.
    struct Tool: Decodable {
        let command: Command
    }

    /// A verb, or the program itself.
    struct Command: Decodable {
        let commandName: String
        let abstract: String?
        let discussion: String?
        let shouldDisplay: Bool?
        let subcommands: [Command]?
        let arguments: [Argument]?
    }

    /// An option, a flag or a word.
    struct Argument: Decodable {
        struct Name: Decodable {
            let kind: String
            let name: String
        }

        let kind: String
        let shouldDisplay: Bool
        let isOptional: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?
    }

    /// Options that every verb has, told once.
    private static let everywhere: Set<String> = ["help", "version"]

    private var lines: [String] = []

    init(_ program: Command) {
        let name = program.commandName
        add(".TH \(name.uppercased()) 1 \"\" \"\(name) \(claudiaVersion)\"")
        add(".SH NAME")
        text("\(name) - \(program.abstract ?? "")")
        add(".SH SYNOPSIS")
        add(".B \(name)")
        text("VERB [OPTION...] [NAME...]")
        add(".SH DESCRIPTION")
        paragraphs(program.discussion)
        add(".SH VERBS")
        for verb in program.subcommands ?? [] where verb.shouldDisplay != false && verb.commandName != "help"
        {
            describe(verb)
        }
        add(".SH SEE ALSO")
        add(".BR git (1)")
    }

    /// The page.
    var text: String { lines.joined(separator: "\n") + "\n" }

    private mutating func describe(_ verb: Command) {
        let arguments = (verb.arguments ?? []).filter {
            argument in
            argument.shouldDisplay && !(argument.names ?? []).contains { Self.everywhere.contains($0.name) }
        }
        add(".SS \"\(escaped(([verb.commandName] + arguments.map(Self.usage)).joined(separator: " ")))\"")
        if let abstract = verb.abstract { text(abstract) }
        if let discussion = verb.discussion {
            add(".PP")
            paragraphs(discussion)
        }
        for argument in arguments where argument.abstract?.isEmpty == false {
            add(".TP")
            add("\\fB\(escaped(Self.heading(argument)))\\fR")
            text(argument.abstract ?? "")
        }
    }

    /// `[--into <B>]`, `[<name>...]`.
    private static func usage(_ argument: Argument) -> String {
        let more = argument.isRepeating ? "..." : ""
        let plain = argument.kind == "positional" ? value(argument) + more : heading(argument) + more
        return argument.isOptional ? "[\(plain)]" : plain
    }

    private static func heading(_ argument: Argument) -> String {
        let names = (argument.names ?? []).map { ($0.kind == "short" ? "-" : "--") + $0.name }
        switch argument.kind {
        case "positional": return value(argument)
        case "option": return names.joined(separator: ", ") + " " + value(argument)
        default: return names.joined(separator: ", ")
        }
    }

    private static func value(_ argument: Argument) -> String { (argument.valueName ?? "value").uppercased() }

    private mutating func paragraphs(_ discussion: String?) {
        for (number, paragraph) in (discussion ?? "").split(separator: "\n\n").enumerated() {
            if number > 0 { add(".PP") }
            text(String(paragraph))
        }
    }

    private mutating func text(_ text: String) {
        for line in text.split(separator: "\n") {
            let safe = escaped(String(line.drop { $0 == " " }))
            // A dot or a quote at its beginning would make it a request.
            add(safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe)
        }
    }

    private mutating func add(_ line: String) { lines.append(line) }

    private func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "\"": escaped += "\\(dq"
            case "'": escaped += "\\(aq"
            default: escaped.append(character)
            }
        }
        return escaped
    }
}
