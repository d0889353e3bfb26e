// Readers of a status find every key, with null for what there is none of; hence no synthesized encoding,
// which leaves such keys out.

extension SessionStatus {
    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for key in CodingKeys.allCases {
            switch key {
            case .name: try container.encode(name, forKey: key)
            case .id: try container.encode(id, forKey: key)
            case .phase: try container.encode(phase, forKey: key)
            case .phaseSince: try container.encode(phaseSince, forKey: key)
            case .activity: try container.encode(activity, forKey: key)
            case .activitySince: try container.encode(activitySince, forKey: key)
            case .activitySource: try container.encode(activitySource, forKey: key)
            case .reason: try container.encode(reason, forKey: key)
            case .question: try container.encode(question, forKey: key)
            case .error: try container.encode(error, forKey: key)
            case .agentPID: try container.encode(agentPID, forKey: key)
            case .keeperPID: try container.encode(keeperPID, forKey: key)
            case .exit: try container.encode(exit, forKey: key)
            case .branch: try container.encode(branch, forKey: key)
            case .baseBranch: try container.encode(baseBranch, forKey: key)
            case .baseCommit: try container.encode(baseCommit, forKey: key)
            case .headCommit: try container.encode(headCommit, forKey: key)
            case .worktree: try container.encode(worktree, forKey: key)
            case .promptsSent: try container.encode(promptsSent, forKey: key)
            case .diff: try container.encode(diff, forKey: key)
            case .conflicts: try container.encode(conflicts, forKey: key)
            case .restarts: try container.encode(restarts, forKey: key)
            case .restartAt: try container.encode(restartAt, forKey: key)
            case .spec: try container.encode(spec, forKey: key)
            case .specDigest: try container.encode(specDigest, forKey: key)
            case .specMtime: try container.encode(specMtime, forKey: key)
            case .generation: try container.encode(generation, forKey: key)
            }
        }
    }
}

extension SessionSpec {
    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for key in CodingKeys.allCases {
            switch key {
            case .version: try container.encode(version, forKey: key)
            case .state: try container.encode(state, forKey: key)
            case .prompts: try container.encode(prompts, forKey: key)
            case .agent: try container.encode(agent, forKey: key)
            case .claudeArgs: try container.encode(claudeArgs, forKey: key)
            case .agentKind: try container.encode(agentKind, forKey: key)
            case .base: try container.encode(base, forKey: key)
            case .baseBranch: try container.encode(baseBranch, forKey: key)
            case .branchPrefix: try container.encode(branchPrefix, forKey: key)
            case .branch: try container.encode(branch, forKey: key)
            case .workingDirectory: try container.encode(workingDirectory, forKey: key)
            case .environmentVars: try container.encode(environmentVars, forKey: key)
            case .autoYes: try container.encode(autoYes, forKey: key)
            case .maxOutputBuffer: try container.encode(maxOutputBuffer, forKey: key)
            case .restart: try container.encode(restart, forKey: key)
            }
        }
    }
}

extension FileProblem {
    private enum Keys: String, CodingKey { case message, line, column, key }

    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(message, forKey: .message)
        try container.encode(line, forKey: .line)
        try container.encode(column, forKey: .column)
        try container.encode(key, forKey: .key)
    }
}

extension ExitStatus {
    private enum Keys: String, CodingKey { case code, signal, at }

    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(code, forKey: .code)
        try container.encode(signal, forKey: .signal)
        try container.encode(at, forKey: .at)
    }
}

extension Event {
    private enum Keys: String, CodingKey { case seq, at, session, type, data }

    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(seq, forKey: .seq)
        try container.encode(at, forKey: .at)
        try container.encode(session, forKey: .session)
        try container.encode(type, forKey: .type)
        try container.encode(data, forKey: .data)
    }
}
