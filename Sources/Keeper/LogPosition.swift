internal import Linux

/// Where in a session's whole output a part of its log begins.
struct LogPosition: Equatable {
    /// A part's file.
    struct File: Equatable {
        var inode: UInt64
        var bytes: Int64
    }

    /// The part's number, 0 for the first ever.
    var part = 0
    /// The part's first byte, counted from the session's first.
    var start: Int64 = 0
    /// The part's file, whatever its name is by now; nil where the line doesn't tell.
    var inode: UInt64?

    /// A line of `sizes.jsonl`: the terminal's size from that byte on.
    static func line(offset: Int64, size: TerminalSize) -> String {
        "{\"columns\":\(size.columns),\"offset\":\(offset),\"rows\":\(size.rows)}\n"
    }

    /// The line that begins this part.
    func line(_ size: TerminalSize) -> String {
        let file = inode.map { "\"inode\":\($0)," } ?? ""
        return "{\"columns\":\(size.columns),\(file)\"offset\":\(start),\"part\":\(part),"
            + "\"rows\":\(size.rows)}\n"
    }

    /// The position that a line names, when it begins a part.
    init?(line: some Sequence<UInt8>) {
        let text = Array(line)
        guard let part = LogPosition.value("part", in: text),
            let start = LogPosition.value("offset", in: text)
        else {
            return nil
        }
        (self.part, self.start) = (Int(part), start)
        inode = LogPosition.value("inode", in: text).map { UInt64($0) }
    }

    /// A position.
    init(part: Int = 0, start: Int64 = 0, inode: UInt64? = nil) {
        (self.part, self.start, self.inode) = (part, start, inode)
    }

    /// The number that stands behind `"key":`.
    static func value(_ key: String, in line: [UInt8]) -> Int64? {
        let name = Array("\"\(key)\":".utf8)
        guard line.count > name.count,
            let start = (0...(line.count - name.count)).first(where: { line[$0...].starts(with: name) })
        else { return nil }
        let digits = line[(start + name.count)...].prefix { (0x30...0x39).contains($0) }
        return Int64(String(decoding: digits, as: UTF8.self))
    }

    /// Where a keeper goes on that finds an older log: the current part, and whether its line has yet to be
    /// written.
    ///
    /// `lines` are those that begin parts, in order; `current` is `output.log`, `previous` the part before. A part
    /// has no line when it was just made, after a rotation that was cut short, or when the folder is a copy.
    static func resume(
        _ lines: [LogPosition], current: File, previous: File?
    ) -> (position: LogPosition, needsLine: Bool) {
        if let known = lines.last(where: { $0.inode == current.inode }) { return (known, false) }
        var position = lines.last ?? LogPosition()
        if current.bytes == 0, let previous,
            let before = lines.last(where: { $0.inode == previous.inode })
        {
            position = LogPosition(part: before.part + 1, start: before.start + previous.bytes)
        }
        position.inode = current.inode
        return (position, true)
    }
}

extension LogPosition.File {
    /// The file of which `status` tells.
    init(_ status: FileStatus) { self.init(inode: status.inode, bytes: status.size) }
}
