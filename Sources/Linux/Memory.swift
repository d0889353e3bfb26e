internal import CLinux
internal import Glibc

extension Descriptor {
    /// A file in memory, memfd_create(2), that holds `bytes` and stands at its beginning; `name` shows in /proc.
    public static func memory(_ name: String, _ bytes: [UInt8]) throws(SystemError) -> Descriptor {
        let file = Descriptor(adopting: try check("memfd_create", name) { clinux_memfd(name) })
        try file.writeAll(bytes)
        let number = file.number
        try check("lseek") { lseek(number, 0, SEEK_SET) }
        return file
    }
}
