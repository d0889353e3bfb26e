internal import Linux
internal import SessionModel
internal import Store

/// A removed session's worktree in the trash.
struct TrashView {
    let name: SessionName
    let at: Timestamp
    /// What it takes on the disk.
    let bytes: Int64?

    /// Every entry's folder, and what it says of itself; nil where that can't be read.
    static func entries(in workspace: borrowing Workspace) throws -> [(folder: String, entry: TrashEntry?)] {
        let path = "\(FileNames.publicFolder)/\(FileNames.trash)"
        guard try workspace.publicFolder.root.status(path) != nil else { return [] }
        let trash = try workspace.publicFolder.root.folder(path)
        return try trash.names().map { name in
            guard let folder = try? trash.folder(name) else { return (name, nil) }
            return (name, try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder))
        }
    }

    /// Every entry that has lain there for so long, the oldest first.
    static func all(in workspace: borrowing Workspace, olderThanS seconds: Int) throws -> [TrashView] {
        let oldest = Timestamp(ms: Clock.realMs - Int64(seconds) * 1_000)
        let trash = try workspace.publicFolder.trash()
        var views: [TrashView] = []
        for name in try trash.names() {
            guard let folder = try? trash.folder(name),
                let entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder),
                entry.at < oldest
            else { continue }
            let path = "\(workspace.place.root)/\(FileNames.publicFolder)/\(FileNames.trash)/\(name)"
            views.append(TrashView(name: entry.name, at: entry.at, bytes: DiskUsage.bytes(ofFolderAt: path)))
        }
        return views.sorted { $0.at < $1.at }
    }
}
