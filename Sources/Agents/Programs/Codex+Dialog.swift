/// Codex's dialogs, as version 0.163.0 draws them.
extension Codex {
    private static let footers = [
        "enter to confirm", "esc to cancel", "enter to submit", "esc to interrupt", "esc quit",
        "tab to add notes", "^a view all", "cancel", "enter confirm", "enter to continue",
    ]

    /// What begins a dialog, and its kind.
    private static let titles = [
        ("Would you like to ", "permission"), ("Question ", "question"), ("Folder access", "permission"),
        ("Hooks need review", "permission"), ("Welcome to Codex", "auth"),
    ]

    /// A dialog is the last thing on the screen: a title, its text, its choices, and what keys do there.
    func dialog(on screen: ShownScreen) -> Dialog? {
        // Where one logs in, another sign marks.
        guard !screen.isCursorVisible,
            let list = Self.list(in: screen, "›") ?? Self.list(in: screen, ">")
        else { return nil }
        let below = screen.rows[list.rows.upperBound...].filter { !$0.isEmpty }
        guard !below.isEmpty, below.allSatisfy({ Self.isBelow($0) }) else { return nil }
        let above = screen.rows[..<list.rows.lowerBound]
        guard let top = above.lastIndex(where: { Self.title(of: $0) != nil }) else { return nil }
        let content = above[top...]
        let kind = Self.title(of: above[top]) ?? "question"
        var dialog = Dialog(kind: kind, text: "", body: DialogText.body(content))
        dialog.text = Self.text(content)
        dialog.marked = list.marked
        // Esc does nothing where one logs in.
        dialog.refusal = kind == "auth" ? nil : "\u{1B}"
        dialog.isWhole = !content.contains { $0.contains("^a view all") }
        dialog.choices = list.labels.map { Dialog.Choice($0, Self.meaning($0)) }
        return dialog
    }

    private static func list(in screen: ShownScreen, _ marker: Character) -> ChoiceList? {
        let list = ChoiceList(in: screen.rows, columns: screen.columns, marker: marker)
        return list?.isNumbered == true ? list : nil
    }

    private static func isBelow(_ row: String) -> Bool {
        let text = Row(row).text.lowercased()
        return footers.contains { text.contains($0) }
    }

    private static func title(of row: String) -> String? {
        titles.first { Row(row).text.hasPrefix($0.0) }?.1
    }

    /// The question, and the command or file that it is about.
    private static func text(_ content: ArraySlice<String>) -> String {
        let isNumber = Row(content.first ?? "").text.hasPrefix("Question ")
        let question = DialogText.question(isNumber ? content.dropFirst() : content)
        let paragraphs = content.split { $0.isEmpty }
        guard let about = paragraphs.first(where: { Row($0.first ?? "").text.hasPrefix("$ ") }) else {
            let file = content.map { Row($0).text }.first { $0.hasPrefix("Destination: ") }
            return file.map { "\(question) \($0.dropFirst("Destination: ".count))" } ?? question
        }
        let command = about.map { String(Row($0).text) }.joined(separator: " ").dropFirst(2)
        return "\(question) \(command)"
    }

    private static func meaning(_ label: String) -> Dialog.Choice.Meaning {
        switch label {
        case _ where label.hasPrefix("Yes,"): .yes
        case "Trust and continue": .yes
        case _ where label.hasPrefix("No,"): .no
        case _ where label.hasPrefix("Continue without trusting"): .no
        case "Quit": .no
        default: .other
        }
    }
}
