import Glibc
import Linux

/// The folder `<common directory>/worktrees/<name>` of a worktree that is being made, file by file as Git
/// writes it.
struct NewAdminFolder: ~Copyable {
    /// How `locked` starts while a worktree of claudia's is unfinished.
    static let unfinished = "claudia is making this worktree"
    /// How many numbers are tried behind a name that is taken.
    static let namesMax = 10_000

    let name: String
    let path: String
    private let folder: Folder

    /// Writes all but the index, then puts it on Git's list by the first free name of `<wished>`, `<wished>1`, ….
    ///
    /// `newBranch`: the branch is one that a clean-up after a crash has to drop.
    init(
        name wished: String, commonDirectory: String, worktree: String, branch: String, commit: ObjectID,
        newBranch: Bool, identity: String
    ) throws(SystemError) {
        let common = try Folder(at: commonDirectory)
        if mkdirat(common.descriptor.number, "worktrees", 0o777) != 0, errno != EEXIST {
            throw .last("mkdir", "\(commonDirectory)/worktrees")
        }
        let draft = try AdminDrafts.make(commonDirectory)
        do throws(SystemError) {
            let made = try Folder(at: draft)
            let reason = Self.unfinished + (newBranch ? "\n\(branch)\n\(commit)" : "")
            try Self.write("\(reason)\n", "locked", in: made)
            try Self.write("\(worktree)/.git\n", "gitdir", in: made)
            try Self.write("../..\n", "commondir", in: made)
            try Self.write("ref: refs/heads/\(branch)\n", "HEAD", in: made)
            try Self.write("\(commit)\n", "ORIG_HEAD", in: made)
            guard mkdirat(made.descriptor.number, "logs", 0o777) == 0 else {
                throw .last("mkdir", "\(draft)/logs")
            }
            let none = String(repeating: "0", count: 40)
            try Self.write(
                "\(none) \(commit) \(identity)\tworktree: made on \(branch)\n", "HEAD",
                in: try made.folder("logs"))
            name = try Self.place(draft, as: wished, in: try common.folder("worktrees"))
            folder = made
        } catch {
            AdminDrafts.remove(draft)
            throw error
        }
        path = "\(commonDirectory)/worktrees/\(name)"
    }

    private static func place(
        _ draft: String, as wished: String, in list: borrowing Folder
    ) throws(SystemError) -> String {
        let drafts = try Folder(at: RealPath.parent(of: draft))
        for number in 0..<namesMax {
            let name = number == 0 ? wished : "\(wished)\(number)"
            do throws(SystemError) {
                try drafts.rename(RealPath.name(of: draft), to: list, name, replacing: false)
                return name
            } catch {
                guard error.number == EEXIST else { throw error }
            }
        }
        throw SystemError(EEXIST, "rename", "worktrees/\(wished)")
    }

    /// Writes the index, by way of the lock that Git would take.
    func write(index bytes: [UInt8]) throws(SystemError) {
        try Self.write(bytes, "index.lock", in: folder)
        try folder.rename("index.lock", to: folder, "index")
    }

    /// Takes the lock away: the worktree is whole.
    func finish() throws(SystemError) { try folder.remove("locked") }

    static func write(_ text: String, _ name: String, in folder: borrowing Folder) throws(SystemError) {
        try write(Array(text.utf8), name, in: folder)
    }

    private static func write(
        _ bytes: [UInt8], _ name: String, in folder: borrowing Folder
    ) throws(SystemError) {
        try folder.open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666).writeAll(bytes)
    }
}
