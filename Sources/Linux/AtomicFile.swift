internal import CLinux
internal import Glibc

extension Folder {
    /// Replaces the file `name` whole: temporary file in the same folder, then rename(2).
    ///
    /// A reader sees the old content or the new, never a part. With `durable`, file and folder are synced, so
    /// that after a power cut too it is one of the two. `name` is one name; mode 0600.
    public borrowing func replace(
        _ name: String, with bytes: [UInt8], durable: Bool
    ) throws(SystemError) {
        let temporary = Folder.temporaryName(for: name)
        try remove(temporary)
        do {
            let file = try open(temporary, O_WRONLY | O_CREAT | O_EXCL)
            try file.writeAll(bytes)
            if durable { try file.sync() }
            try rename(temporary, to: self, name)
        } catch {
            try? remove(temporary)
            throw SystemError(error.number, error.call, name)
        }
        if durable { try sync() }
    }

    /// The name of `name`'s temporary file: hidden, and the writer's own, since each file has one writer.
    public static func temporaryName(for name: String) -> String { ".\(name).new" }
}
