internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

/// `claudia prompt-info`: a few words for a shell's prompt.
struct PromptInfoCommand: ParsableCommand {
    static let verb = "prompt-info"

    static let configuration = CommandConfiguration(
        commandName: verb, abstract: "Print a few words for a shell's prompt, quickly.",
        discussion: """
            In a session's worktree its name and what it does; then, if agents in this repository wait for an \
            answer, '?' and how many: "fix-login working ?2". Elsewhere, and when anything is wrong, nothing. For \
            bash: PS1='$(claudia prompt-info) \\$ '
            """)

    func run() throws { _ = PromptInfoCommand.tell() }

    /// Prints it; the exit code, which is always 0: a prompt is no place for errors.
    static func tell() -> Int32 {
        if let words = try? words(), !words.isEmpty { try? Console.line(words) }
        return ExitCodes.done.rawValue
    }

    private static func words() throws -> String {
        // Else libgit2 would be asked, which takes as long to load as all the rest.
        guard RepositoryPlace.isPossible(around: "."),
            let workspace = try Workspace(existingAt: Place.discover()), workspace.refusal == nil
        else { return "" }
        let here = RealPath.of(".") ?? ""
        var (own, waiting): (String?, Int) = (nil, 0)
        for name in try workspace.names() {
            guard let status = (try? workspace.publicFolder.readStatus(name)) ?? nil else { continue }
            if status.question != nil { waiting += 1 }
            guard own == nil, let worktree = status.worktree.flatMap(RealPath.of),
                here == worktree || here.hasPrefix(worktree + "/")
            else { continue }
            own = "\(name) \(doing(status))"
        }
        return [own, waiting > 0 ? "?\(waiting)" : nil].compactMap(\.self).joined(separator: " ")
    }

    /// The activity, where there is one to speak of, else the phase.
    private static func doing(_ status: SessionStatus) -> String {
        status.phase == .running && status.activity != .unknown
            ? status.activity.rawValue : status.phase.rawValue
    }
}
