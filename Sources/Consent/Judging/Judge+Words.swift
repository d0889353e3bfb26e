extension Judge {
    /// Words that a command may have; more aren't judged.
    private static let wordsMax = 4_096

    mutating func expand(_ words: [Word], _ state: inout ShellState) -> [Value] {
        var values: [Value] = []
        for word in words {
            guard let alternatives = BraceExpansion.expand(word.parts), values.count < Self.wordsMax else {
                find(.ask, .tooLarge, "It has too many words.")
                return [.unknown]
            }
            for parts in alternatives {
                var fields = Fields()
                expand(parts, &fields, &state)
                values += fields.finished()
                // Long texts count as several words: they take as long.
                guard countUp(1 + fields.length / 64) else { return [.unknown] }
            }
        }
        return values
    }

    /// The value where the shell splits nothing: of an assignment, a here-document or a redirection's target.
    mutating func expandWhole(_ word: Word, _ state: inout ShellState) -> Value {
        let values = expand([Word(parts: word.parts.map(\.quoted))], &state)
        guard let first = values.first else { return Value("") }
        var result = Value(first.pieces)
        for value in values.dropFirst() {
            result.append(.text(" "))
            for piece in value.pieces { result.append(piece) }
        }
        return result
    }

    private mutating func expand(_ parts: [WordPart], _ fields: inout Fields, _ state: inout ShellState) {
        var index = 0
        while index < parts.count {
            let part = parts[index]
            index += 1
            switch part {
            case .text(let text): fields.add(.text(text))
            case .brace(let mark): fields.add(.text(String(UnicodeScalar(mark))))
            case .glob(let mark):
                if mark == UInt8(ascii: "[") { bracket(parts, &index, &fields) } else { fields.add(.glob) }
            case .tilde(let name):
                fields.add(name.isEmpty ? .text(home(state)) : .unknown)
            case .parameter(let parameter): expand(parameter, &fields, &state)
            case .command(let script, let isQuoted):
                fields.add(substitution(script, state), isQuoted: isQuoted)
            case .arithmetic(let parts):
                arithmetic(parts, &state)
                fields.add(.number)
            case .process(let script, let isWritten):
                let output = run(script, state, isWritten ? .unknown : .text("")).output
                fields.add(output == .network ? .network : .text("/dev/fd/63"))
            }
        }
    }

    private func home(_ state: ShellState) -> String {
        state.variables["HOME"] == nil ? "/" + territory.home.joined(separator: "/") : "/"
    }

    /// `[…]`, which stands for one character, or `[` itself where nothing closes it.
    ///
    /// Known only where it is plain text with one `]`; else what follows is expanded as if it stood alone.
    private func bracket(_ parts: [WordPart], _ index: inout Int, _ fields: inout Fields) {
        var closings = 0
        var isPlain = true
        var isLast = true
        scan: for part in parts[index...] {
            switch part {
            case .text(let text): closings += text.utf8.count { $0 == UInt8(ascii: "]") }
            case .glob(UInt8(ascii: "[")):
                isLast = false
                break scan
            case .glob, .brace: break
            case .tilde, .parameter, .command, .arithmetic, .process: isPlain = false
            }
        }
        if closings == 0, isPlain, isLast { return fields.add(.text("[")) }
        guard isPlain, closings == 1, case .text(let text) = parts[index],
            let close = text.dropFirst().firstIndex(of: "]"), !text[..<close].contains("/")
        else { return fields.add(.unknown) }
        fields.add(.glob)
        index += 1
        fields.add(.text(String(text[text.index(after: close)...])))
    }

    private mutating func substitution(_ script: Script, _ state: ShellState) -> Stream {
        let before = escaping
        let flow = run(script, state, .unknown)
        escaping = before
        if let root = worktreeRoot(script, state) { return .text(root) }
        return flow.output
    }

    /// What `git rev-parse --show-toplevel` says in the worktree, and `pwd` anywhere.
    private func worktreeRoot(_ script: Script, _ state: ShellState) -> String? {
        guard script.items.count == 1, script.items[0].rest.isEmpty,
            script.items[0].first.commands.count == 1,
            case .simple(let assignments, let words) = script.items[0].first.commands[0].kind,
            assignments.isEmpty,
            let folders = state.folders
        else { return nil }
        let literals = words.compactMap(\.literal)
        guard literals.count == words.count, state.functions[literals.first ?? ""] == nil else { return nil }
        if literals == ["pwd"], folders.count == 1 { return "/" + folders[0].joined(separator: "/") }
        guard literals == ["git", "rev-parse", "--show-toplevel"] else { return nil }
        guard folders.allSatisfy({ $0.starts(with: territory.worktree) }) else { return nil }
        return "/" + territory.worktree.joined(separator: "/")
    }

    /// Arithmetic: commands in it are judged, and every name in it must be a number.
    mutating func arithmetic(_ parts: [WordPart], _ state: inout ShellState) {
        var assigns = false
        for part in parts {
            switch part {
            case .text(let text):
                assigns = assigns || text.contains("=") || text.contains("++") || text.contains("--")
                for name in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
                    guard name.first?.isNumber == false else { continue }
                    checkNumber(String(name), state)
                }
            default:
                var fields = Fields()
                expand([part], &fields, &state)
                if !fields.finished().allSatisfy(\.isNumber) {
                    find(.ask, .notUnderstood, "An arithmetic expression may run code.")
                }
            }
        }
        guard assigns else { return }
        for case .text(let text) in parts {
            for name in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" })
            where name.first?.isNumber == false {
                assign(String(name), ShellState.Variable(values: [Value([.number])]), &state)
            }
        }
    }

    /// A name's text is arithmetic itself, so it may hold commands.
    private mutating func checkNumber(_ name: String, _ state: ShellState) {
        guard let variable = state.variables[name] else {
            // What the environment holds isn't the agent's to choose, but for names in capitals it may be anything.
            let isKnown = ShellNumbers.names.contains(name) || name == name.lowercased()
            if !isKnown {
                find(
                    .ask, .notUnderstood, "What \(name.quoted) holds isn't known, and arithmetic may run it.")
            }
            return
        }
        if !variable.values.allSatisfy({ $0.isNumber || $0.literal == "" }) {
            find(.ask, .notUnderstood, "What \(name.quoted) holds isn't known, and arithmetic may run it.")
        }
    }
}

/// Names that hold numbers in every shell.
enum ShellNumbers {
    static let names: Set<String> = [
        "?", "#", "$", "!", "RANDOM", "SECONDS", "LINENO", "UID", "EUID", "PPID", "COLUMNS", "LINES",
        "BASHPID",
        "OPTIND", "SHLVL", "EPOCHSECONDS",
    ]
}

extension WordPart {
    /// The part where nothing is split and no names of files are found.
    fileprivate var quoted: WordPart {
        switch self {
        case .glob(let mark), .brace(let mark): .text(String(UnicodeScalar(mark)))
        case .parameter(var parameter):
            {
                parameter.isQuoted = true
                return .parameter(parameter)
            }()
        case .command(let script, _): .command(script, isQuoted: true)
        case .text, .tilde, .arithmetic, .process: self
        }
    }
}
