import Glibc
import Linux

/// Paths without links.
enum RealPath {
    /// What realpath(3) makes of `path`.
    static func of(_ path: String) throws(GitError) -> String {
        guard let resolved = realpath(path, nil) else { throw .system(.last("realpath", path)) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The parent folder of an absolute path.
    static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// The last name of a path.
    static func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
