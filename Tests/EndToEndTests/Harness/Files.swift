import Glibc
import Linux

/// Writes a file whole, in place, as a shell's `>` does; makes the folders above it.
func write(_ text: String, to path: String, mode: mode_t = 0o644) throws {
    var folder = ""
    for part in path.split(separator: "/").dropLast() {
        let above = folder
        folder += "/\(part)"
        if mkdir(folder, 0o755) == 0 { giveAway(folder, asIn: above) }
    }
    let number = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
    guard number >= 0 else { throw SystemError.last("open", path) }
    let file = Descriptor(adopting: number)
    giveAway(path, asIn: folder)
    try file.writeAll(Array(text.utf8))
}

/// What a file holds; nil when it isn't there.
func text(of path: String) -> String? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    guard let bytes = try? Descriptor(adopting: number).readToEnd(most: 64 << 20) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
}

/// Whether anything has the path.
func exists(_ path: String) -> Bool {
    var info = stat()
    return lstat(path, &info) == 0
}

/// The names in a folder, sorted; none when it isn't there.
func names(in path: String) -> [String] { ((try? Folder(at: path).names()) ?? []).sorted() }

/// Where a symbolic link leads; nil for what is none.
func target(of path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count >= 0 else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}

/// Makes what was written the property of the folder's owner, as if that one had written it.
private func giveAway(_ path: String, asIn folder: String) {
    var above = stat()
    if geteuid() == 0, lstat(folder, &above) == 0 { chown(path, above.st_uid, above.st_gid) }
}
