internal import Git
internal import SessionModel

/// Uncommitted work of a removed session, as a person sees it.
struct RescueView: Encodable, Equatable {
    /// The whole name of the reference.
    let reference: String
    /// The session it was of.
    let session: String
    /// When it was kept; nil when the reference's name doesn't tell.
    let at: Timestamp?
    /// The commit, in hexadecimal.
    let commit: String
    /// What it changes against the commit that it lies on; nil when that can't be told.
    let diff: DiffNumbers?

    init(_ entry: Rescue.Entry, diff: DiffNumbers?) {
        reference = entry.reference
        commit = entry.commit.description
        self.diff = diff
        let parts = entry.reference.dropFirst(Rescue.prefix.count).split(separator: "/")
        session = parts.first.map(String.init) ?? ""
        at = parts.dropFirst().first.flatMap { RescueView.moment(String($0)) }
    }

    /// Reads `20261122T181544Z`, and what begins so.
    static func moment(_ text: String) -> Timestamp? {
        let digits = Array(text)
        guard digits.count >= 16, digits[8] == "T", digits[15] == "Z" else { return nil }
        func part(_ range: Range<Int>) -> String { String(digits[range]) }
        let day = "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))"
        return Timestamp("\(day)T\(part(9..<11)):\(part(11..<13)):\(part(13..<15)).000Z")
    }
}
