import Glibc
import Linux

/// The folder `<common directory>/worktrees/<name>` of a worktree that is being made, file by file as Git
/// writes it.
struct NewAdminFolder: ~Copyable {
    /// How `locked` starts while a worktree of claudia's is unfinished.
    static let unfinished = "claudia is making this worktree"
    /// Two further lines of one that is made of another: the former path of its entry, and where its folder goes.
    static let formerly = "formerly "
    static let goesTo = "goes to "
    /// How many numbers are tried behind a name that is taken.
    static let namesMax = 10_000

    let name: String
    let path: String
    private let folder: Folder

    /// Makes the folder, by the first free name of `<name>`, `<name>1`, `<name>2`, ….
    init(name wished: String, commonDirectory: String) throws(SystemError) {
        let common = try Folder(at: commonDirectory)
        if mkdirat(common.descriptor.number, "worktrees", 0o777) != 0, errno != EEXIST {
            throw .last("mkdir", "\(commonDirectory)/worktrees")
        }
        let list = try common.folder("worktrees")
        let chosen = try Self.make(wished, in: list)
        let made = try list.folder(chosen)
        name = chosen
        path = "\(commonDirectory)/worktrees/\(chosen)"
        folder = made
    }

    private static func make(_ wished: String, in list: borrowing Folder) throws(SystemError) -> String {
        for number in 0..<namesMax {
            let name = number == 0 ? wished : "\(wished)\(number)"
            if mkdirat(list.descriptor.number, name, 0o777) == 0 { return name }
            guard errno == EEXIST else { throw .last("mkdir", "worktrees/\(name)") }
        }
        throw SystemError(EEXIST, "mkdir", "worktrees/\(wished)")
    }

    /// Writes all but the index; `newBranch` is what a clean-up after a crash has to drop.
    func begin(
        worktree: String, branch: String, commit: ObjectID, newBranch: Bool, identity: String
    ) throws(SystemError) {
        let made = newBranch ? "\n\(branch)\n\(commit)" : ""
        try Self.write("\(Self.unfinished)\(made)\n", "locked", in: folder)
        try Self.write("\(worktree)/.git\n", "gitdir", in: folder)
        try Self.write("../..\n", "commondir", in: folder)
        try Self.write(Self.head(branch, commit), "HEAD", in: folder)
        try Self.write("\(commit)\n", "ORIG_HEAD", in: folder)
        guard mkdirat(folder.descriptor.number, "logs", 0o777) == 0 else {
            throw .last("mkdir", "\(path)/logs")
        }
        try Self.write(Self.log(branch, commit, identity), "HEAD", in: try folder.folder("logs"))
    }

    /// Has an entry that was on no branch be on this one, as if it had been made on it.
    static func point(
        _ admin: borrowing Folder, at branch: String, _ commit: ObjectID, _ identity: String
    ) throws(SystemError) {
        try admin.replace("HEAD", with: Array(head(branch, commit).utf8), durable: false)
        try admin.replace("ORIG_HEAD", with: Array("\(commit)\n".utf8), durable: false)
        let logs = try admin.makeFolder("logs")
        try logs.replace("HEAD", with: Array(log(branch, commit, identity).utf8), durable: false)
    }

    /// On `branch`; on none where that is empty.
    private static func head(_ branch: String, _ commit: ObjectID) -> String {
        branch.isEmpty ? "\(commit)\n" : "ref: refs/heads/\(branch)\n"
    }

    private static func log(_ branch: String, _ commit: ObjectID, _ identity: String) -> String {
        let none = String(repeating: "0", count: 40)
        return "\(none) \(commit) \(identity)\tworktree: made on \(branch.isEmpty ? "no branch" : branch)\n"
    }

    /// Writes the index, by way of the lock that Git would take.
    func write(index bytes: [UInt8]) throws(SystemError) {
        try Self.write(bytes, "index.lock", in: folder)
        try folder.rename("index.lock", to: folder, "index")
    }

    /// Takes the lock away, or leaves it with another reason: the worktree is whole.
    func finish(locked reason: String?) throws(SystemError) {
        guard let reason else { return try folder.remove("locked") }
        try folder.replace("locked", with: Array("\(reason)\n".utf8), durable: false)
    }

    static func write(_ text: String, _ name: String, in folder: borrowing Folder) throws(SystemError) {
        try write(Array(text.utf8), name, in: folder)
    }

    private static func write(
        _ bytes: [UInt8], _ name: String, in folder: borrowing Folder
    ) throws(SystemError) {
        try folder.open(name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666).writeAll(bytes)
    }
}
