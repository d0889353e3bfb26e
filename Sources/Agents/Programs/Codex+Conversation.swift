internal import FoundationEssentials
internal import SessionModel

/// Where Codex keeps its conversations, as version 0.163.0 does.
extension Codex {
    private static let msPerDay: Int64 = 86_400_000

    /// `sessions/<year>/<month>/<day>`, by the date where Codex runs: a day more or less than in UTC.
    func conversationFolders(begunAt moment: Timestamp, environment: [String: String]) -> [String] {
        guard let home = environment["CODEX_HOME"] ?? environment["HOME"].map({ $0 + "/.codex" }) else {
            return []
        }
        return [0, -1, 1].map { (days: Int64) in
            let date = Timestamp(ms: moment.ms + days * Self.msPerDay).description.prefix(10)
            return "\(home)/sessions/\(date.replacing("-", with: "/"))"
        }
    }

    /// `rollout-<time>-<id>.jsonl`, by the local time of its beginning, which the id, a UUID of version 7, tells in
    /// UTC.
    ///
    /// Looked at in version 0.163.0: one that is put there, under any day, is found by its id; the databases beside it
    /// are made anew.
    func conversationPlace(
        _ conversation: String, folder: String, environment: [String: String]
    ) -> ConversationPlace? {
        guard let begun = Self.beginning(of: conversation) else { return nil }
        let folders = conversationFolders(begunAt: begun, environment: environment)
        guard !folders.isEmpty else { return nil }
        let time = begun.description.prefix(19).replacing(":", with: "-")
        return ConversationPlace(
            folders: folders, name: "rollout-\(time)-\(conversation).jsonl", ending: "-\(conversation).jsonl")
    }

    /// The moment in a UUID of version 7 (RFC 9562): its first 48 bits, in milliseconds since 1970.
    private static func beginning(of id: String) -> Timestamp? {
        guard let bytes = UUID(uuidString: id)?.uuid, bytes.6 >> 4 == 7 else { return nil }
        let first = [bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5]
        return Timestamp(ms: first.reduce(0) { $0 << 8 | Int64($1) })
    }

    private struct Beginning: Decodable {
        struct Payload: Decodable {
            let id: String
            let timestamp: String
            let cwd: String
            let source: String
        }
        let type: String
        let payload: Payload
    }

    /// The first line tells all; of one that a person began in a terminal, its source is `cli`.
    func conversation(begunBy line: [UInt8]) -> BegunConversation? {
        guard let beginning = try? JSONDecoder().decode(Beginning.self, from: Data(line)),
            beginning.type == "session_meta", beginning.payload.source == "cli",
            UUID(uuidString: beginning.payload.id) != nil, let at = Timestamp(beginning.payload.timestamp)
        else { return nil }
        return BegunConversation(id: beginning.payload.id, folder: beginning.payload.cwd, at: at)
    }
}
