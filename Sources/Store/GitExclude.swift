internal import Glibc
internal import Linux

/// The line for `.claudia/` in `info/exclude` of the common Git folder.
public enum GitExclude {
    /// What adding the line came to.
    public enum Outcome: Equatable, Sendable {
        /// The line was added.
        case added
        /// The line is there.
        case present
        /// The file is left alone, for this reason; `.claudia/.gitignore` does the same.
        case leftAlone(String)
    }

    private static let folder = "info"
    private static let file = "exclude"
    private static let lines = ["/.claudia/", ".claudia/", ".claudia", "/.claudia"]
    /// Bytes past which the file is left alone.
    private static let sizeMax = 4_194_304

    /// Adds the line unless it is there; what is there stays byte for byte, and so do its permissions.
    public static func add(to privateFolder: borrowing PrivateFolder) throws(StoreError) -> Outcome {
        do {
            let info = try privateFolder.gitFolder.makeFolder(folder)
            guard let status = try info.status(file) else {
                try replace(in: info, with: Array("\(lines[1])\n".utf8), permissions: 0o644)
                return .added
            }
            guard status.kind == .file else { return .leftAlone("\(folder)/\(file) is no regular file") }
            var bytes = try info.read(file, most: sizeMax)
            let isThere = bytes.split(separator: 0x0A).contains { line in
                let text = String(decoding: line, as: UTF8.self)
                return lines.contains(text) || lines.contains { text == $0 + "\r" }
            }
            if isThere { return .present }
            if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
            bytes += Array("\(lines[1])\n".utf8)
            try replace(in: info, with: bytes, permissions: status.permissions)
            return .added
        } catch {
            if error.number == ELOOP || error.number == EFBIG || error.number == ENOTDIR {
                return .leftAlone(error.message)
            }
            throw .system(error)
        }
    }

    /// Like `Folder.replace`, with permissions of the file's own: all users of the repository read it.
    private static func replace(
        in info: borrowing Folder, with bytes: [UInt8], permissions: UInt32
    ) throws(SystemError) {
        let temporary = ".\(file).claudia"
        try info.remove(temporary)
        do throws(SystemError) {
            let new = try info.open(temporary, O_WRONLY | O_CREAT | O_EXCL)
            if fchmod(new.number, permissions) < 0 { throw SystemError.last("fchmod", file) }
            try new.writeAll(bytes)
            try new.sync()
            try info.rename(temporary, to: info, file)
        } catch {
            try? info.remove(temporary)
            throw error
        }
        try info.sync()
    }
}
