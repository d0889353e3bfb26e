/// A whole control sequence (CSI).
struct ControlSequence {
    private let prefix: UInt8?
    private let parameters: Slice<UnsafeRawBufferPointer>
    private let intermediate: UInt8?
    private let final: UInt8

    /// `body` is what lies between `CSI` and the final byte.
    init(_ body: Slice<UnsafeRawBufferPointer>, final: UInt8) {
        var body = body
        let first = body.first ?? 0
        prefix = (0x3C...0x3F).contains(first) ? first : nil
        if prefix != nil { body = body.dropFirst() }
        let last = body.last ?? 0
        intermediate = (0x20...0x2F).contains(last) ? last : nil
        if intermediate != nil { body = body.dropLast() }
        parameters = body
        self.final = final
    }

    /// The parameters as numbers: a missing one is 0; sub-parameters (after a colon) are left out.
    private var numbers: [Int] {
        parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { part in
            part.prefix { (0x30...0x39).contains($0) }.reduce(0) { min($0 * 10 + Int($1 - 0x30), 1 << 30) }
        }
    }

    private var number: Int { numbers.first ?? 0 }

    /// What it is to a keeper.
    func meaning(length: Int) -> EscapeSequence {
        let question = prefix == UInt8(ascii: "?")
        if let intermediate { return withIntermediate(intermediate, question: question, length: length) }
        if question, final == UInt8(ascii: "h") || final == UInt8(ascii: "l") {
            return .mode(length, .set(numbers, final == UInt8(ascii: "h")))
        }
        let query: TerminalQuery? =
            switch (prefix.map { Unicode.Scalar($0) }, Unicode.Scalar(final)) {
            case (nil, "c"): number == 0 ? .primaryAttributes : nil
            case (">", "c"): .secondaryAttributes
            case ("=", "c"): .tertiaryAttributes
            case (">", "q"): .version
            case (nil, "n"): number == 5 ? .status : number == 6 ? .cursorPosition(extended: false) : nil
            case ("?", "n"):
                number == 6 ? .cursorPosition(extended: true) : number == 996 ? .colorScheme : .other
            case ("?", "u"): .keyboard
            case (nil, "t"):
                switch number {
                case 11, 13, 14, 15, 16, 18, 19, 20, 21: .window(number)
                default: nil
                }
            case (nil, "x"), ("?", "S"), ("?", "m"): .other
            default: nil
            }
        return query.map { .query(length, $0) } ?? .plain(length)
    }

    private func withIntermediate(_ intermediate: UInt8, question: Bool, length: Int) -> EscapeSequence {
        switch (Unicode.Scalar(intermediate), Unicode.Scalar(final)) {
        case ("!", "p"): .mode(length, .softReset)
        case ("$", "p"): .query(length, question ? .mode(number, isOn: nil) : .ansiMode(number))
        case ("*", "y"), ("$", "w"), ("$", "u"), ("&", "u"), ("'", "|"), ("#", "R"), ("#", "S"):
            .query(length, .other)
        default: .plain(length)
        }
    }
}
