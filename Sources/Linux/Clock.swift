internal import CLinux

/// The clocks that claudia reads.
public enum Clock {
    /// Nanoseconds of CLOCK_BOOTTIME: goes on through suspend, never jumps; for time-outs.
    public static var bootNs: Int64 { clinux_boot_time() }

    /// Milliseconds since 1970: may jump; for what people read.
    public static var realMs: Int64 { clinux_real_time() / 1_000_000 }
}
