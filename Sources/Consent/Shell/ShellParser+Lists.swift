extension ShellParser {
    /// Words that begin or end a compound command where a command is expected.
    private static let reserved: Set<String> = [
        "if", "then", "else", "elif", "fi", "do", "done", "case", "esac", "while", "until", "for", "{", "}",
        "!",
        "[[", "in", "function", "select", "coproc", "time", "repeat", "foreach", "nocorrect", "noglob", "end",
        "always",
    ]

    /// The plain word at this place, which may be a reserved one; empty when it is something else.
    var reservedWord: String {
        var end = position
        while end < bytes.count, end < position + 12, !bytes[end].endsWord { end += 1 }
        guard end == bytes.count || bytes[end].endsWord else { return "" }
        let word = String(decoding: bytes[position..<end], as: UTF8.self)
        return Self.reserved.contains(word) ? word : ""
    }

    private func ends(_ stops: Set<String>) -> Bool {
        guard let byte = current else { return true }
        if byte == UInt8(ascii: ")") || starts(";;") || starts(";&") { return true }
        let word = reservedWord
        return !word.isEmpty && stops.contains(word)
    }

    /// The commands up to one of the words, which isn't taken, or a closing parenthesis or the end.
    mutating func script(until stops: Set<String>) throws(ShellProblem) -> Script {
        var script = Script()
        try skipLines()
        while !ends(stops) {
            var chain = try chain()
            skipBlanks()
            if starts(";;") || starts(";&") {
                // The end of a branch of `case`.
            } else if take(";") {
                // The next command.
            } else if current == UInt8(ascii: "&") {
                position += 1
                chain.isInBackground = true
            } else if current != .newline, !ends(stops) {
                throw ShellProblem("there is a stray '\(Character(UnicodeScalar(bytes[position])))'")
            }
            script.items.append(chain)
            try skipLines()
        }
        return script
    }

    private mutating func chain() throws(ShellProblem) -> Chain {
        var chain = Chain(first: try pipeline())
        while true {
            skipBlanks()
            let joint: Chain.Joint
            if take("&&") { joint = .and } else if take("||") { joint = .or } else { return chain }
            try skipLines()
            chain.rest.append((joint, try pipeline()))
        }
    }

    private mutating func pipeline() throws(ShellProblem) -> Pipeline {
        var pipeline = Pipeline(commands: [])
        skipBlanks()
        while reservedWord == "!" {
            position += 1
            pipeline.isNegated.toggle()
            skipBlanks()
        }
        while true {
            pipeline.commands.append(try command())
            skipBlanks()
            guard current == UInt8(ascii: "|"), peek(1) != UInt8(ascii: "|") else { return pipeline }
            position += 1
            _ = take("&")
            try skipLines()
        }
    }

    private mutating func command() throws(ShellProblem) -> Command {
        skipBlanks()
        guard var command = try nested({ (parser) throws(ShellProblem) in try parser.compound() }) else {
            return try simple()
        }
        if case .function = command.kind { return command }
        skipBlanks()
        while let redirection = try redirection() {
            command.redirections.append(redirection)
            skipBlanks()
        }
        return command
    }

    /// A command that holds others; nil when a simple one begins here.
    mutating func compound() throws(ShellProblem) -> Command? {
        if starts("((") {
            try refuseInPlainShell("((")
            position += 2
            return Command(kind: .arithmetic(try arithmeticParts()))
        }
        if take("(") {
            let body = try script(until: [])
            try expect(")")
            return Command(kind: .subshell(body))
        }
        let word = reservedWord
        guard !word.isEmpty else { return nil }
        if word == "[[" || word == "function" { try refuseInPlainShell(word) }
        let start = position
        position += word.utf8.count
        switch word {
        case "{":
            let body = try script(until: ["}"])
            try expect("}")
            return Command(kind: .group(body))
        case "if": return Command(kind: try branches())
        case "while", "until":
            let condition = try script(until: ["do"])
            return Command(kind: .loop(condition: condition, body: try loopBody()))
        case "for": return Command(kind: try forLoop())
        case "case": return Command(kind: try choice())
        case "[[": return Command(kind: .condition(try condition()))
        case "function": return try functionKeyword()
        case "time":
            // A keyword in some shells, a program in others: as a wrapper it is judged the same.
            position = start
            return nil
        default: throw ShellProblem("'\(word)' isn't understood here")
        }
    }

    private mutating func simple() throws(ShellProblem) -> Command {
        var assignments: [Assignment] = []
        var words: [Word] = []
        var redirections: [Redirection] = []
        while true {
            skipBlanks()
            if let redirection = try redirection() {
                redirections.append(redirection)
                continue
            }
            guard let byte = current else { break }
            let isProcess =
                (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")) && peek(1) == UInt8(ascii: "(")
            if byte.endsWord, !isProcess { break }
            if words.isEmpty, let assignment = try assignment() {
                assignments.append(assignment)
                continue
            }
            words.append(try word())
            if words.count == 1, assignments.isEmpty, redirections.isEmpty,
                let function = try function(words[0])
            {
                return function
            }
        }
        guard !words.isEmpty || !assignments.isEmpty || !redirections.isEmpty else {
            throw ShellProblem("a command is missing")
        }
        return Command(kind: .simple(assignments, words), redirections: redirections)
    }

    private mutating func function(_ word: Word) throws(ShellProblem) -> Command? {
        skipBlanks()
        guard take("(") else { return nil }
        skipBlanks()
        try expect(")")
        guard let name = word.literal else { throw ShellProblem("a function has no plain name") }
        return try functionBody(name)
    }

    private mutating func functionKeyword() throws(ShellProblem) -> Command {
        skipBlanks()
        guard let name = try word().literal, !name.isEmpty else {
            throw ShellProblem("a function has no plain name")
        }
        skipBlanks()
        if take("(") {
            skipBlanks()
            try expect(")")
        }
        return try functionBody(name)
    }

    private mutating func functionBody(_ name: String) throws(ShellProblem) -> Command {
        try skipLines()
        guard var body = try nested({ (parser) throws(ShellProblem) in try parser.compound() }) else {
            throw ShellProblem("a function has no body")
        }
        skipBlanks()
        while let redirection = try redirection() {
            body.redirections.append(redirection)
            skipBlanks()
        }
        return Command(kind: .function(name, body))
    }
}
