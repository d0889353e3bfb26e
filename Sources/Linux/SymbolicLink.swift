internal import Glibc

/// Symbolic links by their paths.
public enum SymbolicLink {
    /// What the link at `path` says; nil where none is.
    public static func target(of path: String) -> String? {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count)
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : nil
    }
}
