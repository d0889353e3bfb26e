import SessionModel

@testable import Consent

/// A session's world for all tests.
enum Fixture {
    static let worktree = "/home/me/repo/.claudia/worktrees/fix"

    static let links: [String: String] = [
        "\(worktree)/out": "/", "\(worktree)/up": "../../../..", "\(worktree)/here": "src",
        "\(worktree)/keys": "/home/me/.ssh", "\(worktree)/loop": "loop", "\(worktree)/hooks": ".git/hooks",
        "\(worktree)/src/deep": "../../other",
    ]

    static let room = Room(
        worktree: worktree, repository: "/home/me/repo", home: "/home/me",
        otherWorktrees: ["/home/me/repo/.claudia/worktrees/other"], link: { links[$0] })

    static let consent = Consent(room: room)

    /// What is decided on a command, as one word.
    static func verdict(_ command: String) -> Verdict { consent.judge(command: command).verdict }

    /// The rows of a table, one command a line.
    static func rows(_ table: String) -> [String] { table.split(separator: "\n").map(String.init) }

    /// The commands whose verdict isn't the expected one, with what was said instead.
    static func wrong(_ commands: [String], _ expected: Verdict) -> [String] {
        commands.compactMap { command in
            let decision = consent.judge(command: command)
            guard decision.verdict != expected else { return nil }
            return "\(command) ⇒ \(decision.verdict) \(decision.rule): \(decision.reason)"
        }
    }
}
