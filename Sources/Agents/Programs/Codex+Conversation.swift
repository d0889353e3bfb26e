internal import FoundationEssentials
internal import SessionModel

/// Where Codex keeps its conversations, as version 0.163.0 does.
extension Codex {
    /// `sessions/<year>/<month>/<day>/rollout-<time>-<id>.jsonl`, by the local time of its beginning, which the id, a
    /// UUID of version 7, tells in UTC.
    ///
    /// Looked at in version 0.163.0: one that is put there, under any day, is found by its id; the databases beside it
    /// are made anew.
    func conversationPlace(
        _ conversation: String, folder: String, environment: [String: String]
    ) -> ConversationPlace? {
        let home = environment["CODEX_HOME"] ?? environment["HOME"].map { $0 + "/.codex" }
        guard let home, let begun = Self.beginning(of: conversation) else { return nil }
        let days = [0, -1, 1].map { Timestamp(ms: begun.ms + $0 * Self.msPerDay).description.prefix(10) }
        let time = begun.description.prefix(19).replacing(":", with: "-")
        return ConversationPlace(
            folders: days.map { "\(home)/sessions/\($0.replacing("-", with: "/"))" },
            name: "rollout-\(time)-\(conversation).jsonl", ending: "-\(conversation).jsonl")
    }

    private static let msPerDay: Int64 = 86_400_000

    /// The moment in a UUID of version 7 (RFC 9562): its first 48 bits, in milliseconds since 1970.
    private static func beginning(of id: String) -> Timestamp? {
        guard let bytes = UUID(uuidString: id)?.uuid, bytes.6 >> 4 == 7 else { return nil }
        let first = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5]
        return Timestamp(ms: first.reduce(0) { $0 << 8 | Int64($1) })
    }
}
