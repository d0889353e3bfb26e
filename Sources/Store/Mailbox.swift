internal import Glibc
public import Linux

/// The mailbox `input` of a session: what is put in is typed to the agent.
public enum Mailbox {
    /// Where appended lines end: they were taken when the file is another, shorter, or was taken up to `end`.
    public struct Receipt: Equatable, Sendable {
        /// The file that they were appended to.
        public let inode: UInt64
        /// The offset after their last byte.
        public let end: Int64
    }

    /// Appends whole lines; `bytes` end in a newline.
    ///
    /// Waits while the keeper takes lines out. A text that somebody left without a newline at the end becomes
    /// a line of its own. After a failure (a full disk) the file holds nothing of `bytes`.
    public static func append(
        _ bytes: [UInt8], to session: borrowing Folder
    ) throws(StoreError) -> Receipt {
        precondition(bytes.last == 0x0A, "the mailbox takes whole lines")
        // O_RDWR: opening a FIFO for writing alone would wait for a reader.
        let file: Descriptor
        do {
            file = try session.open(FileNames.input, O_RDWR | O_APPEND | O_CREAT | O_NOCTTY)
        } catch {
            if error.number == ELOOP { throw .refused(FileNames.input, "is a symbolic link") }
            throw .system(error)
        }
        return try append(bytes, to: file)
    }

    private static func append(
        _ bytes: [UInt8], to file: borrowing Descriptor
    ) throws(StoreError) -> Receipt {
        do throws(SystemError) {
            let before = try file.status()
            if before.kind == .file {
                let last = before.size > 0 ? try file.read(at: before.size - 1, most: 1) : []
                try write((last == [] || last == [0x0A] ? [] : [0x0A]) + bytes, to: file)
                return Receipt(inode: before.inode, end: try file.position())
            }
        } catch {
            throw .system(error)
        }
        throw .refused(FileNames.input, "is no regular file")
    }

    private static func write(_ bytes: [UInt8], to file: borrowing Descriptor) throws(SystemError) {
        var written = 0
        do throws(SystemError) {
            while written < bytes.count { written += try file.write(bytes[written...]) }
        } catch {
            // Nobody else's line may be joined to half of this one.
            if written > 0, let end = try? file.position(), let now = try? file.status(), now.size == end {
                try? file.truncate(to: end - Int64(written))
            }
            throw error
        }
    }

    /// The line that has `text` typed: as it is, or as a JSON string when it would be read as something else.
    public static func line(typing text: String) -> [UInt8] {
        let first = text.unicodeScalars.first
        let isPlain =
            first != nil && first != "\"" && first != "{"
            && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        return Array((isPlain ? text : JSONText.quoted(text)).utf8) + [0x0A]
    }

    /// The line that answers the question `id`.
    public static func line(answering text: String, to id: String) -> [UInt8] {
        Array("{\"answer\": \(JSONText.quoted(text)), \"to\": \(JSONText.quoted(id))}\n".utf8)
    }

    /// The line that has keys pressed, by tmux's names.
    public static func line(pressing keys: [String]) -> [UInt8] {
        Array("{\"keys\": [\(keys.map(JSONText.quoted).joined(separator: ", "))]}\n".utf8)
    }
}
