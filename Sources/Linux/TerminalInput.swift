internal import CLinux
internal import Glibc

/// How a terminal's line discipline takes what is typed.
public enum TerminalInput: Equatable, Sendable {
    /// Byte by byte.
    case bytes
    /// In lines, of which it holds 4,095 bytes and drops the rest (N_TTY_BUF_SIZE); `end` hands over what is
    /// there without a newline (VEOF), nil when that is switched off.
    case lines(end: UInt8?)
}

extension Descriptor {
    /// How the terminal takes what is typed now.
    public borrowing func terminalInput() -> TerminalInput {
        switch clinux_line_end(number) {
        case -1: .bytes
        case -2: .lines(end: nil)
        case let end: .lines(end: UInt8(truncatingIfNeeded: end))
        }
    }
}

extension Descriptor {
    /// How many bytes were typed into a terminal that no program has read yet, by its slave.
    public borrowing func unreadInput() -> Int {
        var count: CInt = 0
        return ioctl(number, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }
}

extension PseudoTerminal {
    /// Opens the slave; as long as it is open, the master sees no hang-up.
    public borrowing func openSlave() throws(SystemError) -> Descriptor {
        let path = slavePath
        return Descriptor(adopting: try check("open", path) { clinux_open_terminal(path) })
    }
}
