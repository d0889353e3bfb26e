import Glibc
import Linux
import SessionModel
import Store
import Testing

/// A folder for one test, gone with it; `git` in it stands for a common Git folder.
final class Scratch: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/claudia-store-XXXXXX".utf8CString)
        let made = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
        }
        path = try #require(made)
        mkdir("\(path)/git", 0o700)
    }

    deinit { Scratch.removeTree(path) }

    func publicFolder() throws -> PublicFolder { try PublicFolder(making: path) }

    func privateFolder() throws -> PrivateFolder { try PrivateFolder(making: "\(path)/git") }

    func folder(_ name: String = ".") throws -> Folder { try Folder(at: "\(path)/\(name)") }

    /// Removes a folder and all in it, following no link.
    static func removeTree(_ path: String) {
        if let folder = try? Folder(at: path), let names = try? folder.names() {
            for name in names {
                let kind = try? folder.status(name)?.kind
                if kind == .folder { removeTree("\(path)/\(name)") } else { unlink("\(path)/\(name)") }
            }
        }
        rmdir(path)
    }
}

struct Failure: Error { let what: String }

func write(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path) }

func write(_ bytes: [UInt8], to path: String, _ flags: CInt = O_TRUNC) throws {
    let number = open(path, O_WRONLY | O_CREAT | flags | O_CLOEXEC, 0o600)
    guard number >= 0 else { throw Failure(what: "open \(path): \(errno)") }
    try Descriptor(adopting: number).writeAll(bytes)
}

func append(_ text: String, to path: String) throws { try write(Array(text.utf8), to: path, O_APPEND) }

func bytes(of path: String) -> [UInt8]? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    return try? Descriptor(adopting: number).readToEnd(most: 256 << 20)
}

func text(of path: String) -> String? { bytes(of: path).map { String(decoding: $0, as: UTF8.self) } }

func session(_ text: String = "fix") throws -> SessionName { try #require(SessionName(text)) }
