internal import Glibc

/// Finding programs.
public enum Executable {
    /// The absolute path of this process's own program.
    public static func own() throws(SystemError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = try check("readlink", "/proc/self/exe") {
            buffer.withUnsafeMutableBytes { bytes in
                bytes.withMemoryRebound(to: CChar.self) { text in
                    text.baseAddress.map { readlink("/proc/self/exe", $0, text.count) } ?? -1
                }
            }
        }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Where the program `name` lies: as exec would find it in `path` (the value of PATH); nil when nowhere.
    ///
    /// With `orNearly` a file that may not be executed counts where there is no other, so that exec can say so.
    /// A name with a slash is taken relative to `folder`.
    public static func find(
        _ name: String, path: String, folder: String? = nil, orNearly: Bool = false
    ) -> String? {
        func absolute(_ candidate: String) -> String {
            candidate.hasPrefix("/") ? candidate : (folder.map { $0 + "/" } ?? "") + candidate
        }
        let folders =
            path.isEmpty
            ? ["/usr/local/bin", "/usr/bin", "/bin"] : path.split(separator: ":").map(String.init)
        let candidates = name.utf8.contains(0x2F) ? [name] : folders.map { "\($0)/\(name)" }
        let files = candidates.map(absolute).filter(isFile)
        return files.first { access($0, X_OK) == 0 } ?? (orNearly ? files.first : nil)
    }

    private static func isFile(_ path: String) -> Bool {
        var info = stat()
        return stat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
    }
}
