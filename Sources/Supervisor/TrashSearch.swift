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
}
