internal import Linux
internal import SessionModel
internal import Store

extension TrashEntry {
    /// The entry of the session with this UUID; nil when the trash holds none.
    ///
    /// While the session's record is still there too, its removal isn't finished.
    static func unfinished(
        id: String, in trash: borrowing Folder
    ) throws -> (name: String, entry: TrashEntry)? {
        for name in try trash.names() where !name.hasPrefix(".") {
            guard let folder = try? trash.folder(name),
                let entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder),
                entry.id == id
            else { continue }
            return (name, entry)
        }
        return nil
    }
}
