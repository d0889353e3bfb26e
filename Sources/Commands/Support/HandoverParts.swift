internal import Git
internal import Linux
internal import SessionModel
internal import Store
internal import Supervisor

/// The files of a session that is handed over.
enum HandoverParts {
    static let manifest = "handover.json"
    static let spec = "session.json"
    static let screen = "screen.txt"
    static let conversation = "conversation.jsonl"

    /// The most bytes that each may have.
    static let limits = [
        manifest: 65_536, spec: SessionFile.sizeMax, screen: 1 << 20, conversation: 64 << 20,
    ]

    /// The remote that is meant, where none is named: the only one, or `origin`.
    static func remote(_ named: String?, in repository: borrowing Repository) throws -> String {
        let all = try Remotes.list(repository)
        if let named {
            guard all.contains(named) else {
                throw CommandError(
                    "There is no remote '\(named)'.",
                    hint: all.isEmpty
                        ? "'git remote add NAME URL' makes one." : "There are \(Wording.list(all)).")
            }
            return named
        }
        if all.contains("origin") { return "origin" }
        guard all.count == 1, let only = all.first else {
            throw CommandError.usage(
                all.isEmpty
                    ? "This repository has no remote." : "Which remote? There are \(Wording.list(all)).",
                hint: "'git remote add NAME URL' makes one.")
        }
        return only
    }

    /// The prompts that weren't typed yet, by the digests of those that were.
    static func unsent(_ prompts: [String], _ sent: [String]) -> [String] {
        var counts: [String: Int] = [:]
        for digest in sent { counts[digest, default: 0] += 1 }
        return prompts.filter { prompt in
            let digest = ContentDigest.of(prompt.utf8)
            guard let count = counts[digest], count > 0 else { return true }
            counts[digest] = count - 1
            return false
        }
    }

    /// Where an agent that starts in the worktree keeps its conversation.
    static func conversationPath(_ id: String, _ spec: SessionSpec, worktree: String) -> String? {
        Conversations.path(
            of: id, arguments: spec.argumentVector,
            folder: spec.workingDirectory.map { "\(worktree)/\($0)" } ?? worktree,
            environment: Environment.all.merging(spec.environmentVars) { $1 })
    }
}
