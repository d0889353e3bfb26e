internal import Agents
internal import SessionModel

/// Passes an agent's reports of itself (OSC 7501) on to the person's terminal, as records below the session's name,
/// where that terminal speaks the protocol; else they are left out.
struct StatusRelay: Equatable {
    private let session: String
    /// What the terminal was asked, whose answers come among what is typed.
    var inquiry: TerminalInquiry

    /// A relay that asks at `nowNs`.
    init(_ session: SessionName, atNs nowNs: Int64) {
        self.session = session.text
        inquiry = TerminalInquiry(atNs: nowNs)
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
            if inquiry.isSpoken, let report = ProgramReport.relayed(content, of: session) { result += report }
            let isShort = bytes[end] == 0x07 || end + 1 == bytes.count || bytes[end + 1] != UInt8(ascii: "\\")
            index = end + (isShort ? 1 : 2)
            runStart = index
        }
        return result + bytes[runStart...]
    }

    /// What takes the session's records off the terminal.
    var leaving: [UInt8] { inquiry.isSpoken ? ProgramReport.clearing(session) : [] }
}
