/// Turns a terminal's bytes, as they come, into plain lines that are safe to print on any terminal.
///
/// Escape sequences go, a carriage return overwrites, broken UTF-8 becomes U+FFFD, controls are shown escaped.
public struct TextSanitizer: Sendable {
    /// A sanitizer at the start of a line.
    public init() {}

    /// Takes bytes and returns the text of the lines that they complete, each with a newline.
    public mutating func feed(_ bytes: some Sequence<UInt8>) -> String { "" }

    /// The text of the last line, which has no end yet; empty when there is none.
    public mutating func finish() -> String { "" }
}

/// Text of files and agents, made safe to print.
public enum PlainText {
    /// `text` on one line: controls, line ends and bidi controls are shown as `\n`, `\u{1B}`, `\u{202E}`.
    public static func line(_ text: String) -> String { text }

    /// `text` with its line ends and tabs, all else as in `line`.
    public static func lines(_ text: String) -> String { text }
}
