/// Claude Code's dialogs, as version 2.1.332 draws them.
extension ClaudeCode {
    /// What stands below a dialog's choices, and nowhere below anything else.
    private static let footers = [
        "Esc to cancel", "Enter to confirm", "Enter to select", "ctrl+g to edit", "shift+tab to approve",
        "more line",
    ]

    /// A dialog is the last thing on the screen: a line, its text, its choices, and what keys do there.
    func dialog(on screen: ShownScreen) -> Dialog? {
        guard !screen.isCursorVisible,
            let list = ChoiceList(in: screen.rows, columns: screen.columns, marker: "❯"),
            Self.isEnd(screen.rows[list.rows.upperBound...], of: list, screen)
        else { return nil }
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
        } else if list.labels.last == "Chat about this" {
            dialog.kind = "question"
        }
        return dialog
    }

    /// Whether nothing but a dialog's end stands below its choices, and all of that, so that it is drawn whole.
    private static func isEnd(_ below: ArraySlice<String>, of list: ChoiceList, _ screen: ShownScreen) -> Bool
    {
        let rows = below.map(Row.init).filter { !$0.isRule }
        guard rows.allSatisfy({ row in footers.contains { row.text.contains($0) } }) else { return false }
        // A list without numbers may be anything: Claude's input is marked like that too.
        guard list.isNumbered else { return rows.contains { $0.text.contains("Enter to confirm") } }
        return !rows.isEmpty || screen.rows[list.rows.upperBound - 1].hasSuffix("(esc)")
    }

    /// The line above a dialog is whole; those within it are dotted.
    private static func isTop(_ row: Row) -> Bool {
        row.width > 20 && row.text.allSatisfy { $0 == "─" || $0 == "▔" }
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
