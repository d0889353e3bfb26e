extension ShellParser {
    private mutating func expectWord(_ text: StaticString) throws(ShellProblem) {
        guard reservedWord == "\(text)" else { throw ShellProblem("'\(text)' is missing") }
        position += text.utf8CodeUnitCount
    }

    mutating func loopBody() throws(ShellProblem) -> Script {
        try skipLines()
        try expectWord("do")
        let body = try script(until: ["done"])
        try expectWord("done")
        return body
    }

    mutating func branches() throws(ShellProblem) -> Command.Kind {
        var branches: [(condition: Script, body: Script)] = []
        repeat {
            let condition = try script(until: ["then"])
            try expectWord("then")
            branches.append((condition, try script(until: ["elif", "else", "fi"])))
            guard reservedWord == "elif" else { break }
            position += 4
        } while true
        var otherwise: Script?
        if reservedWord == "else" {
            position += 4
            otherwise = try script(until: ["fi"])
        }
        try expectWord("fi")
        return .branches(branches, otherwise: otherwise)
    }

    mutating func forLoop() throws(ShellProblem) -> Command.Kind {
        skipBlanks()
        if take("((") {
            let head = try arithmeticParts()
            skipBlanks()
            _ = take(";")
            return .forArithmetic(head, try loopBody())
        }
        guard let byte = current, byte.isNameStart else { throw ShellProblem("'for' has no name") }
        let name = name()
        try skipLines()
        guard reservedWord == "in" else {
            _ = take(";")
            return .forEach(name, nil, try loopBody())
        }
        position += 2
        var words: [Word] = []
        skipBlanks()
        while let byte = current, !byte.endsWord {
            words.append(try word())
            skipBlanks()
        }
        guard current == .newline || take(";") else { throw ShellProblem("'for' isn't understood") }
        return .forEach(name, words, try loopBody())
    }

    mutating func choice() throws(ShellProblem) -> Command.Kind {
        skipBlanks()
        let subject = try word()
        guard !subject.parts.isEmpty else { throw ShellProblem("'case' has no word") }
        try skipLines()
        try expectWord("in")
        var branches: [(patterns: [Word], body: Script)] = []
        try skipLines()
        while reservedWord != "esac" {
            _ = take("(")
            var patterns: [Word] = []
            repeat {
                skipBlanks()
                let pattern = try word()
                guard !pattern.parts.isEmpty else { throw ShellProblem("'case' isn't understood") }
                patterns.append(pattern)
                skipBlanks()
            } while take("|")
            try expect(")")
            branches.append((patterns, try script(until: ["esac"])))
            if !take(";;&"), !take(";;"), !take(";&"), reservedWord != "esac" {
                throw ShellProblem("'case' isn't understood")
            }
            try skipLines()
        }
        position += 4
        return .choice(subject, branches)
    }

    /// The words of `[[ … ]]`.
    mutating func condition() throws(ShellProblem) -> [Word] {
        var words: [Word] = []
        var isPattern = false
        while true {
            skipBlanks()
            guard let byte = current else { throw ShellProblem("'[[' has no end") }
            if byte == .newline {
                position += 1
            } else if starts("]]"), peek(2)?.endsWord ?? true {
                position += 2
                guard hereDocuments.isEmpty else { throw ShellProblem("'[[' isn't understood") }
                return words
            } else if starts("<(") || starts(">(") {
                // A comparison with what stands in parentheses, or another command.
                throw ShellProblem("'<(' in '[[' isn't understood")
            } else if !isPattern, byte.endsWord {
                guard take("&&") || take("||") || take("(") || take(")") || take("<") || take(">") else {
                    throw ShellProblem("'[[' isn't understood")
                }
            } else {
                let word = try word(isPattern: isPattern)
                guard !word.parts.isEmpty else { throw ShellProblem("'[[' isn't understood") }
                isPattern = word.literal == "=~"
                words.append(word)
            }
        }
    }

    /// `name=value`; nil when no assignment begins here.
    mutating func assignment() throws(ShellProblem) -> Assignment? {
        guard let first = current, first.isNameStart else { return nil }
        var end = position
        while end < bytes.count, bytes[end].isName { end += 1 }
        guard end < bytes.count else { return nil }
        let isAppending =
            bytes[end] == UInt8(ascii: "+") && end + 1 < bytes.count && bytes[end + 1] == UInt8(ascii: "=")
        if bytes[end] == UInt8(ascii: "[") { try refuseElement(end) }
        guard isAppending || bytes[end] == UInt8(ascii: "=") else { return nil }
        var assignment = Assignment(name: name(), values: [], isAppending: isAppending)
        position = end + (isAppending ? 2 : 1)
        if take("(") {
            assignment.isArray = true
            try skipLines()
            while let byte = current, !byte.endsWord {
                // The subscript of `[…]=` is evaluated.
                guard byte != UInt8(ascii: "[") else {
                    throw ShellProblem("an array's subscript isn't understood")
                }
                assignment.values.append(try word())
                try skipLines()
            }
            try expect(")")
        } else {
            assignment.values = [try word()]
        }
        return assignment
    }

    /// `name[…]=` assigns to an element, whose subscript is evaluated.
    private func refuseElement(_ start: Int) throws(ShellProblem) {
        var end = start
        while end < bytes.count, !bytes[end].endsWord {
            if bytes[end] == UInt8(ascii: "=") {
                throw ShellProblem("an assignment to an element isn't understood")
            }
            end += 1
        }
    }

    /// A redirection; nil when none begins here.
    mutating func redirection() throws(ShellProblem) -> Redirection? {
        var end = position
        while end < bytes.count, bytes[end].isDigit { end += 1 }
        if bytes[position..<min(position + 1, bytes.count)] == [UInt8(ascii: "{")] {
            try refuseNamedDescriptor()
        }
        guard end < bytes.count, "<>&".utf8.contains(bytes[end]), end - position < 4 else { return nil }
        let digits = String(decoding: bytes[position..<end], as: UTF8.self)
        let start = position
        position = end
        var redirection = Redirection(kind: .write, word: Word(parts: []), descriptor: Int(digits))
        if current == UInt8(ascii: "&") {
            if !starts("&&"), peek(1) == UInt8(ascii: ">") { try refuseInPlainShell("&>") }
            guard digits.isEmpty, take("&>>") || take("&>") else {
                position = start
                return nil
            }
        } else if take("<<<") {
            redirection.kind = .text
        } else if take("<<-") {
            return try hereDocument(redirection, dropsTabs: true)
        } else if take("<<") {
            return try hereDocument(redirection, dropsTabs: false)
        } else if take("<>") {
            redirection.kind = .readWrite
        } else if take("<&") || take(">&") {
            redirection.kind = .duplicate
        } else if starts("<(") || starts(">(") {
            position = start
            return nil
        } else if take("<") {
            redirection.kind = .read
        } else {
            _ = take(">>") || take(">|") || take(">")
        }
        skipBlanks()
        redirection.word = try word()
        guard !redirection.word.parts.isEmpty else { throw ShellProblem("a redirection has no target") }
        return redirection
    }

    private func refuseNamedDescriptor() throws(ShellProblem) {
        var end = position + 1
        while end < bytes.count, bytes[end].isName { end += 1 }
        guard end + 1 < bytes.count, bytes[end] == UInt8(ascii: "}"), "<>".utf8.contains(bytes[end + 1])
        else { return }
        throw ShellProblem("a redirection isn't understood")
    }

    private mutating func hereDocument(_ redirection: Redirection, dropsTabs: Bool) throws(ShellProblem)
        -> Redirection
    {
        skipBlanks()
        let start = position
        let word = try word()
        guard let delimiter = word.literal, !word.parts.isEmpty, !delimiter.contains("\n") else {
            throw ShellProblem("a here-document's delimiter isn't understood")
        }
        let isQuoted = bytes[start..<position].contains {
            $0 == .quote || $0 == .doubleQuote || $0 == .backslash
        }
        let body = HereBody()
        hereDocuments.append(
            HereDocument(delimiter: delimiter, isQuoted: isQuoted, dropsTabs: dropsTabs, body: body))
        return Redirection(
            kind: .text, word: Word(parts: []), descriptor: redirection.descriptor, body: body)
    }
}
