internal import Linux
internal import SessionModel
internal import Store

/// How far a new session's worktree is, on a terminal, while it takes a while.
enum MakingNotice {
    /// Nanoseconds that a worktree may take before it is told of: a small one is there by then.
    private static let firstNs: Int64 = 700_000_000
    /// Nanoseconds without news after which nothing more is awaited, as without a supervisor.
    private static let newsNs: Int64 = 5_000_000_000

    /// Shows each change until the worktree is there or won't be; what is begun goes on without us.
    static func show(_ name: SessionName, in workspace: borrowing Workspace) throws {
        let watch = try SessionWatch(workspace)
        var shown: String?
        while true {
            let known = shown
            let text = try watch.first(
                until: Deadline.inNs(known == nil ? firstNs : newsNs), of: [name], in: workspace
            ) { () throws -> String? in
                guard let status = try workspace.publicFolder.readStatus(name) else { return nil }
                guard status.phase == .creating else { return "" }
                return status.reason == known ? nil : status.reason
            }
            guard let text, !text.isEmpty else { break }
            shown = text
            Console.error("\r\(PlainText.line("\(name): \(text)"))\u{1B}[K")
        }
        if shown != nil { Console.error("\r\u{1B}[K") }
    }
}
