internal import Glibc
internal import Linux

/// `output.log`, its older parts `output.log.1` and so on, and `sizes.jsonl`, which tells where in the
/// session's whole output each part begins and each size of the terminal.
struct OutputLog: ~Copyable {
    /// When parts end and how many older ones are kept.
    struct Limits: Equatable {
        var rotateBytes: Int64
        var keep: Int
    }

    private static let name = "output.log"
    private static let sizesName = "sizes.jsonl"
    /// What becomes the next of each.
    private static let nextName = Folder.temporaryName(for: name)
    private static let nextSizesName = Folder.temporaryName(for: sizesName)
    /// The most bytes of `sizes.jsonl` that are understood.
    private static let sizesBytesMax = 1 << 26

    private let limits: Limits
    private var position: LogPosition
    private var file: Descriptor
    private var sizes: Descriptor
    /// Bytes of the current part.
    private var partBytes: Int64
    /// At how many bytes the part ends; moves on when it couldn't be put aside.
    private var rotateAt: Int64
    /// Lines of `sizes.jsonl` that couldn't be written yet.
    private var unwrittenSizes: [UInt8] = []
    private var size: TerminalSize
    /// Whether the public folder has its links, as far as that can be.
    private var isPublished = true

    /// The end of the log, counted from the session's first byte.
    var end: Int64 { position.start + partBytes }

    /// Opens the log of the session, old or new, in which the terminal now has `size`.
    init(in folders: borrowing SessionFolders, _ limits: Limits, size: TerminalSize) throws(SystemError) {
        var known: [UInt8] = []
        if try folders.hidden.status(OutputLog.sizesName) != nil {
            known = try folders.hidden.read(OutputLog.sizesName, most: OutputLog.sizesBytesMax)
        }
        let file = try folders.hidden.open(OutputLog.name, O_WRONLY | O_APPEND | O_CREAT)
        let current = LogPosition.File(try file.status())
        let (position, needsLine) = LogPosition.resume(
            known.split(separator: 0x0A).compactMap { LogPosition(line: $0) }, current: current,
            previous: try folders.hidden.status("\(OutputLog.name).1").map { LogPosition.File($0) })
        let sizes = try folders.hidden.open(OutputLog.sizesName, O_WRONLY | O_APPEND | O_CREAT)
        self.limits = Limits(rotateBytes: max(limits.rotateBytes, 1), keep: max(limits.keep, 0))
        self.position = position
        self.partBytes = current.bytes
        self.rotateAt = self.limits.rotateBytes
        self.size = size
        self.sizes = sizes
        self.file = file
        if let last = known.last, last != 0x0A { unwrittenSizes = [0x0A] }
        if needsLine { note(position.line(size)) }
        note(LogPosition.line(offset: end, size: size))
        try? writeSizes()
        clean(folders)
        publishAll(in: folders)
    }

    /// Appends bytes: how many, and what was in the way of the rest.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, in folders: borrowing SessionFolders
    ) -> (written: Int, problem: SystemError?) {
        var done = 0
        do {
            try writeSizes()
            if !isPublished { publishAll(in: folders) }
            while done < bytes.count {
                if partBytes >= rotateAt { try rotate(in: folders) }
                let room = Int(min(Int64(bytes.count - done), max(rotateAt - partBytes, 1)))
                let put = try file.write(UnsafeRawBufferPointer(rebasing: bytes[done..<(done + room)])) ?? 0
                partBytes += Int64(put)
                done += put
            }
        } catch {
            return (done, error)
        }
        return (done, nil)
    }

    /// Notes that from here on the terminal has another size.
    mutating func resized(to size: TerminalSize) {
        self.size = size
        note(LogPosition.line(offset: end, size: size))
        try? writeSizes()
    }

    /// Puts links to all parts into the public folder.
    ///
    /// The oldest first, so that a part stands there twice for a moment rather than nowhere.
    mutating func publishAll(in folders: borrowing SessionFolders) {
        isPublished = true
        let older = OutputLog.olderParts(in: folders).map { "\(OutputLog.name).\($0)" }
        for name in older + [OutputLog.name, OutputLog.sizesName] where !folders.publish(name) {
            isPublished = false
        }
    }

    /// Waits until all is on the disk.
    borrowing func sync() throws(SystemError) {
        try file.sync()
        try sizes.sync()
    }

    private mutating func note(_ line: String) { unwrittenSizes += Array(line.utf8) }

    private mutating func writeSizes() throws(SystemError) {
        guard !unwrittenSizes.isEmpty else { return }
        var bytes = unwrittenSizes[...]
        defer { unwrittenSizes = Array(bytes) }
        while !bytes.isEmpty {
            let part = bytes
            var failure: SystemError?
            let put = part.withUnsafeBytes { buffer -> Int in
                do throws(SystemError) {
                    return try sizes.write(buffer) ?? 0
                } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            bytes = bytes.dropFirst(put)
        }
    }

    /// Puts the current part aside and begins the next; where that can't be done now, the part grows on.
    ///
    /// The line that tells where the next part begins is written before that part takes its place, and names its
    /// inode: whenever this is cut short, each part has its line.
    private mutating func rotate(in folders: borrowing SessionFolders) throws(SystemError) {
        do {
            try folders.hidden.remove(OutputLog.nextName)
            let next = try folders.hidden.open(OutputLog.nextName, O_WRONLY | O_APPEND | O_CREAT | O_EXCL)
            let begun = LogPosition(part: position.part + 1, start: end, inode: try next.status().inode)
            note(begun.line(size))
            try writeSizes()
            try folders.hidden.rotate(OutputLog.name, keep: limits.keep, to: OutputLog.nextName)
            position = begun
            file = next
        } catch {
            rotateAt = partBytes + max(limits.rotateBytes / 8, 1)
            return
        }
        partBytes = 0
        rotateAt = limits.rotateBytes
        forgetOldSizes(in: folders)
        publishAll(in: folders)
    }

    /// Leaves out the lines of parts that are gone; when it can't be done now, at a later rotation.
    private mutating func forgetOldSizes(in folders: borrowing SessionFolders) {
        let oldest = position.part - limits.keep
        guard oldest > 0,
            let known = try? folders.hidden.read(OutputLog.sizesName, most: OutputLog.sizesBytesMax)
        else { return }
        let lines = known.split(separator: 0x0A)
        guard let first = lines.firstIndex(where: { LogPosition(line: $0)?.part == oldest }), first > 0 else {
            return
        }
        do {
            try folders.hidden.remove(OutputLog.nextSizesName)
            let next = try folders.hidden.open(
                OutputLog.nextSizesName, O_WRONLY | O_APPEND | O_CREAT | O_EXCL)
            try next.writeAll(Array(lines[first...].joined(separator: [0x0A])) + [0x0A])
            try folders.hidden.rename(OutputLog.nextSizesName, to: folders.hidden, OutputLog.sizesName)
            sizes = next
        } catch {
            try? folders.hidden.remove(OutputLog.nextSizesName)
        }
    }

    /// Removes what a keeper left that was cut short, and parts past those that are to be kept by now.
    private borrowing func clean(_ folders: borrowing SessionFolders) {
        for name in [OutputLog.nextName, OutputLog.nextSizesName] { folders.remove(name) }
        for part in OutputLog.olderParts(in: folders) where part > limits.keep {
            folders.remove("\(OutputLog.name).\(part)")
        }
    }

    /// The numbers of the parts that were put aside, oldest first.
    private static func olderParts(in folders: borrowing SessionFolders) -> [Int] {
        let names = (try? folders.hidden.names()) ?? []
        return names.filter { $0.hasPrefix("\(name).") }.compactMap { Int($0.dropFirst(name.count + 1)) }
            .sorted(by: >)
    }
}
