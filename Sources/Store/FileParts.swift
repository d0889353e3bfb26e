internal import Glibc
internal import Linux

/// One part of a rotated file.
struct FilePart: Equatable, Sendable {
    /// 0 is the part that grows.
    let number: Int
    /// Names the part's file, whatever number it takes.
    let inode: UInt64
    /// Bytes.
    let size: Int64
}

/// A part that is held open.
final class OpenPart: Sendable {
    let file: Descriptor
    let inode: UInt64

    /// Opens the part `number` of `name`; nil when it isn't there.
    init?(_ name: String, _ number: Int, in folder: borrowing Folder) throws(SystemError) {
        let path = FileNames.part(name, number)
        do throws(SystemError) {
            file = try folder.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        } catch {
            if error.number == ENOENT { return nil }
            throw error
        }
        let status = try file.status()
        guard status.kind == .file else { throw SystemError(EINVAL, "open", path) }
        inode = status.inode
    }
}

/// The parts of a rotated file that are there.
enum FileParts {
    /// Looks into which a rotation may come, before the list is taken as it is: a look takes a fraction of a
    /// rotation's time.
    private static let triesMax = 100

    /// The parts of `name`, oldest first; seen in a moment in which no rotation took place.
    static func list(_ name: String, in folder: borrowing Folder) throws(SystemError) -> [FilePart] {
        var parts = try look(name, folder)
        for _ in 0..<triesMax {
            let again = try look(name, folder)
            if again.map(\.inode) == parts.map(\.inode) { return again }
            parts = again
        }
        return parts
    }

    private static func look(_ name: String, _ folder: borrowing Folder) throws(SystemError) -> [FilePart] {
        var parts: [FilePart] = []
        for entry in try folder.names() where entry.hasPrefix(name) {
            let suffix = entry.dropFirst(name.count)
            let number = suffix.isEmpty ? 0 : suffix.first == "." ? Int(suffix.dropFirst()) : nil
            guard let number, number >= 0, FileNames.part(name, number) == entry,
                let status = try folder.status(entry), status.kind == .file
            else { continue }
            parts.append(FilePart(number: number, inode: status.inode, size: status.size))
        }
        return parts.sorted { $0.number > $1.number }
    }
}
