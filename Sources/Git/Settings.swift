import CGit2
import Glibc
import Linux

/// A repository's configuration with the person's and the machine's, as it was when it was read.
struct Settings: ~Copyable {
    private let snapshot: Owned

    init(_ repository: borrowing Repository) throws(GitError) {
        let handle = repository.handle.pointer
        snapshot = try Owned(git_config_free, "configuration") {
            git_repository_config_snapshot(&$0, handle)
        }
    }

    /// The value of `key`; nil when it isn't set.
    borrowing func text(_ key: String) -> String? {
        var value: UnsafePointer<CChar>?
        guard git_config_get_string(&value, snapshot.pointer, key) == 0, let value else { return nil }
        return String(cString: value)
    }

    /// The value of `key` as a path, `~` put in full.
    borrowing func path(_ key: String) -> String? {
        var buffer = git_buf()
        defer { git_buf_dispose(&buffer) }
        guard git_config_get_path(&buffer, snapshot.pointer, key) == 0, let text = buffer.ptr else {
            return nil
        }
        return String(cString: text)
    }

    /// Whether a key that begins and ends so is set.
    ///
    /// libgit2's own choice of keys, by a regular expression, leaks 20 kB for each key that it looks at (1.5.1 with
    /// PCRE2; `scripts/soak` and heaptrack show it).
    borrowing func has(prefix: String, suffix: String) -> Bool {
        var found: OpaquePointer?
        guard git_config_iterator_new(&found, snapshot.pointer) == 0 else { return false }
        defer { git_config_iterator_free(found) }
        var entry: UnsafeMutablePointer<git_config_entry>?
        while git_config_next(&entry, found) == 0, let key = entry?.pointee.name.map({ String(cString: $0) })
        {
            if key.hasPrefix(prefix), key.hasSuffix(suffix) { return true }
        }
        return false
    }

    borrowing func isTrue(_ key: String) -> Bool { flag(key) == 1 }

    borrowing func isFalse(_ key: String) -> Bool { flag(key) == 0 }

    private borrowing func flag(_ key: String) -> CInt? {
        var value: CInt = 0
        return git_config_get_bool(&value, snapshot.pointer, key) == 0 ? value : nil
    }
}

/// This process's environment.
enum Environment {
    static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// All that the process was started with, but what would lead `git` elsewhere.
    static func forGit() -> [String: String] {
        var kept: [String: String] = [:]
        let folder = try? Folder(at: "/proc/self")
        let bytes = (try? folder?.open("environ", O_RDONLY).readToEnd(most: 4 << 20)) ?? []
        for entry in bytes.split(separator: 0) {
            let parts = entry.split(separator: 0x3D, maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(decoding: parts[0], as: UTF8.self)
            guard parts.count == 2, !name.hasPrefix("GIT_") else { continue }
            kept[name] = String(decoding: parts[1], as: UTF8.self)
        }
        kept["LC_ALL"] = "C"
        kept["GIT_OPTIONAL_LOCKS"] = "0"
        kept["GIT_TERMINAL_PROMPT"] = "0"
        return kept
    }
}
