internal import Glibc

/// The one owner of an open file descriptor, which closes it.
///
/// `number` is lent for the length of one call; nobody stores it.
public struct Descriptor: ~Copyable, Sendable {
    /// The descriptor's number.
    public let number: CInt

    /// Takes over `number`, which must be open and owned by nobody else.
    public init(adopting number: CInt) {
        precondition(number >= 0, "a descriptor's number is never negative")
        self.number = number
    }

    deinit { _ = Glibc.close(number) }

    /// Gives the number away, unclosed.
    public consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }

    /// A second descriptor of the same open file, at `lowest` or above, closed on exec.
    public borrowing func duplicate(from lowest: CInt = 3) throws(SystemError) -> Descriptor {
        let number = number
        return Descriptor(adopting: try check("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, lowest) })
    }

    /// Reads at most `count` bytes; nil when nothing is there yet (EAGAIN), empty at the end.
    public borrowing func read(most count: Int) throws(SystemError) -> [UInt8]? {
        let number = number
        let (bytes, error) = Descriptor.filled(count) { Glibc.read(number, $0.baseAddress, $0.count) }
        if error == EAGAIN { return nil }
        if error != 0 { throw SystemError(error, "read") }
        return bytes
    }

    /// Reads into the whole of `buffer`: the number of bytes, 0 at the end, nil for EAGAIN.
    public borrowing func read(into buffer: inout [UInt8]) throws(SystemError) -> Int? {
        let number = number
        let got = buffer.withUnsafeMutableBytes { bytes in
            retrying { Glibc.read(number, bytes.baseAddress, bytes.count) }
        }
        if got >= 0 { return got }
        if errno == EAGAIN { return nil }
        throw .last("read")
    }

    /// Writes what fits of `bytes`: the number of bytes, or nil for EAGAIN.
    public borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) -> Int? {
        let number = number
        let put = retrying { Glibc.write(number, bytes.baseAddress, bytes.count) }
        if put >= 0 { return put }
        if errno == EAGAIN { return nil }
        throw .last("write")
    }

    /// Writes all of `bytes` to a descriptor that blocks.
    public borrowing func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        let number = number
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes { all in
                let rest = UnsafeRawBufferPointer(rebasing: all[done...])
                return retrying { Glibc.write(number, rest.baseAddress, rest.count) }
            }
            guard put >= 0 else { throw .last("write") }
            done += put
        }
    }

    /// Reads from the present position to the end; throws EFBIG past `most` bytes.
    public borrowing func readToEnd(most: Int) throws(SystemError) -> [UInt8] {
        var all: [UInt8] = []
        while let chunk = try read(most: 65_536), !chunk.isEmpty {
            guard all.count + chunk.count <= most else { throw SystemError(EFBIG, "read") }
            all += chunk
        }
        return all
    }

    /// Reads at most `count` bytes at `offset`; fewer at the end.
    public borrowing func read(at offset: Int64, most count: Int) throws(SystemError) -> [UInt8] {
        let number = number
        let (bytes, error) = Descriptor.filled(count) {
            pread(number, $0.baseAddress, $0.count, off_t(offset))
        }
        if error != 0 { throw SystemError(error, "pread") }
        return bytes
    }

    /// As many bytes as `read` put into memory for `count`, which is not cleared before; or its errno, else 0.
    private static func filled(
        _ count: Int, _ read: (UnsafeMutableBufferPointer<UInt8>) -> Int
    ) -> (bytes: [UInt8], error: CInt) {
        var error: CInt = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            let got = retrying { read(buffer) }
            if got < 0 { error = errno }
            filled = max(got, 0)
        }
        return (bytes, error)
    }

    /// Makes the file `size` bytes long.
    public borrowing func truncate(to size: Int64) throws(SystemError) {
        let number = number
        try check("ftruncate") { ftruncate(number, off_t(size)) }
    }

    /// Waits until content and size are on the disk.
    public borrowing func sync() throws(SystemError) {
        let number = number
        try check("fsync") { fsync(number) }
    }

    /// What fstat(2) tells.
    public borrowing func status() throws(SystemError) -> FileStatus {
        let number = number
        var info = stat()
        try check("fstat") { fstat(number, &info) }
        return FileStatus(info)
    }
}

/// Repeats `call` while a signal interrupts it.
func retrying<Result: FixedWidthInteger & SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}
