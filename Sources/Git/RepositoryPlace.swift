import Glibc
import Linux

/// Where a repository lies, found without libgit2 where that is plain.
///
/// To load and start libgit2 takes 3 ms: as much as all else that most verbs do. What isn't plain is left to it: a bare
/// repository, another owner, settings that move or change anything.
public struct RepositoryPlace: Equatable, Sendable {
    /// The Git directory that all worktrees share.
    public let commonDirectory: String
    /// The root of the main worktree; of a bare repository, its folder.
    public let mainWorktree: String
    /// Whether there is no main worktree.
    public let isBare: Bool

    /// Finds the repository that `path` lies in.
    public init(discovering path: String) throws(GitError) {
        if let plain = RepositoryPlace.plain(from: path) {
            self = plain
            return
        }
        let repository = try Repository(discovering: path)
        self.init(
            commonDirectory: repository.commonDirectory, mainWorktree: repository.mainWorktree,
            isBare: repository.isBare)
    }

    init(commonDirectory: String, mainWorktree: String, isBare: Bool) {
        (self.commonDirectory, self.mainWorktree, self.isBare) = (commonDirectory, mainWorktree, isBare)
    }

    /// Whether a repository can be around `path` at all: a folder above it holds `.git`, or is a Git directory.
    public static func isPossible(around path: String) -> Bool {
        guard var folder = try? RealPath.of(path) else { return false }
        while status("\(folder)/.git") == nil, status("\(folder)/HEAD") == nil {
            if folder == "/" { return false }
            folder = RealPath.parent(of: folder)
        }
        return true
    }

    /// The most bytes of a configuration that is looked through here.
    private static let settingsBytesMax = 65_536

    /// The repository of the folder above `path` that holds `.git`; nil where libgit2 has to look.
    static func plain(from path: String) -> RepositoryPlace? {
        guard var folder = try? RealPath.of(path), let device = status(folder)?.device else { return nil }
        while true {
            // Another file system isn't searched, and a folder that is a Git directory itself isn't plain.
            guard let own = status(folder), own.device == device, status("\(folder)/HEAD") == nil else {
                return nil
            }
            if let git = status("\(folder)/.git") {
                guard own.owner == geteuid(), git.owner == geteuid() else { return nil }
                switch git.kind {
                case .folder: return main(commonDirectory: "\(folder)/.git")
                case .file: return linked(worktree: folder)
                case .symbolicLink, .other: return nil
                }
            }
            guard folder != "/" else { return nil }
            folder = RealPath.parent(of: folder)
        }
    }

    /// The repository that a linked worktree belongs to.
    private static func linked(worktree: String) -> RepositoryPlace? {
        guard let named = content("\(worktree)/.git", after: "gitdir: "), named.hasPrefix("/"),
            let admin = try? RealPath.of(named),
            let common = content("\(admin)/commondir", after: ""), status(admin)?.owner == geteuid(),
            let path = try? RealPath.of(common.hasPrefix("/") ? common : "\(admin)/\(common)"),
            RealPath.name(of: path) == ".git", status("\(admin)/config.worktree") == nil
        else { return nil }
        return main(commonDirectory: path)
    }

    private static func main(commonDirectory: String) -> RepositoryPlace? {
        guard let directory = status(commonDirectory), directory.kind == .folder,
            directory.owner == geteuid(), status("\(commonDirectory)/HEAD")?.kind == .file,
            status("\(commonDirectory)/objects")?.kind == .folder,
            status("\(commonDirectory)/refs")?.kind == .folder,
            status("\(commonDirectory)/commondir") == nil, isPlain("\(commonDirectory)/config")
        else { return nil }
        let root = RealPath.parent(of: commonDirectory)
        guard status(root)?.owner == geteuid() else { return nil }
        return RepositoryPlace(commonDirectory: commonDirectory, mainWorktree: root, isBare: false)
    }

    /// Whether a configuration holds nothing that says where a repository lies, or how it is to be read.
    private static func isPlain(_ path: String) -> Bool {
        guard let text = content(path, after: "")?.lowercased() else { return false }
        let strange = ["worktree", "include", "extensions", "\\\n"]
        guard !strange.contains(where: text.contains) else { return false }
        return text.split(separator: "\n").allSatisfy { line in
            let words = line.split { $0 == " " || $0 == "\t" || $0 == "=" }
            switch words.first {
            case "bare": return words.dropFirst().first == "false"
            case "repositoryformatversion": return words.dropFirst().first == "0"
            default: return !line.contains("bare") && !line.contains("repositoryformatversion")
            }
        }
    }

    /// What stands in a file behind `beginning`, without a newline at its end.
    private static func content(_ path: String, after beginning: String) -> String? {
        guard let file = try? Folder(at: RealPath.parent(of: path)),
            let bytes = try? file.read(RealPath.name(of: path), most: settingsBytesMax),
            let text = String(validating: bytes, as: UTF8.self), text.hasPrefix(beginning)
        else { return nil }
        let rest = text.dropFirst(beginning.count)
        return String(rest.hasSuffix("\n") ? rest.dropLast() : rest)
    }

    private static func status(_ path: String) -> FileStatus? {
        var info = stat()
        return lstat(path, &info) == 0 ? FileStatus(info) : nil
    }
}
