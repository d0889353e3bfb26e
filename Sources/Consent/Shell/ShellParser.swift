/// Reads a script of bash, dash or zsh as far as they agree; anything else is a problem.
///
/// One pass over the bytes without going back, so the time is linear.
struct ShellParser {
    /// Bytes past which a command isn't read.
    static let lengthMax = 65_536
    /// How deep commands may stand in each other.
    static let depthMax = 32

    let bytes: [UInt8]
    var position = 0
    var depth: Int
    /// Whether a plain `sh` reads it, to which much of what bash knows means something else.
    let isPlain: Bool
    var hereDocuments: [HereDocument] = []

    /// A here-document whose body comes after the line.
    struct HereDocument {
        let delimiter: String
        let isQuoted: Bool
        let dropsTabs: Bool
        let body: HereBody
    }

    private init(_ bytes: [UInt8], depth: Int, isPlain: Bool) {
        self.bytes = bytes
        self.depth = depth
        self.isPlain = isPlain
    }

    /// The script that the text is.
    static func parse(_ text: String, depth: Int = 0, isPlain: Bool = false) throws(ShellProblem) -> Script {
        guard text.utf8.count <= lengthMax else {
            throw ShellProblem("the command is longer than \(lengthMax) bytes", isSize: true)
        }
        try checkCharacters(text)
        var parser = ShellParser(Array(text.utf8), depth: depth, isPlain: isPlain)
        let script = try parser.script(until: [])
        guard parser.position == parser.bytes.count else {
            throw ShellProblem(
                "there is a stray '\(Character(UnicodeScalar(parser.bytes[parser.position])))'")
        }
        guard parser.hereDocuments.isEmpty else { throw ShellProblem("a here-document has no end") }
        return script
    }

    /// The expansions in a here-document's body.
    static func body(_ bytes: [UInt8], depth: Int, isPlain: Bool) throws(ShellProblem) -> Word {
        var parser = ShellParser(bytes, depth: depth, isPlain: isPlain)
        return Word(parts: try parser.quotedParts(until: nil))
    }

    private static func checkCharacters(_ text: String) throws(ShellProblem) {
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                guard scalar.value >= 32 && scalar.value != 127 || scalar == "\n" || scalar == "\t" else {
                    throw ShellProblem("it holds a control character")
                }
            } else if scalar.properties.isControl {
                throw ShellProblem("it holds a character that can't be seen")
            }
        }
    }
}

extension ShellParser {
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    func peek(_ distance: Int) -> UInt8? {
        position + distance < bytes.count ? bytes[position + distance] : nil
    }

    func starts(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        return (0..<count).allSatisfy { bytes[position + $0] == text.utf8Start[$0] }
    }

    mutating func take(_ text: StaticString) -> Bool {
        guard starts(text) else { return false }
        position += text.utf8CodeUnitCount
        return true
    }

    mutating func expect(_ text: StaticString) throws(ShellProblem) {
        guard take(text) else { throw ShellProblem("'\(text)' is missing") }
    }

    mutating func nested<T>(_ read: (inout ShellParser) throws(ShellProblem) -> T) throws(ShellProblem) -> T {
        guard depth < Self.depthMax else {
            throw ShellProblem("commands stand too deep in each other", isSize: true)
        }
        depth += 1
        let result = try read(&self)
        depth -= 1
        return result
    }

    /// Refuses what only some shells know.
    func refuseInPlainShell(_ what: String) throws(ShellProblem) {
        if isPlain { throw ShellProblem("'\(what)' means something else to other shells") }
    }

    /// Skips blanks, comments and escaped line ends.
    mutating func skipBlanks() {
        while let byte = current {
            if byte == .space || byte == .tab {
                position += 1
            } else if byte == .backslash, peek(1) == .newline {
                position += 2
            } else if byte == UInt8(ascii: "#") {
                while current != nil, current != .newline { position += 1 }
            } else {
                return
            }
        }
    }

    /// Skips blanks and line ends, and reads the here-documents that begin there.
    mutating func skipLines() throws(ShellProblem) {
        skipBlanks()
        while current == .newline {
            try takeNewline()
            skipBlanks()
        }
    }

    mutating func takeNewline() throws(ShellProblem) {
        position += 1
        let waiting = hereDocuments
        hereDocuments = []
        for document in waiting { try readBody(document) }
    }

    private mutating func readBody(_ document: HereDocument) throws(ShellProblem) {
        var body: [UInt8] = []
        let delimiter = Array(document.delimiter.utf8)
        while position < bytes.count {
            let end = bytes[position...].firstIndex(of: .newline) ?? bytes.count
            var line = bytes[position..<end]
            position = min(end + 1, bytes.count)
            if document.dropsTabs { line = line.drop { $0 == .tab } }
            if line.elementsEqual(delimiter) {
                let isText = document.isQuoted
                document.body.word =
                    isText
                    ? Word(String(decoding: body, as: UTF8.self))
                    : try Self.body(body, depth: depth + 1, isPlain: isPlain)
                return
            }
            if !document.isQuoted, line.last == .backslash {
                throw ShellProblem("a line of a here-document goes on in the next")
            }
            body += line
            body.append(.newline)
        }
        throw ShellProblem("a here-document has no end")
    }
}

extension UInt8 {
    static let space = UInt8(ascii: " ")
    static let tab = UInt8(ascii: "\t")
    static let newline = UInt8(ascii: "\n")
    static let backslash = UInt8(ascii: "\\")
    static let dollar = UInt8(ascii: "$")
    static let backtick = UInt8(ascii: "`")
    static let quote = UInt8(ascii: "'")
    static let doubleQuote = UInt8(ascii: "\"")

    var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
    var isNameStart: Bool {
        self >= UInt8(ascii: "a") && self <= UInt8(ascii: "z")
            || self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z")
            || self == UInt8(ascii: "_")
    }
    var isName: Bool { isNameStart || isDigit }
    /// Whether the character ends a word where it isn't quoted.
    var endsWord: Bool {
        switch self {
        case .space, .tab, .newline, UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "|"),
            UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "("), UInt8(ascii: ")"):
            true
        default: false
        }
    }
}
