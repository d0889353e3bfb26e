/// A program whose commands are understood.
struct Program: Sendable {
    /// What is done with the words that are no options.
    typealias Body = @Sendable (inout Judge, Parsed, Call) -> Stream

    let names: [String]
    let options: Options
    /// Whether it reads settings or code from where it runs.
    let needsWorktree: Bool
    let body: Body

    init(
        _ names: String, _ options: String, _ style: Options.Style, inWorktree: Bool = false,
        _ body: @escaping Body
    ) {
        self.names = names.split(separator: " ").map(String.init)
        self.options = Options(options, style)
        needsWorktree = inWorktree
        self.body = body
    }

    init(_ names: String, _ options: String, inWorktree: Bool = false, _ body: @escaping Body) {
        self.init(names, options, .gnu, inWorktree: inWorktree, body)
    }
}

extension Judge {
    mutating func run(_ program: Program, _ call: Call) -> Stream {
        if program.needsWorktree { stayInWorktree(call) }
        return program.body(&self, scan(call, program.options), call)
    }
}

/// What most programs do with their words.
enum Operands {
    /// They are text.
    static let text: Program.Body = { _, _, _ in .unknown }

    /// There are none.
    static let none: Program.Body = { judge, parsed, call in
        if !parsed.operands.isEmpty {
            judge.find(
                .ask, .unknownOption,
                "\(call.name.quoted) with \(parsed.operands[0].shown.quoted) isn't understood.")
        }
        return .unknown
    }

    /// They are files that are read.
    static let read: Program.Body = { judge, parsed, call in
        for operand in parsed.operands where operand.literal != "-" { judge.read(operand, call.state) }
        return .unknown
    }

    /// They are files that are read; without one the program hands on some of the lines that it is given.
    static let filter: Program.Body = { judge, parsed, call in
        for operand in parsed.operands where operand.literal != "-" { judge.read(operand, call.state) }
        return parsed.operands.isEmpty ? call.passed(parsed) : .unknown
    }

    /// They are folders that are read with all below them.
    static let readTree: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.read(operand, call.state, isTree: true) }
        return .unknown
    }

    /// They are files that are written.
    static let write: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.write(operand, call.state) }
        return .unknown
    }

    /// They are files or folders in the worktree, which the program may run or change.
    static let stay: Program.Body = { judge, parsed, call in
        for operand in parsed.operands { judge.stay(operand, call.state) }
        return .unknown
    }

    /// They are words of which only these are understood.
    static func words(_ known: String) -> Program.Body {
        let known = Set(known.split(separator: " ").map(String.init))
        return { judge, parsed, call in
            for operand in parsed.operands where !(operand.literal.map(known.contains) ?? false) {
                judge.find(
                    .ask, .unknownOption, "\(call.name.quoted) with \(operand.shown.quoted) isn't understood."
                )
            }
            return .unknown
        }
    }

    /// The first one names a command of the program's own.
    static func commands(_ programs: [Program]) -> Program.Body {
        let table = ProgramTable.table(programs)
        return { judge, parsed, call in
            guard let first = parsed.operands.first else { return .unknown }
            guard let name = first.literal, let program = table[name] else {
                judge.find(
                    .ask, .unknownOption, "\((call.name + " " + first.shown).quoted) isn't understood.")
                return .unknown
            }
            var inner = call
            inner.name = "\(call.name) \(name)"
            inner.arguments = Array(parsed.operands.dropFirst())
            return judge.run(program, inner)
        }
    }
}

extension Call {
    /// What a program hands on that leaves out lines, or orders them; only `cat` leaves a text as it is.
    func passed(_ parsed: Parsed) -> Stream {
        guard case .text = input else { return input }
        return name == "cat" && parsed.options.isEmpty ? input : .unknown
    }
}
