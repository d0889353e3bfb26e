/// Where one writes to an agent, as its screen shows it.
public struct InputBox: Sendable {
    /// What begins its first row; the others are indented as far.
    let marker: Character
    /// What begins the words that stand there for a long text that was pasted.
    let pasted: String

    /// Characters of a long text by which it is known: more than fit may not be shown.
    private static let knownBy = 40
    /// Characters past which words may stand for a pasted text, and lines.
    ///
    /// Claude Code's limits are 800 and 3; Codex's is 1,000.
    private static let (longText, longLines) = (800, 3)

    /// What stands there up to the cursor, without blanks and ends of rows; nil where it isn't shown, or something
    /// stands behind the cursor.
    public func text(on screen: ShownScreen) -> String? {
        guard screen.afterCursor.isEmpty, screen.cursorRow < screen.rows.count,
            let first = screen.rows[...screen.cursorRow].lastIndex(where: { $0.first == marker })
        else { return nil }
        let rows = screen.rows[first..<screen.cursorRow] + [screen.beforeCursor]
        return Self.squeezed(rows.map { $0.dropFirst(2) }.joined())
    }

    /// Whether what stands there (`text(on:)`) is a text that was typed, or ends with it.
    ///
    /// Blanks and ends of lines don't count, since rows are broken where they are full.
    public func isSame(_ shown: String, as text: String) -> Bool {
        let typed = Self.squeezed(text)
        guard !typed.isEmpty else { return false }
        if shown.hasSuffix(typed) { return true }
        if shown.count >= Self.knownBy, typed.hasSuffix(shown) { return true }
        let isLong = text.count > Self.longText || text.count { $0.isNewline } + 1 > Self.longLines
        guard isLong, shown.last == "]", let words = shown.lastIndex(of: "[") else { return false }
        return shown[words...].hasPrefix(Self.squeezed(pasted))
    }

    /// Whether what stands there is a text that was typed, and nothing before it.
    public func isWhole(_ shown: String, as text: String) -> Bool {
        isSame(shown, as: text) && shown.count <= Self.squeezed(text).count
    }

    /// Whether what stands there is what a text that was typed begins with.
    public func isBeginning(_ shown: String, of text: String) -> Bool {
        Self.squeezed(text).hasPrefix(shown)
    }

    private static func squeezed(_ text: String) -> String { text.filter { !$0.isWhitespace } }
}
