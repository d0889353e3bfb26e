internal import Git
internal import Linux
internal import SessionModel
internal import Store

/// Which sessions are gone for good: not there, and not to be brought back from the trash, with which rescues.
struct GoneSessions {
    /// Those that are there or in the trash.
    private var known: Set<String> = []
    /// The references of the rescues of what lies in the trash.
    private var rescues: Set<String> = []
    /// What lies in the trash and can't be read.
    private var unclear: [String] = []

    /// Looks at what is there; throws where that can't be told.
    init(_ place: Place) throws {
        guard let workspace = try Workspace(existingAt: place) else { return }
        if let refusal = workspace.refusal { throw StoreError.untrusted(refusal) }
        // Twice, since one may be on its way to the trash or back.
        for _ in 1...2 {
            known.formUnion(try workspace.names().map(\.text))
            known.formUnion(try workspace.recorded())
            for (folder, entry) in try TrashView.entries(in: workspace) {
                guard let entry else {
                    unclear.append(folder)
                    continue
                }
                known.insert(entry.name.text)
                if let rescue = entry.rescueRef { rescues.insert(rescue) }
            }
        }
    }

    /// Whether a session of this name is.
    func contains(_ name: String) -> Bool {
        !known.contains(name) && !unclear.contains { GoneSessions.isEntry($0, of: name) }
    }

    /// Whether what lies in the trash needs the rescue: it is off Git's list, so that else nothing may name the commit
    /// that its HEAD is at, and what is in its index.
    func need(_ rescue: RescueView) -> Bool {
        rescues.contains(rescue.reference)
            || unclear.contains { GoneSessions.isEntry($0, of: rescue.session) }
    }

    /// Whether a folder of the trash is called as one of this session: `<name>-<time>`, and perhaps a number.
    private static func isEntry(_ folder: String, of name: String) -> Bool {
        guard folder.hasPrefix("\(name)-") else { return false }
        return RescueView.moment(String(folder.dropFirst(name.count + 1))) != nil
    }
}
