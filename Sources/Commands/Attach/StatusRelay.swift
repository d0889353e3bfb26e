internal import Agents
internal import SessionModel

/// Passes an agent's reports of itself (OSC 7501) on to the person's terminal, as records below the session's name,
/// where that terminal speaks the protocol; else they are left out.
///
/// The terminal is asked together with its attributes (DA1), which every terminal answers, so that it is known when no
/// other answer comes. Both answers are taken out of what is typed.
struct StatusRelay: Equatable {
    /// How long an answer is waited for, in nanoseconds; over a slow line it may take a second.
    static let patienceNs: Int64 = 2_000_000_000
    /// What is sent to the terminal first.
    static let question = ProgramReport.question + Array("\u{1B}[c".utf8)

    private let session: String
    private var awaitsUntilNs: Int64?
    /// The beginning of what may be an answer.
    private var held: [UInt8] = []
    /// Whether the terminal has said that it speaks the protocol.
    private(set) var isSpoken = false

    /// A relay that asks at `nowNs`.
    init(_ session: SessionName, atNs nowNs: Int64) {
        self.session = session.text
        awaitsUntilNs = nowNs + StatusRelay.patienceNs
    }

    /// When the answer is given up.
    var deadlineNs: Int64? { awaitsUntilNs }

    /// What was typed, less the terminal's answers.
    mutating func typed(_ bytes: [UInt8], atNs nowNs: Int64) -> [UInt8] {
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
            } else if let length = StatusRelay.attributes(rest) {
                awaitsUntilNs = nil
                index += length
            } else if StatusRelay.mayBecomeAnswer(rest), nowNs < awaitsUntilNs ?? 0 {
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
    mutating func expire(atNs nowNs: Int64) -> [UInt8] {
        guard let until = awaitsUntilNs, until <= nowNs else { return [] }
        awaitsUntilNs = nil
        defer { held = [] }
        return held
    }

    /// The agent's output, as the terminal is to get it; a sequence is whole, since the keeper holds back what isn't.
    func shown(_ bytes: [UInt8]) -> [UInt8] {
        let mark = Array("\u{1B}]7501;".utf8)
        guard bytes.count > mark.count else { return bytes }
        var result: [UInt8] = []
        var (index, runStart) = (0, 0)
        while index < bytes.count {
            guard bytes[index] == 0x1B, bytes[index...].starts(with: mark),
                let end = bytes[(index + mark.count)...].firstIndex(where: { $0 == 0x07 || $0 == 0x1B })
            else {
                index += 1
                continue
            }
            result += bytes[runStart..<index]
            let content = bytes[(index + mark.count)..<end]
            if isSpoken, let report = ProgramReport.relayed(content, of: session) { result += report }
            let isShort = bytes[end] == 0x07 || end + 1 == bytes.count || bytes[end + 1] != UInt8(ascii: "\\")
            index = end + (isShort ? 1 : 2)
            runStart = index
        }
        return result + bytes[runStart...]
    }

    /// What takes the session's records off the terminal.
    var leaving: [UInt8] { isSpoken ? ProgramReport.clearing(session) : [] }

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
