/// Claude Code's dialogs, as version 2.1.332 draws them.
extension ClaudeCode {
    /// What stands below a dialog's choices, and nowhere below anything else.
    private static let footers = [
        "Esc to cancel", "Enter to confirm", "Enter to select", "ctrl+g to edit", "shift+tab to approve",
        "more line", "Syntax theme: ",
    ]
    /// What does so below choices without numbers.
    private static let plainFooters = ["Enter to confirm", "Syntax theme: "]

    /// A dialog is the last thing on the screen: a line, its text, its choices, and what keys do there.
    func dialog(on screen: ShownScreen) -> Dialog? {
        guard !screen.isCursorVisible else { return nil }
        guard let list = ChoiceList(in: screen.rows, columns: screen.columns, marker: "❯"),
            Self.isEnd(screen.rows[list.rows.upperBound...], of: list, screen)
        else { return Self.notes(on: screen) }
        let above = screen.rows[..<list.rows.lowerBound]
        let top = above.lastIndex { Self.isTop(Row($0)) }
        // Where the choices only end at what is cut off, there are more.
        let isCut = screen.rows[list.rows.upperBound...].contains { $0.contains("more line") }
        let content = above[(top.map { $0 + 1 } ?? 0)...]
        var dialog = Dialog(kind: "permission", text: "", body: DialogText.body(content))
        dialog.isWhole = top != nil && !isCut
        dialog.text = DialogText.question(content)
        dialog.isList = list.hasBoxes
        dialog.marked = list.marked
        dialog.refusal = "\u{1B}"
        dialog.choices = list.labels.map { Dialog.Choice($0, Self.meaning($0)) }
        if content.contains(where: { $0.contains("API key") }) {
            dialog.kind = "auth"
        } else if list.labels.last == "Chat about this" || content.contains(where: { $0.contains("/theme") })
        {
            dialog.kind = "question"
        }
        return dialog
    }

    /// What is only to be read before its first start.
    private static func notes(on screen: ShownScreen) -> Dialog? {
        guard let last = screen.rows.lastIndex(where: { !$0.isEmpty }),
            Row(screen.rows[last]).text.hasPrefix("Press Enter to continue"),
            let top = screen.rows.firstIndex(where: { Row($0).text == "Security notes:" })
        else { return nil }
        let text = DialogText.question(screen.rows[last...last])
        var dialog = Dialog(kind: "question", text: text, body: DialogText.body(screen.rows[top..<last]))
        dialog.choices = [Dialog.Choice("continue", .yes)]
        dialog.marked = 0
        return dialog
    }

    /// Whether nothing but a dialog's end stands below its choices, and all of that, so that it is drawn whole.
    private static func isEnd(_ below: ArraySlice<String>, of list: ChoiceList, _ screen: ShownScreen) -> Bool
    {
        var rows = below.map(Row.init).filter { !$0.isRule }
        // What a style would look like stands between the choices and the style's name.
        if let name = rows.last, name.text.hasPrefix("Syntax theme: "), !list.isNumbered { rows = [name] }
        guard rows.allSatisfy({ row in footers.contains { row.text.contains($0) } }) else { return false }
        // A list without numbers may be anything: Claude's input is marked like that too.
        guard list.isNumbered else {
            return rows.contains { row in plainFooters.contains { row.text.contains($0) } }
        }
        return !rows.isEmpty || screen.rows[list.rows.upperBound - 1].hasSuffix("(esc)")
    }

    /// The line above a dialog is whole; those within it are dotted.
    ///
    /// At the first start words stand in its place.
    private static func isTop(_ row: Row) -> Bool {
        row.text == "Let's get started."
            || row.width > 20 && row.text.allSatisfy { $0 == "─" || $0 == "▔" }
    }

    private static func meaning(_ label: String) -> Dialog.Choice.Meaning {
        switch label {
        case "Yes": .yes
        case _ where label.hasPrefix("Yes,"): .yes
        case "No", "No (recommended)": .no
        case _ where label.hasPrefix("No,"): .no
        case "Type something.", "Type something": .text
        default: .other
        }
    }
}
