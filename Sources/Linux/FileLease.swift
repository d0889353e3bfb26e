internal import CLinux
internal import Glibc

/// Leases on files, fcntl(2) F_SETLEASE: granted only while nobody else has the file open.
public enum FileLease {
    /// What asking for a lease told.
    public enum Answer: Equatable, Sendable {
        /// Nobody else has the file open, and a later opener waits until the lease is given back.
        case granted
        /// Somebody has it open (for writing, where a read lease was asked for).
        case busy
        /// The file system, or not being the owner, doesn't allow leases.
        case unsupported
    }

    /// Asks for a write lease on `file`, opened for writing.
    public static func takeWrite(_ file: borrowing Descriptor) -> Answer { take(file, "w") }

    /// Asks for a read lease on `file`, opened read-only: refused while somebody has it open for writing.
    public static func takeRead(_ file: borrowing Descriptor) -> Answer { take(file, "r") }

    /// Gives a lease back.
    public static func give(_ file: borrowing Descriptor) {
        _ = clinux_lease(file.number, CChar(UInt8(ascii: "u")))
    }

    private static func take(_ file: borrowing Descriptor, _ kind: Unicode.Scalar) -> Answer {
        // A blocked opener is told to this process by SIGIO, whose default action is to end it.
        Signals.ignore(SIGIO)
        if clinux_lease(file.number, CChar(UInt8(ascii: kind))) == 0 { return .granted }
        return errno == EAGAIN ? .busy : .unsupported
    }
}
