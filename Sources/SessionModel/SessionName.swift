/// The name of a session: its file's name without `.json`, and a part of its branch's and folder's name.
///
/// `[a-z0-9][a-z0-9._-]{0,63}`, not ending in `.lock` or `.`, without `..`: so it is a valid Git ref
/// component (git-check-ref-format(1)) and a valid folder name.
public struct SessionName: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The most bytes that a name may have.
    public static let lengthMax = 64

    /// The name itself.
    public let text: String

    /// The same as `text`.
    public var description: String { text }

    /// Takes `text` when it is a valid name, else nil; `problem(in:)` says why.
    public init?(_ text: String) {
        guard Self.problem(in: text) == nil else { return nil }
        self.text = text
    }

    /// What is wrong with `text` as a session's name, as the end of "the name … "; nil when nothing is.
    public static func problem(in text: String) -> String? {
        let bytes = Array(text.utf8)
        guard let first = bytes.first else { return "is empty" }
        guard bytes.count <= lengthMax else { return "is longer than \(lengthMax) bytes" }
        guard isAlphanumeric(first) else { return "must start with a-z or 0-9" }
        guard bytes.allSatisfy({ isAlphanumeric($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D }) else {
            return "may hold only a-z, 0-9, '.', '_' and '-'"
        }
        // Its folder would have the name of another session's file.
        if text.hasSuffix(".json") { return "may not end in '.json'" }
        if text.hasSuffix(".lock") || text.hasSuffix(".") { return "may not end in '.lock' or '.'" }
        if text.utf8.elementsEqual("..".utf8) || containsTwoDots(bytes) { return "may not hold '..'" }
        return nil
    }

    /// Names are ordered by their bytes.
    public static func < (left: SessionName, right: SessionName) -> Bool { left.text < right.text }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }

    private static func containsTwoDots(_ bytes: [UInt8]) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == 0x2E && $1 == 0x2E }
    }
}

extension SessionName: Codable {
    /// Reads a JSON string; throws when it isn't a valid name.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let name = SessionName(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not a session's name"))
        }
        self = name
    }

    /// Writes a JSON string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
