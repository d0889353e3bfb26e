/// Prompts that many programs share: `[y/N]`, `(y/n)`, "press enter to continue", "proceed?", "is this correct".
extension OtherProgram {
    /// The prompt in whose row the cursor stands, behind it, with nothing below.
    ///
    /// A text that merely holds such words has something behind them: the rest of it, or a shell's prompt.
    func dialog(on screen: ShownScreen) -> Dialog? {
        guard screen.isCursorVisible, screen.afterCursor.isEmpty,
            screen.rows.indices.contains(screen.cursorRow),
            screen.rows[(screen.cursorRow + 1)...].allSatisfy(\.isEmpty),
            screen.beforeCursor.reversed().prefix(while: { $0 == " " }).count <= 1
        else { return nil }
        let last = String(Row(screen.rows[screen.cursorRow]).text)
        guard let choices = Self.choices(last) else { return nil }
        let rows = screen.rows[...screen.cursorRow]
        let top = rows.lastIndex { $0.isEmpty }
        let paragraph = rows[(top.map { $0 + 1 } ?? 0)...]
        var dialog = Dialog(kind: "question", text: last, body: DialogText.body(paragraph))
        // Above it something has to begin that isn't it: an empty row, or the terminal itself.
        dialog.isWhole = top != nil || screen.above.isEmpty
        dialog.choices = choices
        return dialog
    }

    private static let enders: Set<Character> = [" ", ":", "?", ">", "."]

    private static func choices(_ line: String) -> [Dialog.Choice]? {
        var text = line.lowercased()
        while let last = text.last, enders.contains(last) { text.removeLast() }
        let letters = ["[y/n]", "(y/n)", "([y]/n)", "(y/[n])", "[y|n]", "(y|n)", " y/n"]
        if letters.contains(where: text.hasSuffix) { return both("y", "n") }
        if ["[yes/no]", "(yes/no)", " yes/no"].contains(where: text.hasSuffix) { return both("yes", "no") }
        let enter = ["enter", "[enter]", "<enter>", "return", "[return]", "<return>"]
        for key in enter where text.hasSuffix("press \(key) to continue") {
            return [Dialog.Choice("continue", .yes, keys: "\r")]
        }
        let asks = line.drop { $0 != "?" }.first == "?" || line.hasSuffix(":")
        guard asks, ["proceed", "is this correct"].contains(where: text.hasSuffix) else { return nil }
        return both("y", "n")
    }

    private static func both(_ yes: String, _ no: String) -> [Dialog.Choice] {
        [Dialog.Choice("yes", .yes, keys: yes + "\r"), Dialog.Choice("no", .no, keys: no + "\r")]
    }
}
