extension ShellParser {
    /// What begins with `$`.
    mutating func dollar(_ builder: inout WordBuilder, isQuoted: Bool) throws(ShellProblem) {
        switch peek(1) {
        case UInt8(ascii: "("):
            if peek(2) == UInt8(ascii: "(") {
                position += 3
                let parts = try nested { (parser) throws(ShellProblem) in try parser.arithmeticParts() }
                builder.add(.arithmetic(parts))
            } else {
                position += 2
                builder.add(.command(try substitution(), isQuoted: isQuoted))
            }
        case UInt8(ascii: "{"): builder.add(.parameter(try braced(isQuoted: isQuoted)))
        case UInt8(ascii: "["): throw ShellProblem("'$[' isn't understood")
        case .quote where !isQuoted:
            try refuseInPlainShell("$'")
            position += 2
            builder.add(.text(try ansiQuoted()))
        case .doubleQuote where !isQuoted: throw ShellProblem("'$\"' isn't understood")
        case .some(let next) where next.isNameStart:
            position += 1
            builder.add(.parameter(Parameter(name: name(), isQuoted: isQuoted)))
        case .some(let next) where next.isDigit || "@*#?-$!".utf8.contains(next):
            position += 2
            builder.add(.parameter(Parameter(name: String(UnicodeScalar(next)), isQuoted: isQuoted)))
        case .some(let next) where "~=^+".utf8.contains(next):
            throw ShellProblem("'$\(Character(UnicodeScalar(next)))' means something else to other shells")
        default:
            builder.text.append(.dollar)
            position += 1
        }
    }

    mutating func name() -> String {
        let start = position
        while let byte = current, byte.isName { position += 1 }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// The commands up to the closing parenthesis, which is taken.
    mutating func substitution() throws(ShellProblem) -> Script {
        guard hereDocuments.isEmpty else {
            throw ShellProblem("a here-document begins before a substitution")
        }
        return try nested { (parser) throws(ShellProblem) in
            let script = try parser.script(until: [")"])
            guard parser.hereDocuments.isEmpty else { throw ShellProblem("a here-document has no end") }
            try parser.expect(")")
            return script
        }
    }

    mutating func processSubstitution() throws(ShellProblem) -> WordPart {
        try refuseInPlainShell("<(")
        let isWritten = current == UInt8(ascii: ">")
        position += 2
        return .process(try substitution(), isWritten: isWritten)
    }

    mutating func backticks(isQuoted: Bool) throws(ShellProblem) -> Script {
        position += 1
        var inner: [UInt8] = []
        while let byte = current, byte != .backtick {
            position += 1
            guard byte == .backslash, let next = current else {
                inner.append(byte)
                continue
            }
            position += 1
            let isSpecial =
                next == .dollar || next == .backtick || next == .backslash || isQuoted && next == .doubleQuote
            if !isSpecial { inner.append(.backslash) }
            inner.append(next)
        }
        guard current == .backtick else { throw ShellProblem("a backtick has no partner") }
        position += 1
        guard depth < Self.depthMax else {
            throw ShellProblem("commands stand too deep in each other", isSize: true)
        }
        return try Self.parse(String(decoding: inner, as: UTF8.self), depth: depth + 1, isPlain: isPlain)
    }

    /// Arithmetic up to its two closing parentheses, which are taken.
    mutating func arithmeticParts() throws(ShellProblem) -> [WordPart] {
        var builder = WordBuilder()
        var open = 0
        while let byte = current {
            switch byte {
            case UInt8(ascii: ")") where open == 0:
                try expect("))")
                builder.flush()
                return builder.parts
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                open += byte == UInt8(ascii: "(") ? 1 : -1
                builder.text.append(byte)
                position += 1
            case .dollar: try dollar(&builder, isQuoted: true)
            default:
                guard byte.isName || " \t\n+-*/%<>=!&|^~?:,;".utf8.contains(byte) else {
                    throw ShellProblem("an arithmetic expression isn't understood")
                }
                builder.text.append(byte)
                position += 1
            }
        }
        throw ShellProblem("an arithmetic expression has no end")
    }

    /// `${…}`.
    private mutating func braced(isQuoted: Bool) throws(ShellProblem) -> Parameter {
        position += 2
        let isLength = current == UInt8(ascii: "#") && peek(1) != UInt8(ascii: "}")
        if isLength { position += 1 }
        guard let first = current else { throw ShellProblem("'${' has no end") }
        var parameter = Parameter(name: "", isQuoted: isQuoted)
        if first.isNameStart {
            parameter.name = name()
        } else if first.isDigit || "@*#?$!".utf8.contains(first) {
            while let byte = current, byte.isDigit {
                parameter.name.unicodeScalars.append(UnicodeScalar(byte)); position += 1
            }
            if parameter.name.isEmpty {
                parameter.name = String(UnicodeScalar(first))
                position += 1
            }
        } else {
            throw ShellProblem("'${' isn't understood")
        }
        if current == UInt8(ascii: "[") { try element(&parameter) }
        if take("}") {
            if isLength { parameter.operation = .length }
            return parameter
        }
        // `${!x}` and `${#x…}` end above or not at all.
        guard !isLength, first != UInt8(ascii: "!") else { throw ShellProblem("'${' isn't understood") }
        parameter.operation = try operation(isQuoted: isQuoted)
        return parameter
    }

    private mutating func element(_ parameter: inout Parameter) throws(ShellProblem) {
        position += 1
        if take("@]") || take("*]") { return }
        parameter.operation = .element
        if take("$") {
            guard let next = current, next.isNameStart else {
                throw ShellProblem("a subscript isn't understood")
            }
        }
        guard let next = current, next.isDigit else { throw ShellProblem("a subscript isn't understood") }
        _ = name()
        try expect("]")
    }

    private mutating func operation(isQuoted: Bool) throws(ShellProblem) -> Parameter.Operation {
        let isColon = take(":")
        guard let mark = current else { throw ShellProblem("'${' has no end") }
        if "-=+?".utf8.contains(mark) {
            position += 1
            return .fallback(mark, try operand(isQuoted: isQuoted))
        }
        if isColon { return .changed([try substringOperand()]) }
        position += 1
        switch mark {
        case UInt8(ascii: "%"):
            let isLongest = take("%")
            return .withoutSuffix(try operand(isQuoted: isQuoted), longest: isLongest)
        case UInt8(ascii: "#"):
            _ = take("#")
            return .changed([try operand(isQuoted: isQuoted)])
        case UInt8(ascii: "/"), UInt8(ascii: "^"), UInt8(ascii: ","):
            return .changed([try operand(isQuoted: isQuoted)])
        default: throw ShellProblem("'${' isn't understood")
        }
    }

    /// `offset` or `offset:length`: numbers only, since they are arithmetic.
    private mutating func substringOperand() throws(ShellProblem) -> Word {
        while let byte = current, byte.isDigit || " :-".utf8.contains(byte) { position += 1 }
        try expect("}")
        return Word(parts: [])
    }

    /// The word up to the closing brace, which is taken.
    private mutating func operand(isQuoted: Bool) throws(ShellProblem) -> Word {
        try nested { (parser) throws(ShellProblem) in
            var builder = WordBuilder()
            while let byte = parser.current, byte != UInt8(ascii: "}") {
                switch byte {
                case .dollar: try parser.dollar(&builder, isQuoted: true)
                case .backtick:
                    builder.add(.command(try parser.backticks(isQuoted: isQuoted), isQuoted: true))
                case .doubleQuote where !isQuoted:
                    parser.position += 1
                    builder.add(.text(""))
                    builder.parts += try parser.quotedParts(until: .doubleQuote)
                case .quote, .doubleQuote, .backslash, UInt8(ascii: "{"), .newline, UInt8(ascii: "<"),
                    UInt8(ascii: ">"),
                    UInt8(ascii: "~"), UInt8(ascii: "("), UInt8(ascii: ")"):
                    // What these mean here differs from shell to shell.
                    throw ShellProblem("a word in '${' isn't understood")
                case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["):
                    parser.position += 1
                    builder.add(.glob(byte))
                default:
                    builder.text.append(byte)
                    parser.position += 1
                }
            }
            try parser.expect("}")
            builder.flush()
            return Word(parts: builder.parts)
        }
    }

    /// The text of `$'…'`, whose opening is taken.
    private mutating func ansiQuoted() throws(ShellProblem) -> String {
        var text: [UInt8] = []
        while let byte = current {
            position += 1
            if byte == .quote { return String(decoding: text, as: UTF8.self) }
            guard byte == .backslash else {
                text.append(byte)
                continue
            }
            guard let next = current else { break }
            position += 1
            text += try ansiEscape(next)
        }
        throw ShellProblem("a quotation mark has no partner")
    }

    private mutating func ansiEscape(_ mark: UInt8) throws(ShellProblem) -> [UInt8] {
        switch mark {
        case UInt8(ascii: "n"): return [10]
        case UInt8(ascii: "t"): return [9]
        case UInt8(ascii: "r"): return [13]
        case UInt8(ascii: "e"), UInt8(ascii: "E"): return [27]
        case UInt8(ascii: "a"): return [7]
        case .backslash, .quote, .doubleQuote, UInt8(ascii: "?"): return [mark]
        case UInt8(ascii: "x"): return [try number(radix: 16, digits: 2)]
        case UInt8(ascii: "0")...UInt8(ascii: "7"):
            position -= 1
            return [try number(radix: 8, digits: 3)]
        default: throw ShellProblem("an escape in $'…' isn't understood")
        }
    }

    private mutating func number(radix: Int, digits: Int) throws(ShellProblem) -> UInt8 {
        var value = 0
        var count = 0
        while count < digits, let digit = current.flatMap({ Character(UnicodeScalar($0)).hexDigitValue }),
            digit < radix
        {
            value = value * radix + digit
            count += 1
            position += 1
        }
        // Only ASCII: what other bytes mean depends on the locale, and NUL ends the word in some shells.
        guard count > 0, value > 0, value < 128 else {
            throw ShellProblem("an escape in $'…' isn't understood")
        }
        return UInt8(value)
    }
}
