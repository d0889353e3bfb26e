internal import SessionModel

/// What `claudia wait` waits for.
enum WaitGoal: Equatable {
    case phase(Phase)
    case activity(Activity)

    /// Whether it has come, may come, or can't.
    enum Verdict: Equatable {
        case pending
        case reached
        /// It can't come any more, and why.
        case impossible(String)
    }

    /// Every word that can be waited for.
    static var words: [String] { Phase.allCases.map(\.rawValue) + Activity.allCases.map(\.rawValue) }

    /// Reads a word; nil for an unknown one.
    init?(_ word: String) {
        if let phase = Phase(rawValue: word) {
            self = .phase(phase)
        } else if let activity = Activity(rawValue: word) {
            self = .activity(activity)
        } else {
            return nil
        }
    }

    /// Judges a session's status (nil: none yet) and whether it answers the session file as that is now.
    ///
    /// `exists`: whether the session has a file or a folder. Only what nobody wants any more can't come: an
    /// edit
    /// that isn't answered yet, or a restart that is due, may still bring it.
    func verdict(_ status: SessionStatus?, exists: Bool, answered: Bool) -> Verdict {
        guard let status else { return exists ? .pending : .impossible("it was removed") }
        if isReached(by: status) { return .reached }
        guard exists else { return .impossible("it was removed") }
        guard answered, WaitGoal.isOver(status) else { return .pending }
        let reason = status.reason.map { " (\($0))" } ?? ""
        let why = "it is \(status.phase.rawValue)\(reason), and its file wants nothing else"
        switch self {
        case .activity: return .impossible(why)
        case .phase(.queued), .phase(.creating), .phase(.starting), .phase(.running), .phase(.paused),
            .phase(.parked), .phase(.unreachable):
            return .impossible(why)
        case .phase(.exited), .phase(.failed), .phase(.interrupted):
            let isEnded = status.phase == .terminated || status.phase == .parked
            return isEnded ? .impossible(why) : .pending
        case .phase(.terminated): return .pending
        }
    }

    private func isReached(by status: SessionStatus) -> Bool {
        switch self {
        case .phase(let phase): status.phase == phase
        case .activity(let activity): status.phase == .running && status.activity == activity
        }
    }

    /// Whether the session stays where it is until somebody edits or touches its file.
    private static func isOver(_ status: SessionStatus) -> Bool {
        switch status.phase {
        case .queued, .creating, .starting, .running, .paused, .unreachable: false
        case .parked, .terminated, .interrupted: true
        case .exited, .failed: status.restartAt == nil
        }
    }
}
