internal import ArgumentParser
internal import SessionModel

extension CompletionKind {
    /// The names of the sessions that are here.
    static var sessions: CompletionKind { .custom { _, _, _ in SessionCompletion.names() } }
}

/// What a shell offers in the place of NAME.
enum SessionCompletion {
    /// Every session's name; none where there is no repository, or no claudia in it.
    static func names() -> [String] {
        guard let place = try? Place.discover(), let found = try? Workspace(existingAt: place) else {
            return []
        }
        return ((try? found.names()) ?? []).map(\.text)
    }
}
