import CGit2
import Glibc

/// Paths as libgit2 takes them.
enum PathList {
    /// Lends `paths`, each of them ended by NUL, to `body`; what it returns.
    static func lend(_ paths: [[CChar]], _ body: (git_strarray) -> CInt) -> CInt {
        let copies = paths.map { path in
            path.withUnsafeBufferPointer { $0.baseAddress.flatMap { strdup($0) } }
        }
        defer { for copy in copies { free(copy) } }
        var pointers = copies
        return pointers.withUnsafeMutableBufferPointer { list in
            body(git_strarray(strings: list.baseAddress, count: list.count))
        }
    }
}
