internal import Glibc
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

    /// A line of `sizes.jsonl` that tells where a part begins.
    private struct Line: Decodable {
        let part: Int?
        let offset: Int64?
    }

    /// The parts that are there, oldest first, each beginning where the one before ends.
    ///
    /// `sizes.jsonl` tells where the newest begins; without it, the oldest begins at 0.
    static func all(in folder: borrowing Folder) throws(SystemError) -> [PartPlace] {
        let parts = try FileParts.list(FileNames.outputLog, in: folder)
        return places(of: parts, startLines: try startLines(in: folder))
    }

    /// Places parts, given the offsets of the last part lines, oldest first.
    ///
    /// The keeper renames the old part first and writes the new one's line last.
    static func places(of parts: [FilePart], startLines: [Int64]) -> [PartPlace] {
        var start: Int64 = 0
        if let last = startLines.last {
            let older = parts.filter { $0.number > 0 }
            let previous = older.last?.size
            let isFollowing =
                parts.last?.number == 0
                && (previous == nil || startLines.count < 2
                    || startLines[startLines.count - 2] + (previous ?? 0) == last)
            start = (isFollowing ? last : last + (previous ?? 0)) - older.reduce(0) { $0 + $1.size }
        }
        var places: [PartPlace] = []
        for part in parts {
            places.append(PartPlace(part: part, start: places.last?.end ?? max(0, start)))
        }
        return places
    }

    private static func startLines(in folder: borrowing Folder) throws(SystemError) -> [Int64] {
        let file: Descriptor
        do throws(SystemError) {
            file = try folder.open(FileNames.sizes, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        } catch {
            if error.number == ENOENT { return [] }
            throw error
        }
        let tail = try file.read(at: max(0, file.status().size - Int64(tailMax)), most: tailMax)
        var starts: [Int64] = []
        for line in tail.split(separator: 0x0A).reversed() where starts.count < 2 {
            let read = try? MachineFile.decode(Line.self, from: Array(line), name: FileNames.sizes)
            if let read, read.part != nil, let offset = read.offset { starts.insert(offset, at: 0) }
        }
        return starts
    }
}
