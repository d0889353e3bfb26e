internal import CLinux
internal import Glibc

/// What reading until there is no more for now came to.
public struct Gathered: Equatable, Sendable {
    /// The number of bytes read.
    public let count: Int
    /// Whether nothing more can come: the end of a file, or EIO of a terminal without a slave.
    public let isEnded: Bool

    /// Nothing was there.
    public static let nothing = Gathered(count: 0, isEnded: false)
    /// Nothing was there, and nothing can come.
    public static let ended = Gathered(count: 0, isEnded: true)
}

extension Descriptor {
    /// Reads, call after call, until `buffer` is full, nothing is there, or nothing more can come.
    ///
    /// For a terminal's master, one read(2) of which gives about 4 kB however large the buffer is.
    public borrowing func gather(
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(SystemError) -> Gathered {
        let number = number
        var count = 0
        while count < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
            let got = retrying { Glibc.read(number, rest.baseAddress, rest.count) }
            if got > 0 {
                count += got
            } else if got == 0 || errno == EIO {
                return Gathered(count: count, isEnded: true)
            } else if errno == EAGAIN {
                break
            } else {
                throw .last("read")
            }
        }
        return Gathered(count: count, isEnded: false)
    }

    /// Copies the next `count` bytes to where `target` is; false when the file ends before, or on any failure.
    ///
    /// The kernel copies, and only shares the blocks where the file system can.
    public borrowing func copy(_ count: Int, to target: borrowing Descriptor) -> Bool {
        let (from, to) = (number, target.number)
        var left = count
        while left > 0 {
            let rest = left
            let copied = retrying { clinux_copy_file_range(from, to, rest) }
            guard copied > 0 else { return false }
            left -= copied
        }
        return true
    }

    /// Writes all of `bytes` at `offset`, in one call when the file system allows.
    public borrowing func write(_ bytes: [UInt8], at offset: Int64) throws(SystemError) {
        let number = number
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes { all in
                let rest = UnsafeRawBufferPointer(rebasing: all[done...])
                return retrying { pwrite(number, rest.baseAddress, rest.count, off_t(offset) + off_t(done)) }
            }
            guard put >= 0 else { throw .last("pwrite") }
            done += put
        }
    }
}

extension Folder {
    /// Makes this the process's working folder.
    public borrowing func enter() throws(SystemError) {
        let number = descriptor.number
        try check("fchdir") { fchdir(number) }
    }

    /// The folder's absolute path as /proc tells it; nil when it was removed.
    public borrowing func path() -> String? {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/fd/\(descriptor.number)", &buffer, buffer.count)
        guard count > 0 else { return nil }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.hasSuffix(" (deleted)") ? nil : path
    }

    /// Makes a symbolic link to `target`, replacing what has the name.
    public borrowing func symbolicLink(_ name: String, to target: String) throws(SystemError) {
        let temporary = Folder.temporaryName(for: name)
        try remove(temporary)
        let number = descriptor.number
        try check("symlink", name) { symlinkat(target, number, temporary) }
        try check("rename", name) { renameat(number, temporary, number, name) }
    }
}

extension Ending {
    /// Whether this process has any child.
    public static var hasChildren: Bool { clinux_has_children() != 0 }
}
