/// The words that one word becomes.
struct Fields {
    private var done: [Value] = []
    private var current = Value([])
    private var exists = false
    private(set) var length = 0

    /// Bytes past which a word isn't known any more.
    private static let lengthMax = 16_384

    /// Adds what isn't split.
    mutating func add(_ piece: Piece) {
        exists = true
        append(piece)
    }

    private mutating func append(_ piece: Piece) {
        guard length <= Self.lengthMax else { return }
        if case .text(let text) = piece { length += text.utf8.count } else { length += 1 }
        guard length > Self.lengthMax else { return current.append(piece) }
        if current.pieces != [.unknown] { current = Value([.unknown], isSplit: true) }
    }

    /// Adds a whole value, unquoted: known text is split at blanks, and its wildcards find files.
    mutating func add(_ value: Value, isQuoted: Bool) {
        guard !isQuoted else {
            exists = true
            for piece in value.pieces { append(piece) }
            return
        }
        for piece in value.pieces {
            guard case .text(let text) = piece else {
                exists = true
                append(piece)
                if piece != .number { current.isSplit = true }
                continue
            }
            split(text)
        }
    }

    mutating func add(_ stream: Stream, isQuoted: Bool) {
        guard case .text(let text) = stream else { return add(Value([stream.piece]), isQuoted: isQuoted) }
        var end = text.endIndex
        while end > text.startIndex, text[text.index(before: end)] == "\n" { end = text.index(before: end) }
        add(Value(String(text[..<end])), isQuoted: isQuoted)
    }

    /// Begins the next word.
    mutating func next() {
        if exists { done.append(current) }
        current = Value([])
        exists = false
    }

    private mutating func split(_ text: String) {
        guard length <= Self.lengthMax else { return }
        guard text.utf8.contains(where: { " \t\n*?[".utf8.contains($0) }) else {
            if !text.isEmpty { add(.text(text)) }
            return
        }
        var run = ""
        for character in text {
            switch character {
            case " ", "\t", "\n":
                if !run.isEmpty { add(.text(run)) }
                run = ""
                next()
            case "*", "?", "[":
                if !run.isEmpty { add(.text(run)) }
                run = ""
                // A bracket's end isn't looked for: whatever follows may belong to it.
                add(character == "[" ? .unknown : .glob)
            default: run.append(character)
            }
        }
        if !run.isEmpty { add(.text(run)) }
    }

    mutating func finished() -> [Value] {
        next()
        return done
    }
}
