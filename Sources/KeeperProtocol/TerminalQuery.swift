/// What a program asks its terminal.
public enum TerminalQuery: Equatable, Sendable {
    /// DA1, `CSI c`.
    case primaryAttributes
    /// DA2, `CSI > c`.
    case secondaryAttributes
    /// DA3, `CSI = c`.
    case tertiaryAttributes
    /// XTVERSION, `CSI > q`.
    case version
    /// DSR 5, `CSI 5 n`.
    case status
    /// CPR, `CSI 6 n`; with `?` DECXCPR.
    case cursorPosition(extended: Bool)
    /// `CSI ? 996 n`: dark or light.
    case colorScheme
    /// DECRQM, `CSI ? n $ p`, and whether the mode is on; nil for a mode that isn't known.
    case mode(Int, isOn: Bool?)
    /// DECRQM for one of ANSI's modes, `CSI n $ p`.
    case ansiMode(Int)
    /// Kitty's keyboard flags, `CSI ? u`.
    case keyboard
    /// XTWINOPS, `CSI n t`: 14, 16 and 18 ask for sizes, 21 for the title.
    case window(Int)
    /// OSC 10 (text), 11 (background), 12 (cursor).
    case color(Int, bell: Bool)
    /// OSC 4: entries of the palette.
    case palette([Int], bell: Bool)
    /// OSC 7501 with `?`, the Program Status Protocol: the sequence as it came.
    case programStatus([UInt8])
    /// XTGETTCAP, `DCS + q`.
    case capability
    /// DECRQSS, `DCS $ q`.
    case setting
    /// Something that some terminals answer and this one doesn't.
    case other
}
