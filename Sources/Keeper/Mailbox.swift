internal import Glibc
internal import KeeperProtocol
internal import Linux

/// The mailbox `input` in the public folder: what is put in comes out once, in order.
struct Mailbox: ~Copyable {
    /// What a look brought.
    struct Batch {
        /// Whole lines, newlines included.
        var lines: ArraySlice<UInt8> = []
        /// What could not be taken, in a sentence.
        var problem: String?
        /// Whether there may be more at once.
        var hasMore = false
        /// Whether all was taken, but stays in the file, since somebody has that open.
        var isLeft = false
    }

    static let name = "input"
    static let staleName = "input.stale"
    /// The name of the record in the private folder.
    static let deliveredName = "delivered"

    private var state = MailboxState()
    private let delivered: Descriptor
    private let lock: FileLock
    /// Whether what comes up to the next newline belongs to a line that was too long.
    private var isInLongLine = false
    /// How much of the mailbox was put in before the agent ran; nil before the first look.
    private var staleEnd: Int64?
    /// How the mailbox looked when it was left with something in it.
    private var left: Sight?

    /// A mailbox as it was left.
    private struct Sight: Equatable {
        let file: FileStatus
        /// Whether somebody may have had it open for writing.
        let hasWriter: Bool
    }

    /// The number of the last prompt that was typed.
    var promptsTyped: UInt32 { state.record.promptsTyped }

    /// Opens the record of what was delivered; nil when another keeper of the session has it.
    init?(in folder: borrowing Folder) throws(SystemError) {
        let file = try folder.open(Mailbox.deliveredName, O_RDWR | O_CREAT)
        let bytes = try file.read(at: 0, most: DeliveredRecord.byteCount)
        guard let lock = try FileLock(try file.duplicate()) else { return nil }
        self.lock = lock
        delivered = file
        state.record = DeliveredRecord(decoding: bytes) ?? DeliveredRecord()
    }

    /// Records, before it is typed, that the prompt `number` is.
    mutating func willType(prompt number: UInt32) throws(SystemError) {
        state.record.promptsTyped = number
        try delivered.write(state.record.encoded(), at: 0)
    }

    /// Moves the next piece of what was put in before the agent ran to `input.stale`, and makes the mailbox if it
    /// isn't there.
    ///
    /// True when all of it is moved. What was there at the first call counts as put in before.
    mutating func moveStale(in folder: borrowing Folder) throws(SystemError) -> Bool {
        if let seen = try folder.status(Mailbox.name), seen.kind != .file { return true }
        guard let file = try open(in: folder) else { return true }
        let isAlone = FileLease.takeWrite(file) == .granted
        defer { if isAlone { FileLease.give(file) } }
        let status = try file.status()
        let offset = begin(file, status)
        let end = min(staleEnd ?? status.size, status.size)
        staleEnd = end
        let count = min(Int(max(0, end - offset)), MailboxState.batchBytesMax)
        let bytes = try file.read(at: offset, most: count)
        let isLast = offset + Int64(bytes.count) >= end
        // A line without its newline may yet be gone on with by who has the file open.
        let isWhole = !isLast || (isAlone && end == status.size)
        let newline = bytes.lastIndex(of: 0x0A)
        let taken = isWhole ? bytes[...] : bytes[..<(newline.map { $0 + 1 } ?? 0)]
        if let last = taken.last {
            try putStale(isLast && last != 0x0A ? taken + [0x0A] : taken, in: folder)
            state.advance(over: taken)
            isInLongLine = !isLast && last != 0x0A
            try delivered.write(state.record.encoded(), at: 0)
        }
        if isAlone, state.record.offset == status.size { try empty(file) }
        return isLast
    }

    /// Takes what has come in, recorded as delivered before it is returned.
    ///
    /// Under a lease, and out of the file, when nobody else has it open; else it is taken out at a later
    /// look. A mailbox that is as it was left isn't opened for writing: closing it again is an event
    /// (IN_CLOSE_WRITE, inotify(7)) that asks for the next look.
    mutating func look(in folder: borrowing Folder) throws(SystemError) -> Batch {
        guard let seen = try folder.status(Mailbox.name) else {
            _ = try open(in: folder)
            return Batch()
        }
        guard seen.kind == .file else { return Batch(problem: "“input” is no ordinary file: remove it.") }
        guard seen.size > 0 else { return Batch() }
        let isSame = seen == left?.file
        if isSame {
            guard left?.hasWriter == true, try !Mailbox.isBeingWritten(in: folder) else { return Batch() }
        }
        guard let file = try open(in: folder) else { return Batch() }
        let isAlone = FileLease.takeWrite(file) == .granted
        defer { if isAlone { FileLease.give(file) } }
        let saved = state
        do {
            // Told before the read: what is put in during it must look new to the next look.
            let status = try file.status()
            let batch = try take(file, status, isAlone: isAlone, in: folder)
            left = batch.hasMore ? nil : Sight(file: status, hasWriter: !isAlone && !isSame)
            return batch
        } catch {
            state = saved
            throw error
        }
    }

    /// Whether somebody has the mailbox open for writing.
    private static func isBeingWritten(in folder: borrowing Folder) throws(SystemError) -> Bool {
        let file = try folder.open(Mailbox.name, O_RDONLY | O_NONBLOCK | O_NOCTTY)
        return FileLease.takeRead(file) == .busy
    }

    private mutating func take(
        _ file: borrowing Descriptor, _ status: FileStatus, isAlone: Bool, in folder: borrowing Folder
    ) throws(SystemError) -> Batch {
        let offset = begin(file, status)
        let there = Int(status.size - offset)
        var bytes = try file.read(at: offset, most: min(there, MailboxState.batchBytesMax))
        if !isInLongLine, there > bytes.count, !bytes.contains(0x0A) {
            bytes = try file.read(at: offset, most: min(there, MailboxState.lineBytesMax))
        }
        var batch = Batch(lines: state.take(bytes))
        if isInLongLine || (batch.lines.isEmpty && bytes.count == MailboxState.lineBytesMax) {
            try passLongLine(&batch, bytes, in: folder)
        }
        if state.record.offset > offset { try delivered.write(state.record.encoded(), at: 0) }
        batch.hasMore = bytes.count < there
        if state.record.offset == status.size {
            if isAlone { try empty(file) } else { batch.isLeft = true }
        }
        return batch
    }

    /// Takes out what was taken before, once nobody else has the file open: whether nothing is left to take out.
    mutating func clear(in folder: borrowing Folder) throws(SystemError) -> Bool {
        guard state.record.offset > 0, let file = try open(in: folder) else { return true }
        guard FileLease.takeWrite(file) == .granted else { return false }
        defer { FileLease.give(file) }
        let status = try file.status()
        if begin(file, status) == status.size, status.size > 0 { try empty(file) }
        return true
    }

    private mutating func begin(_ file: borrowing Descriptor, _ status: FileStatus) -> Int64 {
        // Read beforehand, since a descriptor can't be lent to a closure.
        let count = Int64(min(MailboxState.beforeBytesMax, Int(state.record.offset)))
        let there = try? file.read(at: state.record.offset - count, most: Int(count))
        return state.begin(status) { _, before in
            there.map { $0.suffix(before.count).elementsEqual(before) } ?? true
        }
    }

    /// A line of more than a batch goes to `input.stale`, in as many pieces as it takes.
    private mutating func passLongLine(
        _ batch: inout Batch, _ bytes: [UInt8], in folder: borrowing Folder
    ) throws(SystemError) {
        if !isInLongLine {
            let limit = MailboxState.lineBytesMax
            batch.problem =
                "A line of more than \(limit) bytes was not typed; it lies in “\(Mailbox.staleName)”."
        }
        guard let newline = batch.lines.firstIndex(of: 0x0A) else {
            try putStale(bytes[...], in: folder)
            state.advance(over: bytes[...])
            isInLongLine = true
            return
        }
        try putStale(batch.lines[...newline], in: folder)
        batch.lines = batch.lines[(newline + 1)...]
        isInLongLine = false
    }

    private mutating func empty(_ file: borrowing Descriptor) throws(SystemError) {
        try file.truncate(to: 0)
        state.emptied()
        try delivered.write(state.record.encoded(), at: 0)
    }

    /// Puts lines that aren't typed where a person finds them.
    func putStale(_ bytes: ArraySlice<UInt8>, in folder: borrowing Folder) throws(SystemError) {
        let stale = try folder.open(Mailbox.staleName, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK)
        try stale.writeAll(Array(bytes))
        try stale.sync()
    }

    /// The open mailbox; nil where it was just made, or can't be because the folder is gone.
    private func open(in folder: borrowing Folder) throws(SystemError) -> Descriptor? {
        do {
            return try folder.open(Mailbox.name, O_RDWR | O_NONBLOCK | O_NOCTTY)
        } catch {
            guard error.number == ENOENT else { throw error }
        }
        do {
            _ = try folder.open(Mailbox.name, O_RDWR | O_CREAT | O_EXCL)
        } catch {
            guard [ENOENT, ESTALE, EEXIST].contains(error.number) else { throw error }
        }
        return nil
    }
}
