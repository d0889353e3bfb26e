internal import FoundationEssentials
internal import SessionModel

/// Where Codex keeps its conversations, as version 0.163.0 does.
extension Codex {
    /// `sessions/<year>/<month>/<day>/rollout-….jsonl`, by the date where Codex runs: a day more or less than in UTC.
    func conversationFolders(begunAt moment: Timestamp, environment: [String: String]) -> [String] {
        guard let home = environment["CODEX_HOME"] ?? environment["HOME"].map({ $0 + "/.codex" }) else {
            return []
        }
        return [-1, 0, 1].map { (days: Int64) in
            let date = Timestamp(ms: moment.ms + days * 86_400_000).description.prefix(10)
            return "\(home)/sessions/" + date.split(separator: "-").joined(separator: "/")
        }
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
