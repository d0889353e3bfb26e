internal import SessionModel

/// Numbers of JSON5.
extension JSON5Parser {
    /// A number: an integer where it is written as one and fits, else a double.
    mutating func number() throws(FileProblem) -> JSON5Node.Value {
        let start = at
        let isNegative = byte == UInt8(ascii: "-")
        if isNegative || byte == UInt8(ascii: "+") { at += 1 }
        let value: JSON5Node.Value
        switch byte {
        case UInt8(ascii: "I"), UInt8(ascii: "N"):
            guard case .double(let number) = try word() else { throw wrong(start) }
            value = .double(isNegative ? -number : number)
        case UInt8(ascii: "0") where at + 1 < bytes.count && bytes[at + 1] | 0x20 == UInt8(ascii: "x"):
            value = try hexadecimal(start, isNegative)
        default: value = try decimal(start)
        }
        if at < bytes.count {
            let (next, _) = scalar(at: at)
            let isPart = next == "." || next == "$" || next == "\\" || next.properties.isIDContinue
            if isPart { throw wrong(start) }
        }
        return value
    }

    private mutating func hexadecimal(_ start: Int, _ isNegative: Bool) throws(FileProblem) -> JSON5Node.Value
    {
        at += 2
        let first = at
        var double = 0.0
        while let digit = byte.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) {
            double = double * 16 + Double(digit)
            at += 1
        }
        guard at > first else { throw wrong(start) }
        let digits = String(decoding: bytes[first..<at], as: UTF8.self)
        if let value = Int((isNegative ? "-" : "") + digits, radix: 16) { return .integer(value) }
        return .double(isNegative ? -double : double)
    }

    private mutating func decimal(_ start: Int) throws(FileProblem) -> JSON5Node.Value {
        let first = at
        let whole = skipDigits()
        if whole > 1, bytes[first] == UInt8(ascii: "0") {
            throw problem("A number can't begin with 0 and another digit.", start)
        }
        var isInteger = true
        var fraction = 0
        if byte == UInt8(ascii: ".") {
            isInteger = false
            at += 1
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { throw wrong(start) }
        if byte.map({ $0 | 0x20 }) == UInt8(ascii: "e") {
            isInteger = false
            at += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { at += 1 }
            guard skipDigits() > 0 else { throw wrong(start) }
        }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        guard let value = Double(text) else { throw wrong(start) }
        return .double(value)
    }

    private mutating func skipDigits() -> Int {
        let first = at
        while let byte, (0x30...0x39).contains(byte) { at += 1 }
        return at - first
    }

    private func wrong(_ start: Int) -> FileProblem {
        problem("This is no number; a text stands in quotes.", start)
    }
}
