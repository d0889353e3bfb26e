internal import Glibc

/// An exclusive flock(2): held as long as the value lives, and by the kernel's word gone with the process.
public struct FileLock: ~Copyable, Sendable {
    private let file: Descriptor

    /// Locks `file`; nil when another process holds the lock.
    public init?(_ file: consuming Descriptor) throws(SystemError) {
        let number = file.number
        if retrying({ flock(number, LOCK_EX | LOCK_NB) }) < 0 {
            if errno == EWOULDBLOCK { return nil }
            throw .last("flock")
        }
        self.file = file
    }
}
