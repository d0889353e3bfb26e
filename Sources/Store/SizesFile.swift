internal import Glibc
internal import Linux
public import SessionModel

/// `sizes.jsonl`: where in a session's whole output each size of the terminal begins, and each part of the log.
enum SizesFile {
    /// Bytes at its end in which sizes are looked for: some five thousand.
    private static let sizesTailMax = 262_144

    private struct Line: Decodable {
        let offset: Int64
        let columns: Int
        let rows: Int
    }

    /// The end of the file, at most `count` bytes; empty when there is none.
    static func tail(_ count: Int, in folder: borrowing Folder) throws(SystemError) -> [UInt8] {
        let file: Descriptor
        do throws(SystemError) {
            file = try folder.open(FileNames.sizes, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        } catch {
            if error.number == ENOENT { return [] }
            throw error
        }
        return try file.read(at: max(0, file.status().size - Int64(count)), most: count)
    }

    /// The sizes, in order; what can't be read is left out.
    static func sizes(in folder: borrowing Folder) throws(SystemError) -> [SizeChange] {
        var sizes: [SizeChange] = []
        for line in try tail(sizesTailMax, in: folder).split(separator: 0x0A) {
            let read = try? MachineFile.decode(Line.self, from: Array(line), name: FileNames.sizes)
            guard let read, read.columns > 0, read.rows > 0 else { continue }
            sizes.append(SizeChange(offset: read.offset, columns: read.columns, rows: read.rows))
        }
        return sizes
    }
}

extension OutputReader {
    /// The sizes that the terminal had, in order, each from an offset on.
    public borrowing func sizes() throws(StoreError) -> [SizeChange] {
        try calling { () throws(SystemError) in try SizesFile.sizes(in: folder) }
    }
}
