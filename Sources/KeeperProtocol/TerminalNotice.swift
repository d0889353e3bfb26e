/// What a program tells its terminal of itself, in passing.
public enum TerminalNotice: Equatable, Sendable {
    /// OSC 7501: a report of the Program Status Protocol; what stands behind `7501;`.
    case programReport([UInt8])
    /// OSC 0 or 2: a title for the window.
    case title([UInt8])
    /// OSC 133 A: a shell's prompt begins, so the program before it has ended.
    case promptBegan
    /// RIS, `ESC c`.
    case reset

    /// Kinds of notices, to choose from.
    public struct Kinds: OptionSet, Equatable, Sendable {
        /// One bit for each kind, as in a message.
        public let rawValue: UInt8

        /// Kinds by their bits.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Reports, and what ends their time: prompts and resets.
        public static let status = Kinds(rawValue: 1)
        /// Titles.
        public static let titles = Kinds(rawValue: 2)
    }

    /// The kind that it belongs to.
    public var kind: Kinds {
        switch self {
        case .programReport, .promptBegan, .reset: .status
        case .title: .titles
        }
    }
}

/// A notice, and where it stands.
public struct LocatedNotice: Equatable, Sendable {
    /// The offset of its first byte in the stream.
    public let offset: Int64
    /// What it is.
    public let notice: TerminalNotice

    /// A notice at its place.
    public init(offset: Int64, notice: TerminalNotice) {
        self.offset = offset
        self.notice = notice
    }
}
