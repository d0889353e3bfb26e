import Glibc
import Linux

/// The `.git` file of a linked worktree, and the admin folder that it names.
enum AdminLink {
    /// The admin folder `<common>/worktrees/<id>` that the worktree's `.git` names, and which names it back.
    ///
    /// Throws `.notTheWorktree` for a link, a folder or anything that leads elsewhere.
    static func read(worktree: String, commonDirectory: String) throws(GitError) -> String {
        func refused(_ reason: String) -> GitError { .notTheWorktree(path: worktree, reason: reason) }
        let root: Folder
        do { root = try Folder(at: worktree) } catch { throw .system(error) }
        guard let target = text(root, ".git")?.dropping(prefix: "gitdir: ") else {
            throw refused("it has no readable '.git' file")
        }
        let admin = try? RealPath.of(target.hasPrefix("/") ? target : "\(worktree)/\(target)")
        guard let admin, RealPath.parent(of: admin) == "\(commonDirectory)/worktrees" else {
            throw refused("its '.git' file names \(target)")
        }
        let folder: Folder
        do { folder = try Folder(at: admin) } catch { throw .system(error) }
        guard let back = text(folder, "gitdir") else { throw refused("\(admin)/gitdir can't be read") }
        let absolute = back.hasPrefix("/") ? back : "\(admin)/\(back)"
        guard let place = try? RealPath.of(RealPath.parent(of: absolute)), place == worktree else {
            throw refused("\(admin)/gitdir names \(back)")
        }
        return admin
    }

    /// What the `.git` file in the folder at `path` says; nil when there is none.
    static func text(at path: String) -> String? {
        guard let folder = try? Folder(at: path) else { return nil }
        return text(folder, ".git")
    }

    /// The text of a small file without its last newline; nil when there is none.
    static func text(_ folder: borrowing Folder, _ name: String) -> String? {
        guard let bytes = try? folder.read(name, most: 16_384) else { return nil }
        let trimmed = bytes.reversed().drop { $0 == 0x0A || $0 == 0x0D }.reversed()
        return String(decoding: trimmed, as: UTF8.self)
    }
}

extension String {
    /// The rest after `prefix`; nil when the text doesn't start with it.
    func dropping(prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
