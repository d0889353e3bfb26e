/// The options of a program that are understood.
///
/// They are written as words. `-ab:c` are the letters a, b and c, of which b takes an argument; `name` is the option
/// `--name`. After a letter or a name stand `:` for an argument, `?` for one that may follow in the same word only,
/// `<` for a file that is read, `>` for a file that is written, `@` for a place that must lie in the worktree, `!` for
/// what a person must decide and `^` for what is never done. `-0` alone means that numbers such as `-5` are options.
struct Options: Sendable {
    /// What an option does.
    enum Effect: UInt8, Sendable {
        case none, text, optionalText, read, write, stay, ask, never

        init?(_ mark: Character) {
            switch mark {
            case ":": self = .text
            case "?": self = .optionalText
            case "<": self = .read
            case ">": self = .write
            case "@": self = .stay
            case "!": self = .ask
            case "^": self = .never
            default: return nil
            }
        }

        var takesArgument: Bool { self == .text || self == .read || self == .write || self == .stay }
        var isDanger: Bool { self == .ask || self == .never || self == .write }
        /// Whether a file's name that is taken for it could do harm by itself.
        var isTouchy: Bool { self == .ask || self == .write }
    }

    /// How a program reads its options.
    enum Style: Sendable {
        /// `-abc`, `--name=value`; operands may stand between them.
        case gnu
        /// The same, but the first operand ends them.
        case stopping
        /// `-name`.
        case single
        /// None: every word is an operand.
        case free
    }

    private(set) var letters: [UInt8: Effect] = [:]
    private(set) var names: [String: Effect] = [:]
    let style: Style
    /// Whether a file's name, taken for an option, could do harm.
    private(set) var isTouchy = false
    /// Whether `-5` is an option.
    var takesNumbers = false

    init(_ text: String, _ style: Style = .gnu) {
        self.style = style
        for word in text.split(separator: " ") {
            if word == "-0" {
                takesNumbers = true
            } else if word.first == "-" {
                addLetters(word.dropFirst())
            } else {
                let effect = word.last.flatMap(Effect.init)
                names[String(effect == nil ? word : word.dropLast())] = effect ?? Effect.none
            }
        }
        isTouchy = letters.values.contains(where: \.isTouchy) || names.values.contains(where: \.isTouchy)
    }

    private mutating func addLetters(_ word: Substring) {
        var last: UInt8?
        for character in word {
            if let effect = Effect(character), let letter = last {
                letters[letter] = effect
            } else if let letter = character.asciiValue {
                letters[letter] = Effect.none
                last = letter
            }
        }
    }
}

/// A command's words, sorted.
struct Parsed {
    var options: [(name: String, value: Value?)] = []
    var operands: [Value] = []

    func has(_ names: String...) -> Bool { options.contains { names.contains($0.name) } }

    func values(_ names: String...) -> [Value] {
        options.filter { names.contains($0.name) }.compactMap(\.value)
    }
}

extension Judge {
    /// Sorts a command's words; what isn't understood of them is found.
    mutating func scan(_ call: Call, _ options: Options) -> Parsed {
        var parsed = Parsed()
        var rest = call.arguments[...]
        var hasEnded = false
        while let value = rest.popFirst() {
            let prefix = value.prefix
            let isOperand =
                hasEnded || options.style == .free || !prefix.hasPrefix("-") || value.literal == "-"
            if isOperand {
                if !hasEnded, value.isSplit || value.couldBeOption, options.isTouchy {
                    find(.ask, .unknownOption, "A name could be taken for an option of \(call.name.quoted).")
                }
                parsed.operands.append(value)
                if options.style == .stopping { hasEnded = true }
            } else if value.literal == "--" {
                hasEnded = true
            } else if prefix.hasPrefix("--") || options.style == .single {
                long(value, options, call, &rest, &parsed)
            } else {
                short(value, options, call, &rest, &parsed)
            }
        }
        return parsed
    }

    private mutating func long(
        _ value: Value, _ options: Options, _ call: Call, _ rest: inout ArraySlice<Value>,
        _ parsed: inout Parsed
    ) {
        let dashes = value.prefix.hasPrefix("--") ? 2 : 1
        let bytes = Array(value.prefix.utf8.dropFirst(dashes))
        let equals = bytes.firstIndex(of: UInt8(ascii: "="))
        let name = String(decoding: bytes[..<(equals ?? bytes.count)], as: UTF8.self)
        let isWhole = equals != nil || value.literal != nil
        guard isWhole, let effect = options.names[name] else {
            if options.style == .single, isWhole, options.takesNumbers, Int(name) != nil { return }
            let meant = options.names.filter { $0.value.isDanger && $0.key.hasPrefix(name) }.map(\.value)
            let isNever = !name.isEmpty && meant.contains(.never)
            find(
                isNever ? .never : .ask, .unknownOption,
                "\(call.name.quoted) with \(value.shown.quoted) isn't understood.")
            return
        }
        var argument = equals.map { value.dropping(dashes + $0 + 1) }
        if argument == nil, effect.takesArgument { argument = rest.popFirst() }
        if argument != nil, effect == .none {
            find(.ask, .unknownOption, "\(call.name.quoted) with \(value.shown.quoted) isn't understood.")
        }
        apply(effect, name, argument, call, &parsed)
    }

    private mutating func short(
        _ value: Value, _ options: Options, _ call: Call, _ rest: inout ArraySlice<Value>,
        _ parsed: inout Parsed
    ) {
        let letters = Array(value.prefix.utf8.dropFirst())
        if options.takesNumbers, letters.allSatisfy(\.isDigit),
            value.pieces.count == 1 || value.pieces == [.text("-"), .number]
        {
            return
        }
        for (index, letter) in letters.enumerated() {
            guard let effect = options.letters[letter] else {
                find(.ask, .unknownOption, "\(call.name.quoted) with \(value.shown.quoted) isn't understood.")
                return
            }
            let name = String(UnicodeScalar(letter))
            guard effect.takesArgument || effect == .optionalText else {
                apply(effect, name, nil, call, &parsed)
                continue
            }
            let attached = value.dropping(index + 2)
            let hasNone = attached.pieces.isEmpty
            apply(
                effect, name, hasNone ? effect.takesArgument ? rest.popFirst() : nil : attached, call, &parsed
            )
            return
        }
        if value.pieces.count > 1 || letters.isEmpty {
            find(.ask, .unknownOption, "\(call.name.quoted) with \(value.shown.quoted) isn't understood.")
        }
    }

    private mutating func apply(
        _ effect: Options.Effect, _ name: String, _ argument: Value?, _ call: Call, _ parsed: inout Parsed
    ) {
        parsed.options.append((name, argument))
        if argument?.isSplit == true {
            find(.ask, .unknownOption, "How many words \(call.name.quoted) gets isn't known.")
        }
        switch effect {
        case .none, .optionalText: break
        case .ask, .never:
            let option = (name.utf8.count > 1 ? "--" : "-") + name
            find(
                effect == .ask ? .ask : .never, .runsCode,
                "\(call.name.quoted) with \(option.quoted) may do more than it seems.")
        case .text, .read, .write, .stay:
            guard let argument else {
                return find(.ask, .unknownOption, "An option of \(call.name.quoted) lacks its argument.")
            }
            switch effect {
            case .read: if argument.literal != "-" { read(argument, call.state) }
            case .write: if argument.literal != "-" { write(argument, call.state) }
            case .stay: stay(argument, call.state)
            default: break
            }
        }
    }
}

extension Value {
    /// Whether what isn't known of it could begin with a dash.
    fileprivate var couldBeOption: Bool {
        switch pieces.first {
        case .glob, .unknown, .network, .listing: true
        case .text, .number, nil: false
        }
    }
}
