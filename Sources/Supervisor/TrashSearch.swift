internal import Linux
internal import SessionModel
internal import Store

extension TrashEntry {
    /// The entry of the removal of the session with this UUID that began at `time`; nil when the trash holds none.
    static func begun(
        id: String, at time: Timestamp, in trash: borrowing Folder
    ) throws -> (name: String, entry: TrashEntry)? {
        for name in try trash.names() where !name.hasPrefix(".") {
            guard let folder = try? trash.folder(name),
                let entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder),
                entry.id == id, entry.at == time
            else { continue }
            return (name, entry)
        }
        return nil
    }
}
