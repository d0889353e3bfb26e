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

    /// The end of the log, counted from the session's first byte.
    var end: Int64 { position.start + partBytes }

    /// Opens the log of the session, old or new, in which the terminal now has `size`.
    init(in folders: borrowing SessionFolders, _ limits: Limits, size: TerminalSize) throws(SystemError) {
        var known: [UInt8] = []
        if try folders.hidden.status(OutputLog.sizesName) != nil {
            known = try folders.hidden.read(OutputLog.sizesName, most: OutputLog.sizesBytesMax)
        }
        let parts = known.split(separator: 0x0A).compactMap { LogPosition(line: $0) }
        let (position, needsLine) = LogPosition.resume(
            parts, currentBytes: try folders.hidden.status(OutputLog.name)?.size,
            previousBytes: try folders.hidden.status("\(OutputLog.name).1")?.size)
        let file = try folders.hidden.open(OutputLog.name, O_WRONLY | O_APPEND | O_CREAT)
        let bytes = try file.status().size
        let sizes = try folders.hidden.open(OutputLog.sizesName, O_WRONLY | O_APPEND | O_CREAT)
        self.limits = Limits(rotateBytes: max(limits.rotateBytes, 1), keep: max(limits.keep, 0))
        self.position = position
        self.partBytes = bytes
        self.rotateAt = self.limits.rotateBytes
        self.size = size
        self.sizes = sizes
        self.file = file
        if let last = known.last, last != 0x0A { unwrittenSizes = [0x0A] }
        if needsLine { note(LogPosition.line(offset: position.start, size: size, part: position.part)) }
        note(LogPosition.line(offset: end, size: size))
        try? writeSizes()
        publishAll(in: folders)
    }

    /// Appends bytes: how many, and what was in the way of the rest.
    mutating func append(
        _ bytes: UnsafeRawBufferPointer, in folders: borrowing SessionFolders
    ) -> (written: Int, problem: SystemError?) {
        var done = 0
        do {
            try writeSizes()
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
    borrowing func publishAll(in folders: borrowing SessionFolders) {
        for part in stride(from: limits.keep, to: 0, by: -1) { folders.publish("\(OutputLog.name).\(part)") }
        folders.publish(OutputLog.name)
        folders.publish(OutputLog.sizesName)
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
    private mutating func rotate(in folders: borrowing SessionFolders) throws(SystemError) {
        let temporary = ".\(OutputLog.name).new"
        do {
            try folders.hidden.remove(temporary)
            let next = try folders.hidden.open(temporary, O_WRONLY | O_APPEND | O_CREAT | O_EXCL)
            try putAside(in: folders)
            try folders.hidden.rename(temporary, to: folders.hidden, OutputLog.name)
            file = next
        } catch {
            rotateAt = partBytes + max(limits.rotateBytes / 8, 1)
            return
        }
        position = LogPosition(part: position.part + 1, start: end)
        partBytes = 0
        rotateAt = limits.rotateBytes
        note(LogPosition.line(offset: position.start, size: size, part: position.part))
        try writeSizes()
        forgetOldSizes(in: folders)
        publishAll(in: folders)
    }

    private borrowing func putAside(in folders: borrowing SessionFolders) throws(SystemError) {
        guard limits.keep > 0 else { return }
        for part in stride(from: limits.keep - 1, to: 0, by: -1) {
            try? folders.hidden.rename(
                "\(OutputLog.name).\(part)", to: folders.hidden, "\(OutputLog.name).\(part + 1)")
        }
        try folders.hidden.rename(OutputLog.name, to: folders.hidden, "\(OutputLog.name).1")
    }

    /// Leaves out the lines of parts that are gone.
    private mutating func forgetOldSizes(in folders: borrowing SessionFolders) {
        let oldest = position.part - limits.keep
        guard oldest > 0,
            let known = try? folders.hidden.read(OutputLog.sizesName, most: OutputLog.sizesBytesMax)
        else { return }
        let lines = known.split(separator: 0x0A)
        guard let first = lines.firstIndex(where: { LogPosition(line: $0)?.part == oldest }), first > 0,
            (try? folders.hidden.replace(
                OutputLog.sizesName, with: Array(lines[first...].joined(separator: [0x0A])) + [0x0A],
                durable: false)) != nil,
            let file = try? folders.hidden.open(OutputLog.sizesName, O_WRONLY | O_APPEND)
        else { return }
        sizes = file
    }
}
