internal import Linux
internal import SessionModel
internal import Store

extension TrashEntry {
    /// The entry of the removal of the session with this UUID that began at `time`; nil when the trash holds none.
    static func begun(
        _ name: SessionName, id: String, at time: Timestamp, in trash: borrowing Folder
    ) throws -> (name: String, entry: TrashEntry)? {
        for entryName in FileNames.trashEntries(name, at: time) {
            guard let status = try trash.status(entryName) else { return nil }
            guard status.kind == .folder else { continue }
            let folder = try trash.folder(entryName)
            let entry = try MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder)
            if let entry, entry.id == id, entry.at == time { return (entryName, entry) }
        }
        return nil
    }

    /// Drops an entry that nothing was moved into yet, so that it doesn't stand in the list for nothing.
    static func dropUnused(_ entryName: String, in trash: borrowing Folder) {
        guard let folder = try? trash.folder(entryName), let names = try? folder.names(),
            names.allSatisfy([FileNames.trashRecord, FileNames.record].contains)
        else { return }
        // First what makes it an entry.
        for name in [FileNames.trashRecord, FileNames.record] { try? folder.remove(name) }
        try? trash.removeFolder(entryName)
    }
}
