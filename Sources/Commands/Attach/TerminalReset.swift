/// What `attach` writes to the person's own terminal, around what the agent writes.
enum TerminalReset {
    /// Makes room: what is on the screen moves up into the scrollback, and the title is kept.
    static func entering(rows: Int) -> String {
        csi("22;0t") + csi("999;1H") + String(repeating: "\n", count: rows) + csi("H") + csi("J")
    }

    /// Puts back everything that a program may have changed, whatever it was.
    ///
    /// The order matters: kitty's keyboard stack is one per screen, so the alternate screen is left first,
    /// and
    /// the cursor goes to the last row only when no margin is left to keep it from there.
    static let leaving: String =
        // CAN and ST end a sequence that was cut short; then synchronised updates and the alternate screens.
        "\u{18}\u{1B}\\" + csi("?2026l") + csi("?1049l") + csi("?47l")
        // Scrolling region, left and right margins, origin, insertion; wrapping on.
        + csi("r") + csi("?69l") + csi("?6l") + csi("4l") + csi("?7h")
        // Mouse: presses, drags, motion, their encodings; focus, bracketed paste, colour-scheme reports.
        + csi("?1000l") + csi("?1002l") + csi("?1003l") + csi("?1005l") + csi("?1006l") + csi("?1015l")
        + csi("?1016l") + csi("?1004l") + csi("?2004l") + csi("?2031l")
        // Keyboard: kitty's, modifyOtherKeys, application cursor keys and keypad.
        + csi("<u") + csi("=0u") + csi(">4m") + csi("?1l") + "\u{1B}>"
        // Character set, colours, cursor's look, title.
        + "\u{1B}(B\u{0F}" + csi("m") + csi("?25h") + csi("0 q") + csi("23;0t")
        + csi("999;1H") + "\r\n"

    private static func csi(_ rest: String) -> String { "\u{1B}[" + rest }
}
