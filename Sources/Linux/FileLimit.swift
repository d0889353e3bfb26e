internal import CLinux

/// How many files this process may have open, RLIMIT_NOFILE of getrlimit(2).
public enum FileLimit {
    /// Takes as many as the hard limit allows; programs that this one starts get what it was started with.
    ///
    /// A wish: where it isn't granted, the limit stays.
    public static func raise() { _ = clinux_raise_file_limit() }
}
