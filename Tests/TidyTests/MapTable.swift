/// The table of targets in Sources/README.md.
struct MapTable {
    struct Line: Equatable {
        let row: Int
        let target: String
        let purpose: String
        let imports: Set<String>
    }

    let lines: [Line]

    private static let header = "| row | target | purpose | may import |"

    /// Reads the lines of a file: the table stands from its header to the next blank line.
    init(_ text: [String]) {
        let table = text.drop { $0 != MapTable.header }.prefix { !$0.isEmpty }
        lines = table.compactMap { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.split(separator: " ").map(String.init) }
            guard cells.count == 4, let row = cells[0].first.flatMap({ Int($0) }), let target = cells[1].first
            else {
                return nil
            }
            return Line(
                row: row, target: MapTable.bare(target), purpose: cells[2].joined(separator: " "),
                imports: Set(cells[3].map(MapTable.bare)))
        }
    }

    subscript(target: String) -> Line? { lines.first { $0.target == target } }

    private static func bare(_ word: String) -> String { String(word.filter { $0 != "`" && $0 != "," }) }
}

/// What a line of Swift imports.
enum ImportLine {
    private static let modifiers = [
        "public", "package", "internal", "fileprivate", "private", "@testable", "@preconcurrency",
    ]
    private static let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]

    /// The module's name; nil when the line is no import.
    static func module(_ line: String) -> String? {
        var words = line.split(separator: " ").map(String.init)[...]
        while let first = words.first, modifiers.contains(first) { words = words.dropFirst() }
        guard words.first == "import" else { return nil }
        words = words.dropFirst()
        if let first = words.first, kinds.contains(first) { words = words.dropFirst() }
        return words.first.flatMap { $0.split(separator: ".").first }.map(String.init)
    }
}
