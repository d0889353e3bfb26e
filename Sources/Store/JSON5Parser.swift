internal import SessionModel

/// Reads JSON5 (spec.json5.org, 1.0.0) with places; a key that comes twice is an error.
struct JSON5Parser {
    let bytes: [UInt8]
    var at = 0
    private var path: [PathStep] = []

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The next byte; nil at the end.
    var byte: UInt8? { at < bytes.count ? bytes[at] : nil }

    /// The whole text's one value.
    mutating func document() throws(FileProblem) -> JSON5Node {
        guard bytes.count <= JSON5Document.sizeMax else {
            throw FileProblem(message: "The file is larger than \(JSON5Document.sizeMax) bytes.")
        }
        if let offset = UTF8Check.firstInvalid(in: bytes) {
            throw problem(
                "The file is not UTF-8: byte 0x\(String(bytes[offset], radix: 16)) can't stand here.", offset)
        }
        if let offset = bytes.firstIndex(of: 0) {
            throw problem("The file holds a NUL byte; it must be UTF-8 text.", offset)
        }
        try skipBlanks()
        guard byte != nil else {
            throw problem("The file holds no value; everything in it stands between { and }.", at)
        }
        let root = try value(depth: 0)
        try skipBlanks()
        guard byte == nil else { throw problem("After the end of the value there is \(found(at)).", at) }
        return root
    }

    /// A problem at `offset`, with the key that is being read.
    func problem(_ message: String, _ offset: Int) -> FileProblem {
        let (line, column) = TextPlace.of(offset, in: bytes)
        return FileProblem(message: message, line: line, column: column, key: TextPlace.key(path))
    }

    /// What stands at `offset`, in a sentence.
    func found(_ offset: Int) -> String {
        guard offset < bytes.count else { return "the end of the file" }
        let character = String(decoding: bytes[offset..<min(bytes.count, offset + 32)], as: UTF8.self).first
        return "'\(PlainText.line(String(character ?? "?")))'"
    }

    private mutating func value(depth: Int) throws(FileProblem) -> JSON5Node {
        guard depth < JSON5Document.depthMax else {
            throw problem("More than \(JSON5Document.depthMax) lists and objects lie in each other here.", at)
        }
        let start = at
        switch byte {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
            let text = try quotedText()
            return JSON5Node(value: .string(text), range: start..<at)
        case .some(0x30...0x39), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            let number = try number()
            return JSON5Node(value: number, range: start..<at)
        default:
            let word = try word()
            return JSON5Node(value: word, range: start..<at)
        }
    }

    private mutating func object(depth: Int) throws(FileProblem) -> JSON5Node {
        let start = at
        var members: [JSON5Member] = []
        var known: [String: Int] = [:]
        var hasComma = false
        at += 1
        while true {
            try skipBlanks()
            if byte == UInt8(ascii: "}") { break }
            guard members.isEmpty || hasComma else { throw missing("}", of: start) }
            let keyStart = at
            let key = try key(of: start)
            let keyRange = keyStart..<at
            path.append(.key(key))
            if let first = known.updateValue(keyStart, forKey: key) {
                let line = TextPlace.of(first, in: bytes).line
                throw problem(
                    "The key \(shown(key)) comes twice; it stands in line \(line) already.", keyStart)
            }
            try skipBlanks()
            guard byte == UInt8(ascii: ":") else {
                throw problem("After the key \(shown(key)) a ':' is missing; there is \(found(at)).", at)
            }
            at += 1
            try skipBlanks()
            members.append(JSON5Member(key: key, keyRange: keyRange, value: try value(depth: depth + 1)))
            path.removeLast()
            hasComma = try skipComma()
        }
        at += 1
        return JSON5Node(value: .object(members), range: start..<at, hasTrailingComma: hasComma)
    }

    private mutating func array(depth: Int) throws(FileProblem) -> JSON5Node {
        let start = at
        var items: [JSON5Node] = []
        var hasComma = false
        at += 1
        while true {
            try skipBlanks()
            if byte == UInt8(ascii: "]") { break }
            guard items.isEmpty || hasComma else { throw missing("]", of: start) }
            path.append(.index(items.count))
            items.append(try value(depth: depth + 1))
            path.removeLast()
            hasComma = try skipComma()
        }
        at += 1
        return JSON5Node(value: .array(items), range: start..<at, hasTrailingComma: hasComma)
    }

    private mutating func skipComma() throws(FileProblem) -> Bool {
        try skipBlanks()
        guard byte == UInt8(ascii: ",") else { return false }
        at += 1
        return true
    }

    /// The problem of a list or object that goes on without a comma, or doesn't end.
    func missing(_ closing: String, of start: Int) -> FileProblem {
        if at < bytes.count {
            return problem("A ',' or '\(closing)' is missing before \(found(at)).", at)
        }
        let line = TextPlace.of(start, in: bytes).line
        let opening = closing == "}" ? "{" : "["
        return problem("The '\(closing)' is missing that closes the '\(opening)' of line \(line).", at)
    }

    /// A key, shown in a message.
    func shown(_ key: String) -> String { PlainText.line("\"\(TextPlace.clipped(key))\"") }

    /// Skips white space and comments.
    mutating func skipBlanks() throws(FileProblem) {
        while let byte {
            switch byte {
            case 0x20, 0x09...0x0D: at += 1
            case UInt8(ascii: "/"): try skipComment()
            case 0x80...:
                let (scalar, length) = scalar(at: at)
                let isBlank =
                    scalar == "\u{FEFF}" || scalar == "\u{2028}" || scalar == "\u{2029}"
                    || scalar.properties.generalCategory == .spaceSeparator
                guard isBlank else { return }
                at += length
            default: return
            }
        }
    }

    private mutating func skipComment() throws(FileProblem) {
        let start = at
        switch at + 1 < bytes.count ? bytes[at + 1] : nil {
        case UInt8(ascii: "/"):
            while at < bytes.count, !isLineEnd(at) { at += 1 }
        case UInt8(ascii: "*"):
            at += 2
            while at + 1 < bytes.count,
                !(bytes[at] == UInt8(ascii: "*") && bytes[at + 1] == UInt8(ascii: "/"))
            {
                at += 1
            }
            guard at + 1 < bytes.count else {
                throw problem("This comment has no end: */ is missing.", start)
            }
            at += 2
        default: throw problem("A '/' stands only in // or /* comments */ and in quotes.", start)
        }
    }

    /// Whether LF, CR, U+2028 or U+2029 stands at `offset`.
    func isLineEnd(_ offset: Int) -> Bool {
        if bytes[offset] == 0x0A || bytes[offset] == 0x0D { return true }
        return bytes[offset] == 0xE2 && offset + 2 < bytes.count && bytes[offset + 1] == 0x80
            && (bytes[offset + 2] & 0xFE) == 0xA8
    }
}
