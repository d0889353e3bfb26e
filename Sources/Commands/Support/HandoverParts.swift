internal import Agents
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

    /// Where an agent that starts in the worktree keeps its conversation.
    static func conversationPlace(_ id: String, _ spec: SessionSpec, worktree: String) -> ConversationPlace? {
        Conversations.place(
            of: id, spec,
            folder: spec.workingDirectory.map { "\(worktree)/\($0)" } ?? worktree,
            environment: Environment.all.merging(spec.environmentVars) { $1 })
    }
}
