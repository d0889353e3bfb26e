internal import CLinux
internal import Glibc

/// Signals that arrive as input, signalfd(2).
public struct SignalQueue: ~Copyable {
    /// Readable while a signal is pending.
    public let descriptor: Descriptor

    /// Blocks `signals` for this thread and those it starts, and queues them here.
    public init(_ signals: [CInt]) throws(SystemError) {
        try check("sigprocmask") { clinux_block_signals(signals, CInt(signals.count)) }
        descriptor = Descriptor(
            adopting: try check("signalfd") { clinux_signalfd(signals, CInt(signals.count)) })
    }

    /// The next signal, or nil when none is pending.
    public borrowing func next() throws(SystemError) -> CInt? {
        let number = descriptor.number
        let signal = try check("read", "signalfd") { clinux_signalfd_next(number) }
        return signal == 0 ? nil : signal
    }
}

/// What can be said of signals.
public enum Signals {
    /// Lets a write to a closed pipe or socket fail with EPIPE instead of ending the process.
    public static func ignore(_ signal: CInt) { _ = clinux_ignore_signal(signal) }

    /// A signal's name, such as "SIGTERM"; "SIG34" and the like for those without one.
    public static func name(_ signal: CInt) -> String {
        guard let name = clinux_signal_name(signal) else { return "SIG\(signal)" }
        return "SIG" + String(cString: name)
    }

    /// The number of the signal called `name`, with or without "SIG", in any case.
    public static func number(_ name: String) -> CInt? {
        let wanted = name.uppercased()
        return (1..<clinux_signal_count()).first { signal in
            let known = Signals.name(signal)
            return known == wanted || known == "SIG" + wanted
        }
    }
}
