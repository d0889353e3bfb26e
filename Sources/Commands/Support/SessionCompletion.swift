internal import ArgumentParser
internal import Git
internal import SessionModel
internal import Store

extension CompletionKind {
    /// The names of the sessions that are here.
    static var sessions: CompletionKind { .custom { _, _, _ in SessionCompletion.names() } }

    /// The same, and those that were removed.
    static var sessionsOfOld: CompletionKind {
        .custom { _, _, _ in SessionCompletion.names() + SessionCompletion.removed() }
    }
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

    /// The names of those that lie in the trash, or have rescues.
    static func removed() -> [String] {
        guard let place = try? Place.discover(), let found = try? Workspace(existingAt: place),
            let repository = try? Repository(at: place.commonDirectory)
        else { return [] }
        let trashed = ((try? TrashView.entries(in: found)) ?? []).compactMap { $0.entry?.name.text }
        let rescued = ((try? Rescue.list(in: repository)) ?? []).map { RescueView($0, diff: nil).session }
        return Set(trashed + rescued).subtracting(names()).sorted()
    }
}
