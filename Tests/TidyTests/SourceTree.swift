import Linux
import Testing

/// The files of the repository that people wrote.
enum SourceTree {
    /// One file, by its path from the repository's root.
    struct File: Sendable, CustomTestStringConvertible {
        let path: String
        let lines: [String]
        var testDescription: String { path }

        /// The target that the file belongs to.
        var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
        var isSwift: Bool { path.hasSuffix(".swift") }
        var isSource: Bool { path.hasPrefix("Sources/") }
    }

    /// Bytes past which no file of ours is.
    private static let sizeMax = 1_048_576
    private static let readable = [".swift", ".md", ".c", ".h", ".modulemap", ".json", ".sh", ".jsonl"]

    /// The repository's root: three folders above this file.
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }

    /// Every text file below Sources, Tests, scripts and Sessions.example, and Package.swift.
    static let files: [File] =
        ["Sources", "Tests", "scripts", "Sessions.example"].flatMap(files(below:))
        + ["Package.swift", "README.md"].compactMap(file)

    static func names(_ path: String = "") throws -> [String] {
        try Folder(at: "\(root)/\(path)").names().sorted()
    }

    private static func files(below path: String) -> [File] {
        guard let folder = try? Folder(at: "\(root)/\(path)"), let names = try? folder.names() else {
            return []
        }
        return names.sorted().flatMap { name -> [File] in
            let kind = try? folder.status(name)?.kind
            return switch kind {
            case .folder: files(below: "\(path)/\(name)")
            case .file where readable.contains(where: name.hasSuffix) || !name.contains("."):
                file("\(path)/\(name)").map { [$0] } ?? []
            default: []
            }
        }
    }

    private static func file(_ path: String) -> File? {
        guard let folder = try? Folder(at: root), let bytes = try? folder.read(path, most: sizeMax) else {
            return nil
        }
        let text = String(decoding: bytes, as: UTF8.self)
        return File(
            path: path, lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
}
