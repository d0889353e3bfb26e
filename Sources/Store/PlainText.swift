/// Text of files and agents, made safe to print.
public enum PlainText {
    /// `text` on one line: controls, line ends and bidi controls are shown as `\n`, `\u{1B}`, `\u{202E}`.
    public static func line(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += shown($1, keeping: "") }
    }

    /// `text` with its line ends and tabs, all else as in `line`.
    public static func lines(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { $0 += shown($1, keeping: "\n\t") }
    }

    /// A character as it is, or escaped when it would do something to a terminal or hide.
    static func shown(_ scalar: Unicode.Scalar, keeping kept: String) -> String {
        if scalar.value >= 0x20, scalar.value < 0x7F { return String(Character(scalar)) }
        if kept.unicodeScalars.contains(scalar) { return String(Character(scalar)) }
        switch scalar {
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        case _ where isHidden(scalar): return "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: return String(Character(scalar))
        }
    }

    /// Controls (C0, DEL, C1), line and paragraph separators, bidi controls, tags, and what is never seen.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F,
            0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}
