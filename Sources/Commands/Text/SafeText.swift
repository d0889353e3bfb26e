/// Text of strangers, made fit for a person's terminal.
///
/// Names, titles, paths and whatever an agent says may hold escape sequences, line feeds and controls that
/// turn the direction of writing round. None of them reaches the terminal: each is shown as an escape.
enum SafeText {
    /// `text` as a part of one line: every control shown as `\n`, `\t` or `\u{1B}`.
    static func line(_ text: String) -> String { escaping(text) { _ in false } }

    /// `text` as a block of lines: line feeds and tabs stay, every other control is shown.
    static func block(_ text: String) -> String { escaping(text) { $0 == "\n" || $0 == "\t" } }

    /// Whether `scalar` does something to a terminal, or to a reader's eye, other than being seen.
    ///
    /// Zero-width joiner and non-joiner (U+200C, U+200D) are parts of emoji and of words, and may stay.
    static func isHazardous(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x20 { return true }
        if scalar.value < 0x7F { return false }
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
        case .format: return scalar.value != 0x200C && scalar.value != 0x200D
        default: return false
        }
    }

    private static func escaping(_ text: String, except allowed: (Unicode.Scalar) -> Bool) -> String {
        guard text.unicodeScalars.contains(where: { isHazardous($0) && !allowed($0) }) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if isHazardous(scalar) && !allowed(scalar) {
                safe.append(contentsOf: shown(scalar).unicodeScalars)
            } else {
                safe.append(scalar)
            }
        }
        return String(safe)
    }

    private static func shown(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        }
    }
}
