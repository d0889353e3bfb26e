internal import Glibc
internal import Linux

/// That this user's claudia made the public folder of a repository: a file in the user's state directory.
public struct OwnerRecord: Codable, Equatable, Sendable {
    var version = 1
    /// The word that lies in the private folder and the public one too.
    public var id: String
    /// The folder that `.claudia` lies in.
    public var root: String
    /// The common Git folder.
    public var commonDirectory: String
    /// Names the root on its file system, by which a repository that was moved is known from a copy.
    public var device: UInt64
    /// As `device`.
    public var inode: UInt64
    /// What the owner has trusted as it was: the SHA-256 of files in `.claudia`, by their paths.
    public var pins: [String: String] = [:]

    enum CodingKeys: String, CodingKey {
        case version, id, root
        case commonDirectory = "common_directory"
        case device, inode, pins
    }
}

/// The owner records of this user, in `$XDG_STATE_HOME/claudia`.
struct OwnerRecords: ~Copyable {
    private let folder: Folder

    /// Opens the folder, made when missing; nil when it is missing and `making` is false.
    ///
    /// Refuses one that somebody else could write.
    init?(making: Bool) throws(StoreError) {
        let path = OwnerRecords.path()
        do {
            if making { try OwnerRecords.makeFolders(path) }
            let folder = try Folder(at: path)
            let status = try folder.descriptor.status()
            guard status.owner == geteuid(), status.permissions & 0o022 == 0 else {
                throw StoreError.refused(path, "is not this user's alone to write; see its owner and mode")
            }
            self.folder = folder
        } catch let error as SystemError {
            if error.number == ENOENT, !making { return nil }
            let why = "can't be used (\(error.text)), and there claudia notes which repositories are yours"
            throw .refused(path, why)
        } catch let error as StoreError {
            throw error
        } catch {
            throw .damaged(path, "\(error)")
        }
    }

    /// The record of the repository with this word; nil when there is none.
    func read(_ id: String) throws(StoreError) -> OwnerRecord? {
        guard OwnerRecords.isWord(id) else { return nil }
        guard let record = try MachineFile.read(OwnerRecord.self, from: "\(id).json", in: folder) else {
            return nil
        }
        return record.id == id ? record : nil
    }

    func write(_ record: OwnerRecord) throws(StoreError) {
        try MachineFile.write(record, to: "\(record.id).json", in: folder)
    }

    func remove(_ id: String) { try? folder.remove("\(id).json") }

    /// A word may come from a stranger's archive and must not lead out of the folder.
    private static func isWord(_ id: String) -> Bool {
        id.utf8.count == 36
            && id.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// `$XDG_STATE_HOME/claudia/repositories`, by default in `~/.local/state` (XDG Base Directory Specification).
    private static func path() -> String {
        func value(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
        }
        let home = value("HOME") ?? getpwuid(geteuid()).map { String(cString: $0.pointee.pw_dir) } ?? "/"
        return "\(value("XDG_STATE_HOME") ?? "\(home)/.local/state")/claudia/repositories"
    }

    private static func makeFolders(_ path: String) throws(SystemError) {
        var above = ""
        for part in path.split(separator: "/") {
            above += "/\(part)"
            var info = stat()
            if stat(above, &info) == 0 { continue }
            if mkdir(above, 0o700) < 0, errno != EEXIST { throw .last("mkdir", above) }
        }
    }
}
