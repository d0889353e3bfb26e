/// A command with its words.
struct Call {
    var name: String
    var arguments: [Value]
    var state: ShellState
    var input: Stream
}

extension Judge {
    mutating func redirect(_ redirections: [Redirection], _ state: inout ShellState, _ input: Stream)
        -> Stream
    {
        var input = input
        for redirection in redirections {
            if let body = redirection.body {
                let text = expandWhole(body.word, &state)
                input = text.literal.map { .text($0) } ?? (text.isFromNetwork ? .network : .unknown)
                continue
            }
            if case .read = redirection.kind, redirection.word.parts.count == 1,
                case .process(let script, false) = redirection.word.parts[0]
            {
                input = run(script, state, .unknown).output
                continue
            }
            if case .text = redirection.kind {
                let text = expandWhole(redirection.word, &state)
                input = text.literal.map { .text($0 + "\n") } ?? (text.isFromNetwork ? .network : .unknown)
                continue
            }
            let targets = expand([redirection.word], &state)
            let target = targets.count == 1 ? targets[0] : .unknown
            switch redirection.kind {
            case .text: break
            case .read:
                read(target, state)
                input = target.isFromNetwork ? .network : .unknown
            case .write, .readWrite: write(target, state)
            case .duplicate:
                let isDescriptor =
                    target.literal?.utf8.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") } ?? false
                if !isDescriptor { write(target, state) }
            }
        }
        return input
    }

    mutating func simple(
        _ assignments: [Assignment], _ words: [Word], _ start: ShellState, _ input: Stream
    ) -> Flow {
        var state = start
        let values = expand(words, &state)
        guard !values.isEmpty else {
            for assignment in assignments { assign(assignment, &state) }
            return Flow(state)
        }
        let isRead = values[0].literal == "read"
        for assignment in assignments {
            let value = assignment.values.first.map { expandWhole($0, &state) } ?? Value("")
            if isRead, assignment.name == "IFS" { continue }
            find(Environment.refusal(exporting: assignment.name, as: value.literal))
            // Some shells keep it after some commands.
            state.variables[assignment.name] = .unknown
        }
        return run(values, state, input)
    }

    /// Judges a command by its words; one that no shell runs knows neither functions nor builtins.
    mutating func run(
        _ words: [Value], _ state: ShellState, _ input: Stream, skipsFunctions: Bool = false
    ) -> Flow {
        guard countUp(), enter() else { return Flow(state) }
        defer { depth -= 1 }
        keep(words)
        let before = worst
        worst = Decision(.allow, .harmless, "Nothing in it is harmful.")
        let flow = dispatch(words, state, input, skipsFunctions: skipsFunctions)
        let own = rules.adjusting(worst, command: words)
        // A rule that loosened something is told rather than that nothing was harmful.
        let isPlain = before.rule == RuleName.harmless.rawValue
        worst = isPlain ? own : before.stricter(own)
        if isOver { find(.ask, .tooLarge, "It is too large to be judged.") }
        return flow
    }

    private mutating func dispatch(
        _ words: [Value], _ state: ShellState, _ input: Stream, skipsFunctions: Bool
    ) -> Flow {
        guard let first = words.first, let written = first.literal else {
            let shown = words.first?.shown.quoted ?? ""
            find(.ask, .unknownProgram, "Which program \(shown) is isn't known.")
            return Flow(state)
        }
        let call = Call(name: written, arguments: Array(words.dropFirst()), state: state, input: input)
        if !skipsFunctions, let number = state.functions[written] {
            return self.call(number, call.arguments, state, input)
        }
        if let builtin = Builtins.table[written] { return builtin(&self, call) }
        guard let name = programName(written, state) else {
            find(.ask, .unknownProgram, "The program \(written.quoted) isn't known.")
            return Flow(state)
        }
        if let wrapper = Wrappers.table[name] { return wrapper(&self, call) }
        guard let program = ProgramTable.programs[name] else {
            if let refusal = ProgramTable.refusals[name] {
                if refusal.verdict == .never || !call.onlyTellsItself { find(refusal) }
            } else {
                find(.ask, .unknownProgram, "The program \(name.quoted) isn't known.")
            }
            return Flow(state, ProgramTable.networkPrograms.contains(name) ? .network : .unknown)
        }
        return Flow(state, run(program, call))
    }

    /// The name by which a program is judged; nil for a path to anything but the system's programs and the
    /// worktree's own tools.
    private func programName(_ written: String, _ state: ShellState) -> String? {
        guard written.contains("/") else { return written }
        guard let folder = state.folders?.first, state.folders?.count == 1,
            let place = territory.place(Value(written), from: folder, followsLast: false), place.tail.isEmpty
        else { return nil }
        let system = [
            ["bin"], ["usr", "bin"], ["usr", "local", "bin"], ["sbin"], ["usr", "sbin"],
            ["opt", "homebrew", "bin"],
        ]
        guard let name = place.path.last else { return nil }
        if system.contains(Array(place.path.dropLast())) { return name }
        guard place.isIn(territory.worktree) else { return nil }
        let parents = Array(place.path.dropLast().suffix(2))
        func isTool(_ family: [Program]) -> Bool { family.contains { $0.names.contains(name) } }
        switch parents {
        case ["node_modules", ".bin"]: return isTool(ProgramTable.buildTools) ? name : nil
        case [".venv", "bin"], ["venv", "bin"], ["vendor", "bin"]:
            return isTool(ProgramTable.scriptTools) ? name : nil
        default: return ["gradlew", "mvnw"].contains(name) ? name : nil
        }
    }
}

extension Call {
    /// Whether the program is asked for nothing but its version or its help.
    fileprivate var onlyTellsItself: Bool {
        guard arguments.count == 1, let word = arguments[0].literal else { return false }
        return ["--version", "-V", "--help"].contains(word)
            || word == "-v" && ["perl", "php", "ruby"].contains(name)
    }
}

extension Judge {
    /// Whether the value may be read; with `isTree` all below it is.
    mutating func read(_ value: Value, _ state: ShellState, isTree: Bool = false) {
        for place in places(value, state, "read") ?? [] {
            find(territory.refusal(reading: place, isTree: isTree))
        }
    }

    mutating func write(_ value: Value, _ state: ShellState, followsLast: Bool = true) {
        for place in places(value, state, "written", followsLast: followsLast) ?? [] {
            find(territory.refusal(writing: place))
        }
    }

    mutating func delete(_ value: Value, _ state: ShellState) {
        // A trailing slash follows the link.
        let followsLast = value.shown.hasSuffix("/")
        for place in places(value, state, "deleted", followsLast: followsLast) ?? [] {
            find(territory.refusal(deleting: place))
        }
    }

    /// Whether the value is a folder, or a file, in the worktree: what lies there decides what runs.
    mutating func stay(_ value: Value, _ state: ShellState) {
        for place in places(value, state, "used") ?? [] where !place.isIn(territory.worktree) {
            find(.ask, .outsideWorktree, "\(place.shown) lies outside the worktree.")
        }
    }

    /// Whether the command runs in the worktree: elsewhere other settings and code count.
    mutating func stayInWorktree(_ call: Call) {
        let isInside = call.state.folders?.allSatisfy { $0.starts(with: territory.worktree) } ?? false
        if !isInside { find(.ask, .outsideWorktree, "\(call.name.quoted) would run outside the worktree.") }
    }

    private mutating func places(
        _ value: Value, _ state: ShellState, _ what: String, followsLast: Bool = true
    ) -> [Place]? {
        var places: [Place] = []
        let folders = state.folders.map { $0.map { Optional($0) } } ?? [nil]
        for folder in folders {
            guard let place = territory.place(value, from: folder, followsLast: followsLast) else {
                find(
                    .ask, .unknownPath,
                    "Which file \(value.shown.quoted) is isn't known before it is \(what).")
                return nil
            }
            places.append(place)
        }
        return places
    }
}
