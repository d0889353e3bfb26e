extension ShellParser {
    /// What is gathered of a word.
    struct WordBuilder {
        var parts: [WordPart] = []
        var text: [UInt8] = []
        /// Whether nothing of the word was quoted or expanded so far.
        var isPlain = true

        mutating func flush() {
            guard !text.isEmpty else { return }
            parts.append(.text(String(decoding: text, as: UTF8.self)))
            text = []
        }

        mutating func add(_ part: WordPart) {
            flush()
            parts.append(part)
            isPlain = false
        }

        /// Whether `~` is expanded here: at the start, or after `name=` or a colon of it.
        var allowsTilde: Bool {
            guard isPlain, let last = text.last else { return isPlain && parts.isEmpty }
            guard last == UInt8(ascii: "=") || last == UInt8(ascii: ":") else { return false }
            guard let equals = text.firstIndex(of: UInt8(ascii: "=")), equals > 0 else { return false }
            return text[0].isNameStart && text[..<equals].allSatisfy(\.isName)
        }
    }

    /// The word that begins here; in a pattern of `[[ =~ ]]` parentheses and bars belong to it.
    mutating func word(isPattern: Bool = false) throws(ShellProblem) -> Word {
        var builder = WordBuilder()
        while let byte = current {
            if byte.endsWord {
                if (byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")), peek(1) == UInt8(ascii: "(") {
                    builder.add(try processSubstitution())
                    continue
                }
                guard isPattern, "()|".utf8.contains(byte) else { break }
                builder.text.append(byte)
                position += 1
            } else {
                try wordByte(byte, &builder)
            }
        }
        builder.flush()
        return Word(parts: builder.parts)
    }

    private mutating func wordByte(_ byte: UInt8, _ builder: inout WordBuilder) throws(ShellProblem) {
        switch byte {
        case .backslash: escape(&builder)
        case .quote: builder.add(.text(try singleQuoted()))
        case .doubleQuote:
            position += 1
            builder.add(.text(""))
            builder.parts += try quotedParts(until: .doubleQuote)
        case .dollar: try dollar(&builder, isQuoted: false)
        case .backtick: builder.add(.command(try backticks(isQuoted: false), isQuoted: false))
        case UInt8(ascii: "*"), UInt8(ascii: "?"), UInt8(ascii: "["):
            position += 1
            builder.add(.glob(byte))
        case UInt8(ascii: "{"), UInt8(ascii: "}"), UInt8(ascii: ","):
            position += 1
            let isPlain = builder.isPlain
            builder.add(.brace(byte))
            builder.isPlain = isPlain
        case UInt8(ascii: "~") where builder.allowsTilde: tilde(&builder)
        default:
            builder.text.append(byte)
            position += 1
        }
    }

    private mutating func escape(_ builder: inout WordBuilder) {
        position += 1
        guard let escaped = current else {
            builder.text.append(.backslash)
            return
        }
        position += 1
        // An escaped line end is nothing at all.
        if escaped == .newline { return }
        builder.text.append(escaped)
        while let next = current, next & 0xC0 == 0x80 {
            builder.text.append(next)
            position += 1
        }
        builder.flush()
        builder.isPlain = false
    }

    private mutating func tilde(_ builder: inout WordBuilder) {
        var end = position + 1
        while end < bytes.count, bytes[end].isName || "+-.".utf8.contains(bytes[end]) { end += 1 }
        let isAlone = end == bytes.count || bytes[end].endsWord || "/:".utf8.contains(bytes[end])
        guard isAlone else {
            builder.text.append(bytes[position])
            position += 1
            return
        }
        let name = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        position = end
        builder.add(.tilde(name))
    }

    private mutating func singleQuoted() throws(ShellProblem) -> String {
        guard let end = bytes[(position + 1)...].firstIndex(of: .quote) else {
            throw ShellProblem("a quotation mark has no partner")
        }
        let text = String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        position = end + 1
        return text
    }

    /// The parts up to a closing mark, which is taken; without one, of a here-document up to its end.
    mutating func quotedParts(until end: UInt8?) throws(ShellProblem) -> [WordPart] {
        var builder = WordBuilder()
        while let byte = current {
            if byte == end {
                position += 1
                builder.flush()
                return builder.parts
            }
            switch byte {
            case .backslash:
                position += 1
                guard let next = current else {
                    builder.text.append(.backslash)
                    continue
                }
                let isSpecial = next == .dollar || next == .backtick || next == .backslash || next == end
                if isSpecial {
                    builder.text.append(next)
                    position += 1
                } else if next == .newline {
                    position += 1
                } else {
                    builder.text.append(.backslash)
                }
            case .dollar: try dollar(&builder, isQuoted: true)
            case .backtick: builder.add(.command(try backticks(isQuoted: true), isQuoted: true))
            default:
                builder.text.append(byte)
                position += 1
            }
        }
        guard end == nil else { throw ShellProblem("a quotation mark has no partner") }
        builder.flush()
        return builder.parts
    }
}
