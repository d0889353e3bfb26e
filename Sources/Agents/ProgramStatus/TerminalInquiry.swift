/// Asks a terminal whether it speaks the Program Status Protocol (OSC 7501).
///
/// It is asked together with its attributes (DA1), which every terminal answers, so that it is known when no
/// other answer comes. Both answers are taken out of what is typed.
public struct TerminalInquiry: Equatable, Sendable {
    /// How long an answer is waited for, in nanoseconds; over a slow line it may take a second.
    public static let patienceNs: Int64 = 2_000_000_000
    /// What is sent to the terminal.
    public static let question = ProgramReport.question + Array("\u{1B}[c".utf8)

    private var awaitsUntilNs: Int64?
    /// The beginning of what may be an answer.
    private var held: [UInt8] = []
    /// Whether the terminal has said that it speaks the protocol.
    public private(set) var isSpoken = false

    /// Begins when the question is sent, at `nowNs`.
    public init(atNs nowNs: Int64) { awaitsUntilNs = nowNs + TerminalInquiry.patienceNs }

    /// When the answer is given up; nil once it is over.
    public var deadlineNs: Int64? { awaitsUntilNs }

    /// What was typed, less the terminal's answers.
    public mutating func typed(_ bytes: [UInt8], atNs nowNs: Int64) -> [UInt8] {
        guard awaitsUntilNs != nil else { return bytes }
        let all = held + bytes
        held = []
        var passed: [UInt8] = []
        var index = 0
        while index < all.count, awaitsUntilNs != nil {
            let rest = all[index...]
            if rest.starts(with: ProgramReport.question) {
                isSpoken = true
                index += ProgramReport.question.count
            } else if let length = TerminalInquiry.attributes(rest) {
                awaitsUntilNs = nil
                index += length
            } else if TerminalInquiry.mayBecomeAnswer(rest), nowNs < awaitsUntilNs ?? 0 {
                held = Array(rest)
                return passed
            } else {
                passed.append(all[index])
                index += 1
            }
        }
        return passed + all[index...]
    }

    /// What was held back too long.
    public mutating func expire(atNs nowNs: Int64) -> [UInt8] {
        guard let until = awaitsUntilNs, until <= nowNs else { return [] }
        awaitsUntilNs = nil
        defer { held = [] }
        return held
    }

    /// The length of an answer to DA1, `CSI ? … c`, at the beginning; nil when none stands there whole.
    private static func attributes(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.starts(with: "\u{1B}[?".utf8) else { return nil }
        let body = bytes.dropFirst(3).prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ";") }
        return bytes[body.endIndex...].first == UInt8(ascii: "c") ? 3 + body.count + 1 : nil
    }

    /// Whether this may be the beginning of an answer; a lone ESC is a key.
    private static func mayBecomeAnswer(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count > 1 else { return false }
        if ProgramReport.question.starts(with: bytes) || bytes.elementsEqual("\u{1B}[".utf8) { return true }
        guard bytes.starts(with: "\u{1B}[?".utf8) else { return false }
        return bytes.dropFirst(3).allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ";") }
    }
}
