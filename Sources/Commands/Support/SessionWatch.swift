internal import Linux
internal import SessionModel
internal import Store

/// Waits until something of a few sessions changes; what, is for the caller to look up.
struct SessionWatch: ~Copyable {
    private let inotify: Inotify
    private let poller: Poller
    private static let entries: Inotify.Mask = [
        .created, .deleted, .movedTo, .movedFrom, .closedWrite, .attributes, .deletedSelf, .movedSelf,
    ]

    /// Watches `sessions/`.
    init(_ workspace: borrowing Workspace) throws {
        let inotify = try Inotify()
        let poller = try Poller()
        try poller.add(inotify.descriptor, .input, token: 0)
        _ = try inotify.watch(workspace.publicFolder.sessions, SessionWatch.entries)
        self.inotify = inotify
        self.poller = poller
    }

    /// Watches the folders of a session too, as far as they are there; to be called before each look.
    ///
    /// `growth` tells of files that grow too, such as the log.
    borrowing func include(_ name: SessionName, of workspace: borrowing Workspace, growth: Bool = false)
        throws
    {
        let mask = growth ? SessionWatch.entries.union(.modified) : SessionWatch.entries
        if let folder = try workspace.publicFolder.session(name) { _ = try inotify.watch(folder, mask) }
        if let folder = try workspace.privateSession(name) { _ = try inotify.watch(folder, mask) }
    }

    /// Waits for a change; false when `deadlineNs` of `Clock.bootNs` comes first (nil: never).
    borrowing func wait(until deadlineNs: Int64?) throws -> Bool {
        while true {
            let restMs = deadlineNs.map { max(0, ($0 - Clock.bootNs + 999_999) / 1_000_000) }
            if try !poller.wait(timeoutMs: restMs.map { CInt(min($0, 1_000_000)) } ?? -1).isEmpty {
                _ = try inotify.events()
                return true
            }
            if let deadlineNs, Clock.bootNs >= deadlineNs { return false }
        }
    }

    /// Looks again after each change until `look` gives something; nil when `deadlineNs` comes first.
    borrowing func first<Found>(
        until deadlineNs: Int64?, of names: [SessionName], in workspace: borrowing Workspace,
        growth: Bool = false, _ look: () throws -> Found?
    ) throws -> Found? {
        while true {
            // The watches come before the look, so that nothing changes unseen in between.
            for name in names { try include(name, of: workspace, growth: growth) }
            if let found = try look() { return found }
            guard try wait(until: deadlineNs) else { return try look() }
        }
    }
}
