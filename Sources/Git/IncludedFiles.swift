import CGit2
import Glibc
import Linux

/// Files that Git ignores and a new worktree needs all the same, such as `.env`: `.worktreeinclude` in the main
/// worktree's root names them by patterns as in gitignore(5).
///
/// Only what is ignored is copied; what is tracked is there anyway, and what is neither is the person's unfinished
/// work. No link is followed and nothing replaced.
public enum IncludedFiles {
    /// The name of the list.
    public static let list = ".worktreeinclude"
    /// The most files that are copied.
    static let filesMax = 100_000
    /// What isn't looked at: claudia's own folder.
    private static let skipped = ".claudia"
    private static let chunkBytes = 1 << 20

    /// Copies the files into the worktree; what couldn't be, in sentences.
    ///
    /// Can be done again: what is there stays.
    public static func copy(to worktree: String, commonDirectory: String) throws(GitError) -> [String] {
        let repository = try Repository(at: commonDirectory)
        guard !repository.isBare, let main = try? Folder(at: repository.mainWorktree),
            let status = try? main.status(list), status.kind == .file
        else { return [] }
        // Git itself tells, since it has exactly its own patterns; of repositories within only the folder, with '/'.
        let output = try GitCommand.run(
            [
                "ls-files", "-z", "--others", "--ignored", "--exclude-from=\(list)", "--", ".",
                ":(exclude)\(skipped)",
            ], in: repository.mainWorktree, why: list)
        let target = try system { () throws(SystemError) in try Folder(at: worktree) }
        var problems: [String] = []
        var count = 0
        for path in output.split(separator: 0) where path.last != 0x2F {
            let name = String(decoding: path, as: UTF8.self)
            guard isIgnored(name, repository) else { continue }
            count += 1
            guard count <= filesMax else {
                problems.append("\(list) names more than \(filesMax) files; the rest isn't copied.")
                break
            }
            do throws(SystemError) {
                try copy(name, from: main, to: target)
            } catch {
                // One after another would fail on a full disk.
                problems.append("\(name), which \(list) names, couldn't be copied: \(error.text).")
                if problems.count == 3 { break }
            }
        }
        return problems
    }

    private static func isIgnored(_ path: String, _ repository: borrowing Repository) -> Bool {
        var ignored: CInt = 0
        return git_ignore_path_is_ignored(&ignored, repository.handle.pointer, path) == 0 && ignored == 1
    }

    private static func copy(
        _ path: String, from main: borrowing Folder, to worktree: borrowing Folder
    ) throws(SystemError) {
        var source = try main.duplicate()
        var target = try worktree.duplicate()
        var rest = path.split(separator: "/").map(String.init)
        let name = rest.removeLast()
        for part in rest {
            let next = try source.folder(part)
            let mode = try next.descriptor.status().permissions
            if mkdirat(target.descriptor.number, part, mode_t(mode)) < 0, errno != EEXIST {
                throw .last("mkdir", part)
            }
            target = try target.folder(part)
            source = next
        }
        guard let status = try source.status(name), try target.status(name) == nil else { return }
        switch status.kind {
        case .file: try copyFile(name, status, from: source, to: target)
        case .symbolicLink: try copyLink(name, from: source, to: target)
        case .folder, .other: return
        }
    }

    /// Writes it under another name first, so that what has its name is whole.
    private static func copyFile(
        _ name: String, _ status: FileStatus, from source: borrowing Folder, to target: borrowing Folder
    ) throws(SystemError) {
        let draft = ".claudia-\(getpid()).new"
        let old = try source.open(name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        try target.remove(draft)
        do throws(SystemError) {
            let new = try target.open(draft, O_WRONLY | O_CREAT | O_EXCL)
            if !old.copy(Int(status.size), to: new) { try copyByHand(old, to: new) }
            try ensure("fchmod", name) { fchmod(new.number, mode_t(status.permissions & 0o777)) }
            try target.rename(draft, to: target, name, replacing: false)
        } catch {
            try? target.remove(draft)
            throw error
        }
    }

    /// For file systems between which the kernel doesn't copy.
    private static func copyByHand(
        _ old: borrowing Descriptor, to new: borrowing Descriptor
    ) throws(SystemError) {
        try new.truncate(to: 0)
        try ensure("lseek", "") { lseek(new.number, 0, SEEK_SET) < 0 ? -1 : 0 }
        var offset: Int64 = 0
        while true {
            let bytes = try old.read(at: offset, most: chunkBytes)
            if bytes.isEmpty { return }
            try new.writeAll(bytes)
            offset += Int64(bytes.count)
        }
    }

    private static func copyLink(
        _ name: String, from source: borrowing Folder, to target: borrowing Folder
    ) throws(SystemError) {
        var text = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
        let count = readlinkat(source.descriptor.number, name, &text, Int(PATH_MAX))
        guard count >= 0 else { throw .last("readlink", name) }
        try ensure("symlink", name) { symlinkat(text, target.descriptor.number, name) }
    }

    private static func ensure(_ call: String, _ path: String, _ body: () -> CInt) throws(SystemError) {
        if body() < 0 { throw .last(call, path) }
    }
}
