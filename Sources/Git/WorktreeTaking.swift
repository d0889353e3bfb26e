import CGit2
import Glibc
import Linux

/// Makes a worktree of one of the pool: both its folders are renamed, and only what differs is written.
///
/// Until it is whole it is locked as one that is being made, and `clearUnfinished` knows both its places.
struct WorktreeTaking: ~Copyable {
    private let entry: WorktreePool.Entry
    private let commonDirectory: String

    init(_ entry: WorktreePool.Entry, commonDirectory: String) {
        self.entry = entry
        self.commonDirectory = commonDirectory
    }

    /// Takes the entry to `path`; nil when it isn't ready any more.
    ///
    /// Throws after `undo` knows what there is to take back.
    func run(
        _ request: WorktreeRequest, to path: String, _ commit: ObjectID, createsBranch: Bool,
        _ repository: borrowing Repository, _ undo: inout WorktreeUndo
    ) throws(GitError) -> NewWorktree? {
        let former = "\(commonDirectory)/worktrees/\(entry.adminName)"
        let identity = try Signature(repository).line
        var text = NewAdminFolder.unfinished
        if createsBranch { text += "\n\(request.branch)\n\(commit)" }
        text += "\n\(NewAdminFolder.formerly)\(former)\n\(NewAdminFolder.goesTo)\(path)"
        guard WorktreePool.claim(entry, commonDirectory, text: text) else { return nil }
        undo.worktree = entry.path
        undo.admin = former
        let name = try rename(former, request.name)
        let place = "\(commonDirectory)/worktrees/\(name)"
        undo.admin = place
        try FolderMove(from: entry.path, to: path).run()
        undo.worktree = path
        let admin = try system { () throws(SystemError) in try Folder(at: place) }
        let root = try system { () throws(SystemError) in try Folder(at: path) }
        try Worktrees.relink(root, path, admin, place)
        if createsBranch {
            try Branches.create(request.branch, at: commit, from: "\(request.base)", in: repository)
            undo.branch = (request.branch, commit)
        }
        if entry.commit != commit {
            try GitCommand.run(
                ["read-tree", "-m", "-u", "\(entry.commit)", "\(commit)"], in: path, why: "the pool",
                limitS: GitCommand.checkoutLimitS)
        }
        try system { () throws(SystemError) in
            try NewAdminFolder.point(admin, at: request.branch, commit, identity)
        }
        var notes: [String] = []
        if entry.commit != commit, access("\(path)/.gitmodules", F_OK) == 0 {
            let plan = try CheckoutPlan(commit: commit, in: repository)
            notes = try SubmoduleFilling(commonDirectory: commonDirectory).run(plan, worktree: path)
        }
        try system { () throws(SystemError) in try admin.remove("locked") }
        return NewWorktree(
            path: path, adminName: name, branch: request.branch, commit: commit, createdBranch: createsBranch,
            notes: notes)
    }

    /// Renames the admin folder to the first free of `<wished>`, `<wished>1`, …, as a new one is named.
    private func rename(_ former: String, _ wished: String) throws(GitError) -> String {
        for number in 0..<NewAdminFolder.namesMax {
            let name = number == 0 ? wished : "\(wished)\(number)"
            do throws(GitError) {
                try FolderMove(from: former, to: "\(commonDirectory)/worktrees/\(name)").run()
                return name
            } catch {
                guard case .exists = error else { throw error }
            }
        }
        throw .exists("entry for every number up to \(wished)\(NewAdminFolder.namesMax)")
    }
}
