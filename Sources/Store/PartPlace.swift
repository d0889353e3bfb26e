internal import Linux

/// A part of `output.log`, and where it stands in the whole output.
struct PartPlace: Equatable, Sendable {
    let part: FilePart
    /// The offset of its first byte.
    let start: Int64

    /// The offset after its last byte.
    var end: Int64 { start + part.size }

    /// Bytes at the end of `sizes.jsonl` in which the last parts' lines are looked for.
    private static let tailMax = 4_194_304

    /// Looks that may catch the parts in the midst of a rotation, before what was seen is taken as it is.
    private static let triesMax = 4
    /// Lines of parts that never came to be, as far as they are looked through.
    private static let strayMax = 8

    /// A line of `sizes.jsonl` that tells where a part begins, and in which file.
    struct Line: Decodable, Equatable {
        var part: Int?
        var offset: Int64?
        var inode: UInt64?
    }

    /// The parts that are there, oldest first, each beginning where the one before ends.
    static func all(in folder: borrowing Folder) throws(SystemError) -> [PartPlace] {
        var places: [PartPlace] = []
        for _ in 0..<triesMax {
            let parts = try FileParts.list(FileNames.outputLog, in: folder)
            places = self.places(of: parts, lines: try lines(of: parts.count + strayMax, in: folder))
            if zip(places, places.dropFirst()).allSatisfy({ $0.end == $1.start }) { break }
        }
        return places
    }

    /// Places parts, given the last lines that begin parts, oldest first.
    ///
    /// The line that names a part's inode counts. Where none does, as in a copy of the folder, the newest part begins
    /// where the last line says (0 without one), and each other ends where the next begins.
    static func places(of parts: [FilePart], lines: [Line]) -> [PartPlace] {
        let known = parts.map { part in lines.last { $0.inode == part.inode }?.offset }
        var starts = known.map { $0 ?? 0 }
        let anchor = known.lastIndex { $0 != nil } ?? parts.count - 1
        guard anchor >= 0 else { return [] }
        let older = parts[..<anchor].reduce(0) { $0 + $1.size }
        starts[anchor] = known[anchor] ?? max(lines.last?.offset ?? 0, older)
        for index in (0..<anchor).reversed() where known[index] == nil {
            starts[index] = starts[index + 1] - parts[index].size
        }
        for index in parts.indices.dropFirst(anchor + 1) {
            starts[index] = starts[index - 1] + parts[index - 1].size
        }
        return zip(parts, starts).map { PartPlace(part: $0, start: $1) }
    }

    /// The last `count` lines that begin parts, oldest first.
    private static func lines(of count: Int, in folder: borrowing Folder) throws(SystemError) -> [Line] {
        let tail = try SizesFile.tail(tailMax, in: folder)
        var lines: [Line] = []
        for line in tail.split(separator: 0x0A).reversed() where lines.count < count {
            let read = try? MachineFile.decode(Line.self, from: Array(line), name: FileNames.sizes)
            if let read, read.part != nil, read.offset != nil { lines.append(read) }
        }
        return lines.reversed()
    }
}
