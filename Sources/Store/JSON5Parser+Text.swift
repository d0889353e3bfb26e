internal import SessionModel

/// Keys, texts and words of JSON5.
extension JSON5Parser {
    /// The character at `offset`, in UTF-8 that was checked, and how many bytes it has.
    func scalar(at offset: Int) -> (Unicode.Scalar, Int) {
        let end = min(bytes.count, offset + 4)
        guard let scalar = String(decoding: bytes[offset..<end], as: UTF8.self).unicodeScalars.first else {
            return ("\u{FFFD}", 1)
        }
        return (scalar, UTF8.width(scalar))
    }

    /// A key: in quotes, or an identifier.
    mutating func key(of object: Int) throws(FileProblem) -> String {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): return try quotedText()
        case nil: throw missing("}", of: object)
        default:
            let start = at
            guard let name = try identifier() else {
                throw problem("A key is expected here, not \(found(start)).", start)
            }
            return name
        }
    }

    /// `true`, `null` and the like; other words are problems.
    mutating func word() throws(FileProblem) -> JSON5Node.Value {
        let start = at
        guard let name = try identifier() else {
            throw problem("A value is expected here, not \(found(start)).", start)
        }
        switch name {
        case "null": return .null
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "Infinity": return .double(.infinity)
        case "NaN": return .double(.nan)
        case "True", "False": throw problem("\(name) is written \(name.lowercased()) here.", start)
        default:
            throw problem(
                "\(PlainText.line(TextPlace.clipped(name))) is no value; a text stands in quotes."
                    + Suggestion.sentence(for: name, among: ["true", "false", "null"]), start)
        }
    }

    /// An ECMAScript IdentifierName; nil, with nothing taken, when none stands here.
    private mutating func identifier() throws(FileProblem) -> String? {
        var name = ""
        while at < bytes.count {
            let start = at
            var (scalar, length) = scalar(at: at)
            if scalar == "\\" {
                guard at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "u") else { break }
                at += 2
                scalar = try unicodeEscape(start)
                length = 0
            }
            let isPart =
                scalar == "$" || scalar == "_" || scalar.properties.isIDStart
                || !name.isEmpty
                    && (scalar.properties.isIDContinue || scalar == "\u{200C}" || scalar == "\u{200D}")
            guard isPart else {
                guard length == 0 else { break }
                throw problem("This escape stands for no letter of a key.", start)
            }
            name.unicodeScalars.append(scalar)
            at += length
        }
        return name.isEmpty ? nil : name
    }

    /// A text in single or double quotes, escapes undone.
    mutating func quotedText() throws(FileProblem) -> String {
        let start = at
        let quote = bytes[at]
        var text: [UInt8] = []
        at += 1
        while let byte, byte != quote {
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else if byte == 0x0A || byte == 0x0D {
                throw problem(
                    "The text that begins here has no end on its line; a line end is written \\n.", start)
            } else {
                text.append(byte)
                at += 1
            }
        }
        guard byte == quote else { throw problem("The text that begins here has no end.", start) }
        at += 1
        return String(decoding: text, as: UTF8.self)
    }

    /// What follows a backslash in a text.
    private mutating func escape(into text: inout [UInt8]) throws(FileProblem) {
        let start = at
        at += 1
        guard let letter = byte else { throw problem("The text ends in a backslash.", start) }
        if isLineEnd(at) {
            at += letter == 0x0D && at + 1 < bytes.count && bytes[at + 1] == 0x0A ? 2 : letter == 0xE2 ? 3 : 1
            return
        }
        at += 1
        switch letter {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0B)
        case UInt8(ascii: "x"): text += utf8(Unicode.Scalar(UInt8(try hexadecimal(2, start))))
        case UInt8(ascii: "u"): text += utf8(try unicodeEscape(start))
        case UInt8(ascii: "0"):
            if let byte, (0x30...0x39).contains(byte) {
                throw problem("\\0 can't be followed by a digit.", start)
            }
            text.append(0)
        case UInt8(ascii: "1")...UInt8(ascii: "9"):
            throw problem("\\\(Character(Unicode.Scalar(letter))) is no escape.", start)
        default: text.append(letter)
        }
    }

    /// The four digits after `\u`, and those of a second escape when the first is half a pair.
    private mutating func unicodeEscape(_ start: Int) throws(FileProblem) -> Unicode.Scalar {
        let first = try hexadecimal(4, start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"),
            bytes[at + 1] == UInt8(ascii: "u")
        else { throw problem("This escape is half of a surrogate pair, without its other half.", start) }
        at += 2
        let second = try hexadecimal(4, start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw problem("This escape is half of a surrogate pair, without its other half.", start) }
        return scalar
    }

    private mutating func hexadecimal(_ count: Int, _ start: Int) throws(FileProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = byte.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
                throw problem("This escape wants \(count) hexadecimal digits.", start)
            }
            value = value << 4 + UInt32(digit)
            at += 1
        }
        return value
    }

    private func utf8(_ scalar: Unicode.Scalar) -> [UInt8] { Array(String(Character(scalar)).utf8) }
}
