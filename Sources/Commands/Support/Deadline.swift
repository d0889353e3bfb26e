internal import Linux

/// Moments of `Clock.bootNs` by which something must have come.
enum Deadline {
    /// So many nanoseconds from now; never past the clock's range.
    static func inNs(_ ns: Int64) -> Int64 {
        let (moment, over) = Clock.bootNs.addingReportingOverflow(ns)
        return over ? .max : moment
    }

    /// So many seconds from now.
    static func inSeconds(_ seconds: Double) -> Int64 {
        inNs(seconds >= 9e9 ? .max : Int64(max(0, seconds) * 1e9))
    }
}
