internal import FoundationEssentials
internal import Glibc
internal import Linux
internal import Store

/// Standard output and error: the answer goes to the one, notices to the other.
enum Console {
    /// Writes to standard output, which may not be taking bytes at the moment.
    static func out(_ text: String) throws(CommandError) { try out(Array(text.utf8)) }

    /// Writes bytes to standard output as they are.
    static func out(_ bytes: [UInt8]) throws(CommandError) {
        if let number = write(bytes, to: 1) {
            throw CommandError("Standard output can't be written: \(String(cString: strerror(number)))")
        }
    }

    /// Writes a line to standard output; what is in it was made safe before.
    static func line(_ text: String = "") throws(CommandError) { try out(text + "\n") }

    /// Tells something beside the answer, on standard error; `text` is made safe here.
    static func notice(_ text: String) { _ = write(Array((PlainText.line(text) + "\n").utf8), to: 2) }

    /// Writes to standard error what was made safe before.
    static func error(_ text: String) { _ = write(Array(text.utf8), to: 2) }

    /// Whether `number` is a terminal.
    static func isTerminal(_ number: CInt) -> Bool { isatty(number) == 1 }

    /// The columns of standard output's terminal; nil when it is none.
    static var width: Int? {
        guard isTerminal(1) else { return nil }
        let output = Descriptor(adopting: 1)
        let columns = output.terminalSize().map { Int($0.columns) }
        _ = output.release()
        return columns.flatMap { $0 > 0 ? $0 : nil } ?? 80
    }

    /// Whether standard output takes colours: a terminal that isn't dumb, and no NO_COLOR (no-color.org).
    static var colours: Bool { isTerminal(1) && wantsColours(Environment.all) }

    /// What the environment says of colours.
    static func wantsColours(_ environment: [String: String]) -> Bool {
        environment["NO_COLOR", default: ""].isEmpty && environment["TERM"] != "dumb"
            && environment["TERM"] != nil
    }

    /// The errno of a write that failed, or nil.
    private static func write(_ bytes: [UInt8], to number: CInt) -> CInt? {
        var done = 0
        while done < bytes.count {
            let put = bytes.withUnsafeBytes { all in
                Glibc.write(number, all.baseAddress.map { $0 + done }, all.count - done)
            }
            if put >= 0 {
                done += put
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }
}

/// This process's environment.
enum Environment {
    /// Every variable.
    static var all: [String: String] { ProcessInfo.processInfo.environment }

    /// One variable; nil when it isn't set.
    static func value(_ name: String) -> String? { all[name] }
}
