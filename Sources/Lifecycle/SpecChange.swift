public import SessionModel

/// What an edit of a session file may change by now.
public enum SpecChange {
    /// What becomes of an edit.
    public struct Outcome: Equatable, Sendable {
        /// What is wanted from now on.
        public let spec: SessionSpec
        /// What of the edit was refused or is not possible yet.
        public let problem: FileProblem?
    }

    /// Applies the edited `new` over the `old` that is in force.
    ///
    /// Once the worktree is made, its branch and base stay: those keys are refused, all others apply.
    public static func apply(_ new: SessionSpec, over old: SessionSpec?, worktreeMade: Bool) -> Outcome {
        guard let old, worktreeMade else { return Outcome(spec: new, problem: nil) }
        var spec = new
        var refused: [String] = []
        func keep<Value: Equatable>(
            _ path: WritableKeyPath<SessionSpec, Value>, _ key: SessionSpec.CodingKeys
        ) {
            if new[keyPath: path] != old[keyPath: path] { refused.append(key.rawValue) }
            spec[keyPath: path] = old[keyPath: path]
        }
        keep(\.base, .base)
        keep(\.branchPrefix, .branchPrefix)
        keep(\.branch, .branch)
        guard let key = refused.first else { return Outcome(spec: spec, problem: nil) }
        let message =
            "\(refused.joined(separator: ", ")) can't change once the worktree is made; the session goes on as it was. "
            + "Put the old value back, or remove the session and make a new one."
        return Outcome(spec: spec, problem: FileProblem(message: message, key: key))
    }

    /// The keys whose new value waits for the agent's next start.
    public static func waiting(_ wanted: SessionSpec, started: SessionSpec) -> [String] {
        var keys: [SessionSpec.CodingKeys] = []
        if wanted.agent != started.agent { keys.append(.agent) }
        if wanted.claudeArgs != started.claudeArgs { keys.append(.claudeArgs) }
        if wanted.agentKind != started.agentKind { keys.append(.agentKind) }
        if wanted.environmentVars != started.environmentVars { keys.append(.environmentVars) }
        if wanted.workingDirectory != started.workingDirectory { keys.append(.workingDirectory) }
        return keys.map(\.rawValue)
    }
}
