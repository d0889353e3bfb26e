internal import FoundationEssentials

/// Base64 as RFC 4648 has it, with padding.
enum Base64 {
    /// The bytes that `text` stands for; nil when it isn't base64.
    static func decoded(_ text: String) -> [UInt8]? { Data(base64Encoded: text).map(Array.init) }

    /// Base64 of a text.
    static func encoded(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
