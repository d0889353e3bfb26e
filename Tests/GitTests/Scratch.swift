import Glibc
import Linux
import Testing

/// A folder for one test, gone with it, and the real `git` in it.
final class Scratch: Sendable {
    let path: String

    /// In memory, where deleting and making files again costs nothing.
    static let memory = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp"

    init(in parent: String = memory) throws {
        var template = Array("\(parent)/claudia-git-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        path = try #require(made)
    }

    deinit { _ = try? Scratch.run(["rm", "-rf", path], in: "/") }

    /// A repository with a first commit of the files that `fill` makes.
    func repository(_ name: String = "main", fill: (String) throws -> Void) throws -> String {
        let root = "\(path)/\(name)"
        try git(["init", "--quiet", "-b", "main", root], in: path)
        try git(["config", "user.name", "Somebody"], in: root)
        try git(["config", "user.email", "somebody@example.com"], in: root)
        try fill(root)
        try git(["add", "--all"], in: root)
        try git(["commit", "--quiet", "--allow-empty", "-m", "first"], in: root)
        return root
    }

    @discardableResult
    func git(_ arguments: [String], in folder: String) throws -> String {
        try Scratch.run(["git"] + arguments, in: folder)
    }

    /// Runs a program and returns what it printed.
    ///
    /// Throws when it fails.
    @discardableResult
    static func run(_ arguments: [String], in folder: String) throws -> String {
        var spawn = Spawn(
            arguments,
            environment: [
                "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "HOME": "/nonexistent", "LC_ALL": "C",
                "GIT_CONFIG_NOSYSTEM": "1",
            ])
        spawn.folder = folder
        var template = Array("/tmp/claudia-output-XXXXXX".utf8CString)
        let number = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map { mkstemp($0) } ?? -1
        }
        let file = Descriptor(adopting: try #require(number >= 0 ? number : nil))
        unlink(template)
        let pid = try spawn.start(descriptors: [-1, file.number, file.number])
        var status: CInt = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let text = String(decoding: try file.read(at: 0, most: 64 << 20), as: UTF8.self)
        guard status == 0 else { throw Failure(what: "\(arguments) in \(folder): \(status): \(text)") }
        return text
    }

    struct Failure: Error { let what: String }
}

/// Writes a file, and the folders above it.
func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    try write(Array(text.utf8), to: path, mode: mode)
}

func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws {
    let parts = path.split(separator: "/").dropLast()
    var folder = ""
    for part in parts {
        folder += "/\(part)"
        mkdir(folder, 0o755)
    }
    let number = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard number >= 0 else { throw Scratch.Failure(what: "open \(path): \(errno)") }
    try Descriptor(adopting: number).writeAll(bytes)
    chmod(path, mode)
}

func text(of path: String) -> String? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    guard let bytes = try? Descriptor(adopting: number).readToEnd(most: 64 << 20) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
}

func exists(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
}
