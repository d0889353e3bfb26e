/// The choices of a dialog as terminals show them: one below the other, one of them marked, numbered or not.
struct ChoiceList {
    /// Their words.
    private(set) var labels: [String] = []
    /// The one that is marked.
    private(set) var marked: Int
    /// The rows that they take.
    private(set) var rows: Range<Int>
    /// Whether they have numbers.
    private(set) var isNumbered = false
    /// Whether boxes to be ticked stand before them.
    private(set) var hasBoxes = false

    /// Finds the list that holds the last row which begins with `marker`; nil where there is none.
    ///
    /// Numbered choices begin with 1 and have no gaps; rows between them belong to the choice above.
    init?(in all: [String], columns: Int, marker: Character) {
        let rows = all.map(Row.init)
        guard let mark = rows.lastIndex(where: { $0.text.first == marker && $0.text.count > 1 }) else {
            return nil
        }
        if ChoiceList.item(rows[mark], marker) != nil {
            self.init(numbered: rows, columns, marker, mark)
        } else {
            self.init(plain: rows, marker, mark)
        }
        guard labels.count > 1 else { return nil }
        let boxes = ["[ ]", "[✔]", "[x]"]
        hasBoxes = labels.contains { label in boxes.contains { label.hasPrefix($0) } }
    }

    private struct Item {
        let number: Int
        let label: Substring
        /// Where its words begin.
        let column: Int
    }

    private static func item(_ row: Row, _ marker: Character) -> Item? {
        var (text, column) = (row.text, row.indent)
        func skip(_ isSkipped: (Character) -> Bool) {
            let count = text.prefix(while: isSkipped).count
            text = text.dropFirst(count)
            column += count
        }
        if text.first == marker { skip { $0 == marker || $0 == " " } }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int(digits), digits.count < 3 else { return nil }
        text = text.dropFirst(digits.count)
        guard text.hasPrefix(". ") else { return nil }
        column += digits.count
        skip { $0 == "." || $0 == " " }
        return text.isEmpty ? nil : Item(number: number, label: text, column: column)
    }

    private init?(numbered rows: [Row], _ columns: Int, _ marker: Character, _ mark: Int) {
        var items: [(row: Int, item: Item)] = []
        guard let marked = ChoiceList.item(rows[mark], marker) else { return nil }
        // Up from the marked one to 1, then down from it.
        var wanted = marked.number
        for row in stride(from: mark, through: 0, by: -1) {
            guard wanted > 0 else { break }
            guard let item = ChoiceList.item(rows[row], marker) else { continue }
            guard item.number == wanted, item.column == marked.column else { return nil }
            items.insert((row, item), at: 0)
            wanted -= 1
        }
        guard wanted == 0 else { return nil }
        for row in (mark + 1)..<max(mark + 1, rows.count) {
            guard let item = ChoiceList.item(rows[row], marker) else { continue }
            guard item.number == items.count + 1, item.column == marked.column else { return nil }
            items.append((row, item))
        }
        self.marked = marked.number - 1
        var end = items[0].row
        for (index, (row, item)) in items.enumerated() {
            var label = String(ChoiceList.firstColumn(item.label))
            let limit = index + 1 < items.count ? items[index + 1].row : rows.count
            var last = row
            end = row + 1
            while end < limit, rows[end].indent >= item.column, !rows[end].isRule {
                // Rows below that aren't the rest of its words explain it.
                if last == end - 1, rows[last].runsOn(into: rows[end], columns: columns) {
                    label += " " + rows[end].text
                    last = end
                }
                end += 1
            }
            labels.append(ChoiceList.withoutShortcut(label))
        }
        self.rows = items[0].row..<end
        isNumbered = true
    }

    /// What stands in a row without the mark, and without the tick of what is chosen by now.
    private struct Words {
        private(set) var text: Substring
        /// Where it begins.
        private(set) var column: Int

        init(of row: Row, after marker: Character) {
            (text, column) = (row.text, row.indent)
            for sign in [marker, "✔"] where text.first == sign {
                let rest = text.dropFirst().drop { $0 == " " }
                column += text.count - rest.count
                text = rest
            }
        }
    }

    /// Rows around the marked one whose words begin in the same column.
    private init(plain rows: [Row], _ marker: Character, _ mark: Int) {
        let words = rows.map { Words(of: $0, after: marker) }
        let column = words[mark].column
        var (first, last) = (mark, mark)
        while first > 0, words[first - 1].column == column, !rows[first - 1].isRule { first -= 1 }
        while last + 1 < rows.count, words[last + 1].column == column, !rows[last + 1].isRule { last += 1 }
        labels = words[first...last].map { String($0.text) }
        marked = mark - first
        self.rows = first..<(last + 1)
    }

    /// What stands before a gap of two blanks: explanations stand behind one.
    private static func firstColumn(_ label: Substring) -> Substring {
        label.firstRange(of: "  ").map { label[..<$0.lowerBound] } ?? label
    }

    /// Without the key that stands behind it, as in "Yes, proceed (y)".
    private static func withoutShortcut(_ label: String) -> String {
        guard label.hasSuffix(")"), let open = label.lastIndex(of: "("), open > label.startIndex else {
            return label
        }
        let key = label[label.index(after: open)...].dropLast()
        guard key.count == 1 || key == "esc", label[label.index(before: open)] == " " else { return label }
        return String(label[..<label.index(before: open)])
    }
}

/// Paragraphs of what stands above a dialog's choices.
enum DialogText {
    /// Its rows without what only frames them.
    static func body(_ rows: some Collection<String>) -> [String] {
        rows.map { String(Row($0).text) }.filter { !Row($0).isRule }
    }

    /// The last paragraph in which something is asked, else the last one.
    static func question(_ rows: some BidirectionalCollection<String>) -> String {
        let paragraphs = rows.split { Row($0).isRule }.map { rows in
            rows.map { String(Row($0).text) }.joined(separator: " ")
        }
        return paragraphs.last { $0.contains("?") } ?? paragraphs.last ?? ""
    }
}
