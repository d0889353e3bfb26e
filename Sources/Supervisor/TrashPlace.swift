internal import Glibc
internal import Linux
internal import Store

/// Where the two folders of a trashed worktree lie: in its entry, or on the file system that each came from.
struct TrashPlace {
    /// `.claudia`.
    let publicPath: String
    let commonDirectory: String
    let entryName: String

    private var inside: String { "\(publicPath)/\(FileNames.trash)/\(entryName)" }

    /// The entry's folder in the private folder, for a Git directory on another file system than `.claudia`.
    var besideGit: String { "\(commonDirectory)/\(FileNames.privateFolder)/\(FileNames.trash)/\(entryName)" }

    /// The entry's folder beside a worktree on another file system than `.claudia`.
    func beside(worktree path: String) -> String {
        "\(TrashPlace.parent(of: path))/\(FileNames.trashElsewhere)/\(entryName)"
    }

    /// Where the worktree at `path` is moved to; its parent is made.
    func forWorktree(_ path: String) throws(SystemError) -> String {
        let parent = try place(for: path, elsewhere: beside(worktree: path))
        return "\(parent)/\(FileNames.trashWorktree)"
    }

    /// Where the admin folder at `path` is moved to; its parent is made.
    func forAdmin(_ path: String) throws(SystemError) -> String {
        let parent = try place(for: path, elsewhere: besideGit)
        return "\(parent)/\(FileNames.trashAdmin)"
    }

    /// Where the worktree that came from `path` lies now.
    func ofWorktree(_ path: String) -> String {
        let place = "\(inside)/\(FileNames.trashWorktree)"
        return access(place, F_OK) == 0 ? place : "\(beside(worktree: path))/\(FileNames.trashWorktree)"
    }

    /// Where its admin folder lies now.
    func ofAdmin() -> String {
        let place = "\(inside)/\(FileNames.trashAdmin)"
        return access(place, F_OK) == 0 ? place : "\(besideGit)/\(FileNames.trashAdmin)"
    }

    /// Removes the folders outside of the entry that are empty now.
    func removeEmpty(worktree: String?) {
        if let worktree { rmdir(beside(worktree: worktree)) }
        rmdir(besideGit)
    }

    func makeBesideGit() throws(SystemError) -> Folder { try make(besideGit) }

    private func place(for path: String, elsewhere: String) throws(SystemError) -> String {
        let device = try Folder(at: path).descriptor.status().device
        if try Folder(at: inside).descriptor.status().device == device { return inside }
        _ = try make(elsewhere)
        return elsewhere
    }

    /// Makes the entry's folder in a trash that may have to be made too.
    private func make(_ elsewhere: String) throws(SystemError) -> Folder {
        let trash = TrashPlace.parent(of: elsewhere)
        let above = TrashPlace.parent(of: trash)
        return try Folder(at: above).makeFolder(String(trash.dropFirst(above.count + 1))).makeFolder(
            entryName)
    }

    private static func parent(of path: String) -> String {
        String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    }
}
