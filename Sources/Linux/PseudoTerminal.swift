internal import CLinux
internal import Glibc

/// The master of a pseudo-terminal, pty(7).
public struct PseudoTerminal: ~Copyable {
    /// Non-blocking; reading ends with EIO, not with 0, when the last slave is closed.
    public let master: Descriptor
    /// The slave's path, such as "/dev/pts/3".
    public let slavePath: String

    /// Opens a new pseudo-terminal of `size`.
    public init(size: TerminalSize) throws(SystemError) {
        var path = [CChar](repeating: 0, count: 64)
        let master = Descriptor(adopting: try check("openpt") { clinux_openpt(&path, 64) })
        try master.setTerminalSize(size)
        slavePath = path.withUnsafeBufferPointer { pointer in
            String(decoding: pointer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
        self.master = master
    }
}

/// The size of a terminal, in character cells.
public struct TerminalSize: Equatable, Sendable {
    /// Cells in a row.
    public var columns: UInt16
    /// Rows.
    public var rows: UInt16

    /// What a terminal that nobody looks at has: 120 by 40.
    public static let unattached = TerminalSize(columns: 120, rows: 40)

    /// A size.
    public init(columns: UInt16, rows: UInt16) {
        self.columns = columns
        self.rows = rows
    }
}

extension Descriptor {
    /// Sets a terminal's size; its foreground processes get SIGWINCH when it differs.
    public borrowing func setTerminalSize(_ size: TerminalSize) throws(SystemError) {
        let number = number
        try check("ioctl", "TIOCSWINSZ") { clinux_set_size(number, size.columns, size.rows) }
    }

    /// A terminal's size; nil when this is no terminal.
    public borrowing func terminalSize() -> TerminalSize? {
        var size = TerminalSize(columns: 0, rows: 0)
        return clinux_get_size(number, &size.columns, &size.rows) == 0 ? size : nil
    }
}

/// A terminal whose bytes come as they are typed, until `restore` is called.
public struct RawTerminal {
    private let number: CInt
    private let hearsOnly: CInt
    private let saved: [UInt8]

    /// Makes the terminal `number` (0: standard input) raw, cfmakeraw(3); throws ENOTTY when it is none.
    ///
    /// Where it `hearsOnly`, keys still make signals and what is written looks as before; only lines aren't waited
    /// for, and nothing is echoed. That never waits, however long the terminal stands still.
    public init(_ number: CInt, hearsOnly: Bool = false) throws(SystemError) {
        var settings = [UInt8](repeating: 0, count: clinux_termios_size())
        let hearsOnly: CInt = hearsOnly ? 1 : 0
        try check("tcsetattr") { clinux_make_raw(number, hearsOnly, &settings, settings.count) }
        self.number = number
        self.hearsOnly = hearsOnly
        saved = settings
    }

    /// Puts the terminal's settings back as they were.
    public func restore() { _ = clinux_restore(number, hearsOnly, saved, saved.count) }
}
