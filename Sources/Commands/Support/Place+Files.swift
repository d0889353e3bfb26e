internal import Glibc
internal import Linux

extension Place {
    /// Finds the repository by its files alone, without libgit2, whose start takes longer than a prompt may.
    ///
    /// Nil where there is none, and where its layout is no usual one.
    static func byFiles(from folder: String = ".") -> Place? {
        guard var path = RealPath.of(folder) else { return nil }
        while true {
            if let place = at(path) { return place }
            guard let slash = path.lastIndex(of: "/"), path != "/" else { return nil }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
    }

    private static func at(_ path: String) -> Place? {
        guard let folder = try? Folder(at: path) else { return nil }
        switch (try? folder.status(".git"))??.kind {
        case .folder: return Place(commonDirectory: "\(path)/.git", root: path, isBare: false)
        case .file: return linked(path, folder)
        case .symbolicLink, .other: return nil
        case nil: break
        }
        // A bare repository, or the Git folder of a main worktree.
        guard
            [("HEAD", FileStatus.Kind.file), ("objects", .folder), ("refs", .folder)].allSatisfy({
                (try? folder.status($0.0))??.kind == $0.1
            })
        else { return nil }
        return of(common: path)
    }

    /// By way of `.git` of a linked worktree, which names its admin folder, which names the common one.
    private static func linked(_ path: String, _ folder: borrowing Folder) -> Place? {
        guard let admin = line(of: ".git", in: folder), admin.hasPrefix("gitdir: ") else { return nil }
        let target = String(admin.dropFirst(8))
        let directory = target.hasPrefix("/") ? target : "\(path)/\(target)"
        guard let opened = try? Folder(at: directory), let common = line(of: "commondir", in: opened),
            let real = RealPath.of(common.hasPrefix("/") ? common : "\(directory)/\(common)")
        else { return nil }
        return of(common: real)
    }

    private static func of(common: String) -> Place {
        let isBare = !common.hasSuffix("/.git")
        return Place(
            commonDirectory: common, root: isBare ? common : String(common.dropLast(5)), isBare: isBare)
    }

    private static func line(of file: String, in folder: borrowing Folder) -> String? {
        guard let bytes = try? folder.read(file, most: 16_384) else { return nil }
        return String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
}
