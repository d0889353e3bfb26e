internal import FoundationEssentials
internal import Git
internal import KeeperProtocol
internal import Linux
internal import SessionModel
public import Store

/// Brings the records of a repository that was moved or copied to where it is now.
public struct Relocation {
    private let change: RootChange
    private let commonDirectory: String

    /// Bytes of a file that is copied; of a larger one only the original's name stays.
    private static let sharedMax = 67_108_864

    /// Of a repository that was moved, root and all, from where the record says.
    init(moved record: OwnerRecord, to root: String, commonDirectory: String) {
        change = RootChange(from: record.root, to: root, isCopy: false)
        self.commonDirectory = commonDirectory
    }

    /// Of one that came from elsewhere and whose owner has agreed to go on with it here.
    ///
    /// What its records say of files outside it, of keepers and of what is wanted is forgotten, and its sessions get
    /// ids of their own; so nothing reaches the repository that it was copied from.
    public init(agreed standing: Standing, at root: String, commonDirectory: String) {
        if case .copied(let record) = standing {
            change = RootChange(from: record.root, to: root, isCopy: Ownership.isThere(record))
        } else {
            let noted = try? PrivateFolder(existing: commonDirectory)?.root()
            change = RootChange(from: noted ?? root, to: root, isCopy: true)
        }
        self.commonDirectory = commonDirectory
    }

    /// Mends Git's worktree list, the sessions' records and those in the trash; may be done again.
    public func run() throws {
        try Worktrees.relocate(change, commonDirectory: commonDirectory)
        let privateFolder = try PrivateFolder(making: commonDirectory)
        if change.isCopy { try forgetOriginal(privateFolder) }
        for name in try privateFolder.sessionNames() {
            let own = try privateFolder.makeSession(name)
            guard var record = try? MachineFile.read(SessionRecord.self, from: FileNames.record, in: own)
            else {
                continue
            }
            record.name = name
            record.worktree = record.worktree.flatMap(moved)
            record.making = record.making.flatMap(moved)
            if change.isCopy { try forgetOriginal(&record, own) }
            try MachineFile.write(record, to: FileNames.record, in: own)
        }
        if let publicFolder = try PublicFolder(existing: change.to) {
            try relocateTrash(publicFolder.trash())
        }
    }

    /// The worktree where it is now; nil when that isn't this repository's.
    private func moved(_ worktree: SessionRecord.Worktree) -> SessionRecord.Worktree? {
        guard let place = change.place(of: worktree.path) else { return nil }
        var worktree = worktree
        worktree.path = place
        guard change.isCopy, let adminName = worktree.adminName else { return worktree }
        let isOurs: ()? = try? Worktrees.verify(
            worktree: place, adminName: adminName, commonDirectory: commonDirectory)
        return isOurs == nil ? nil : worktree
    }

    private func forgetOriginal(_ record: inout SessionRecord, _ own: borrowing Folder) throws {
        var kept = SessionRecord(
            name: record.name, id: UUID().uuidString.lowercased(), order: record.order,
            createdAt: record.createdAt, phase: record.phase, phaseSince: record.phaseSince)
        kept.worktree = record.worktree
        kept.promptsSent = record.promptsSent
        kept.headCommit = record.headCommit
        kept.diff = record.diff
        record = kept
        for name in [KeeperLink.socketName, FileNames.lastGoodSession] { try own.remove(name) }
        try unshare(own)
    }

    /// Gives files that a copy may have in common with the original (`cp -al`) a life of their own.
    private func unshare(_ folder: borrowing Folder) throws {
        for name in try folder.names() {
            guard let status = try folder.status(name), status.kind == .file, status.links > 1 else {
                continue
            }
            if let bytes = try? folder.read(name, most: Relocation.sharedMax) {
                try folder.replace(name, with: bytes, durable: false)
            } else {
                try folder.remove(name)
            }
        }
    }

    /// Files by which the original's supervisor is reached, and what would be put back after a wipe.
    private func forgetOriginal(_ privateFolder: borrowing PrivateFolder) throws {
        try unshare(privateFolder.folder)
        if let publicFolder = try PublicFolder(existing: change.to) {
            try unshare(publicFolder.folder)
            for name in try publicFolder.sessions.names() {
                if let session = try? publicFolder.sessions.folder(name) { try unshare(session) }
            }
        }
        for name in [FileNames.lock, ControlClient.socketName, FileNames.config] {
            try privateFolder.folder.remove(name)
        }
        guard let hooks = try? privateFolder.folder.folder(FileNames.hooks) else { return }
        for name in try hooks.names() { try hooks.remove(name) }
    }

    private func relocateTrash(_ trash: borrowing Folder) throws {
        for name in try trash.names() {
            guard let folder = try? trash.folder(name),
                var entry = try? MachineFile.read(TrashEntry.self, from: FileNames.trashRecord, in: folder)
            else { continue }
            entry.worktree = entry.worktree.flatMap(change.place)
            if entry.worktree == nil, try folder.status(FileNames.trashWorktree) != nil {
                entry.worktree =
                    "\(change.to)/\(FileNames.publicFolder)/\(FileNames.worktrees)/\(entry.name)"
            }
            if entry.worktree == nil { entry.adminName = nil }
            if var record = try? MachineFile.read(SessionRecord.self, from: FileNames.record, in: folder) {
                if change.isCopy {
                    entry.id = UUID().uuidString.lowercased()
                    record.id = entry.id
                    record.name = entry.name
                }
                if let place = entry.worktree { record.worktree?.path = place } else { record.worktree = nil }
                try MachineFile.write(record, to: FileNames.record, in: folder)
            }
            try MachineFile.write(entry, to: FileNames.trashRecord, in: folder)
        }
    }
}

extension PrivateFolder {
    /// The root that the paths in the records begin with; nil when that was never noted.
    borrowing func root() throws(StoreError) -> String? {
        try MachineFile.read(String.self, from: FileNames.root, in: folder)
    }

    /// Notes the root.
    borrowing func note(root: String) throws(StoreError) {
        if (try? self.root()) == root { return }
        try MachineFile.write(root, to: FileNames.root, in: folder)
    }
}
