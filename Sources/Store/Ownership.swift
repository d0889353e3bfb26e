internal import FoundationEssentials
internal import Glibc
internal import Linux

/// Whose a `.claudia` is.
public enum Standing: Equatable, Sendable {
    /// Nothing of anybody's is there, so claudia may make it its own.
    case unclaimed
    /// Claudia made it for this user on this path; what is missing of it was wiped.
    case own(OwnerRecord)
    /// Its own, and the whole repository was moved since: the record tells from where.
    case moved(OwnerRecord)
    /// A copy of the one that the record tells of.
    case copied(OwnerRecord)
    /// It came with a clone or an archive, or is another user's.
    case foreign

    /// Why nothing in it is acted on; nil when it is.
    public var refusal: String? {
        switch self {
        case .unclaimed, .own, .moved: nil
        case .copied(let record):
            "The folder .claudia is a copy of that in \(record.root), so nothing in it is acted on."
        case .foreign:
            "The folder .claudia was not made here by claudia for you (it came with a clone, an archive or a copy), "
                + "so nothing in it is acted on."
        }
    }
}

/// Tells a `.claudia` that claudia made for this user on this path from one that came from elsewhere.
///
/// A random word lies in the private folder and names a record in the user's state directory. The public folder
/// has it too: without it that was wiped, with another one it was exchanged.
public struct Ownership: Sendable {
    private let root: String
    private let commonDirectory: String

    /// Of the repository with this root, or bare folder, and common Git folder.
    public init(root: String, commonDirectory: String) {
        self.root = root
        self.commonDirectory = commonDirectory
    }

    /// Whose it is; changes nothing.
    public func standing() throws(StoreError) -> Standing {
        // The public folder first: whoever claims both at this moment begins with the private one.
        let publicFolder = try Ownership.publicFolder(in: root)
        let (publicWord, isEmpty) = (Ownership.word(publicFolder), Ownership.isEmpty(publicFolder))
        let privateFolder = try PrivateFolder(existing: commonDirectory)
        guard let id = Ownership.word(privateFolder) else {
            return isEmpty && Ownership.isEmpty(privateFolder) ? .unclaimed : .foreign
        }
        guard let record = try OwnerRecords(making: false)?.read(id) else { return .foreign }
        if let publicWord, publicWord != id { return .foreign }
        if record.root == root, record.commonDirectory == commonDirectory { return .own(record) }
        guard let now = Ownership.status(root), now.device == record.device, now.inode == record.inode else {
            return .copied(record)
        }
        // A second path to the same folder, as by a bind mount, is no move.
        let former = Ownership.status(record.root)
        return former?.inode == now.inode && former?.device == now.device ? .own(record) : .moved(record)
    }

    /// Makes sure that it is this user's, and makes it so where nothing is there yet; the standing before.
    @discardableResult
    public func enter() throws(StoreError) -> Standing {
        let standing = try standing()
        if let refusal = standing.refusal { throw .untrusted(refusal) }
        if case .unclaimed = standing { try claim() }
        return standing
    }

    /// Makes it this user's own, whatever is there: only when nothing is, or the owner has agreed.
    public func take(pins: [String: String]) throws(StoreError) {
        let privateFolder = try PrivateFolder(making: commonDirectory)
        let word = UUID().uuidString.lowercased()
        try note(word, pins)
        try MachineFile.write(word, to: FileNames.mark, in: privateFolder.folder)
        try markPublic(word)
    }

    /// Takes note of where a repository that was moved is now.
    public func update(_ record: OwnerRecord) throws(StoreError) { try note(record.id, record.pins) }

    /// Adds to what the owner trusts as it is, and has a supervisor that runs look at it.
    public func pin(_ pins: [String: String], _ record: OwnerRecord) throws(StoreError) {
        var record = record
        record.pins.merge(pins) { $1 }
        try OwnerRecords(making: true)?.write(record)
        try markPublic(record.id)
    }

    /// Whether the repository that the record tells of is still where it was.
    public static func isThere(_ record: OwnerRecord) -> Bool {
        word(try? PrivateFolder(existing: record.commonDirectory)) == record.id
    }

    /// Many may do this at once: the first word stays.
    private func claim() throws(StoreError) {
        let word = UUID().uuidString.lowercased()
        try note(word, [:])
        do throws(StoreError) {
            let privateFolder = try PrivateFolder(making: commonDirectory)
            let temporary = "\(FileNames.mark).\(word)"
            try MachineFile.write(word, to: temporary, in: privateFolder.folder)
            do throws(SystemError) {
                try privateFolder.folder.rename(
                    temporary, to: privateFolder.folder, FileNames.mark, replacing: false)
            } catch {
                try? privateFolder.folder.remove(temporary)
                guard error.number == EEXIST else { throw .system(error) }
                try OwnerRecords(making: true)?.remove(word)
                return
            }
            try markPublic(word)
        } catch {
            try OwnerRecords(making: true)?.remove(word)
            throw error
        }
    }

    private func note(_ word: String, _ pins: [String: String]) throws(StoreError) {
        guard let status = Ownership.status(root) else { throw .system(.last("stat", root)) }
        try OwnerRecords(making: true)?.write(
            OwnerRecord(
                id: word, root: root, commonDirectory: commonDirectory, device: status.device,
                inode: status.inode, pins: pins))
    }

    private func markPublic(_ word: String) throws(StoreError) {
        let folder = try calling { () throws(SystemError) in try Folder(at: root) }
        try MachineFile.write(
            word, to: FileNames.mark, in: try makeFolder(FileNames.publicFolder, in: folder))
    }

    private static func publicFolder(in root: String) throws(StoreError) -> Folder? {
        let folder = try calling { () throws(SystemError) in try Folder(at: root) }
        return try openIfThere(FileNames.publicFolder, in: folder)
    }

    private static func word(_ folder: borrowing PrivateFolder?) -> String? {
        switch folder {
        case .none: nil
        case .some(let folder): try? MachineFile.read(String.self, from: FileNames.mark, in: folder.folder)
        }
    }

    private static func word(_ folder: borrowing Folder?) -> String? {
        switch folder {
        case .none: nil
        case .some(let folder): try? MachineFile.read(String.self, from: FileNames.mark, in: folder)
        }
    }

    private static func isEmpty(_ folder: borrowing Folder?) -> Bool {
        switch folder {
        case .none: true
        case .some(let folder): (try? folder.names()) == []
        }
    }

    private static func isEmpty(_ folder: borrowing PrivateFolder?) -> Bool {
        switch folder {
        case .none: true
        case .some(let folder):
            (try? folder.sessions.names()) == []
                && (try? folder.folder.status(FileNames.config)) == .some(nil)
                && ((try? folder.folder.folder(FileNames.hooks).names()) ?? []).isEmpty
        }
    }

    private static func status(_ path: String) -> FileStatus? {
        var info = stat()
        return stat(path, &info) == 0 ? FileStatus(info) : nil
    }
}
