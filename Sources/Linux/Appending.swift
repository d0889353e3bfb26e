internal import Glibc

extension Descriptor {
    /// Where the next read or write takes place; after an appending write: the end of what it wrote.
    public borrowing func position() throws(SystemError) -> Int64 {
        let number = number
        return Int64(try check("lseek") { lseek(number, 0, SEEK_CUR) })
    }

    /// One write(2) of `bytes`: how many were taken, fewer than all when the disk is full.
    public borrowing func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        let number = number
        let put = bytes.withUnsafeBytes { all in
            retrying { Glibc.write(number, all.baseAddress, all.count) }
        }
        guard put >= 0 else { throw .last("write") }
        return put
    }
}
