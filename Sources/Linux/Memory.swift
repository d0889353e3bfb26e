internal import CLinux
internal import Glibc

/// This process's own memory.
public enum Memory {
    /// Gives back what only the start of a long-lived program needed.
    public static func settle() { clinux_settle_memory() }
}

extension Descriptor {
    /// Whether it is a file in memory, which no reader ever waits for; only such have seals (F_GET_SEALS, fcntl(2)).
    public var isMemory: Bool { clinux_seals(number) >= 0 }

    /// A file in memory, memfd_create(2), that holds `bytes` and stands at its beginning; `name` shows in
    /// /proc.
    public static func memory(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> Descriptor {
        let file = Descriptor(adopting: try check("memfd_create", name) { clinux_memfd(name) })
        try file.writeAll(bytes)
        let number = file.number
        try check("lseek") { lseek(number, 0, SEEK_SET) }
        return file
    }
}
