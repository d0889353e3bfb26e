internal import Git
internal import Store

/// A diff as a person reads it on a terminal.
enum PatchText {
    /// The patch, made safe line by line, and coloured as Git colours it.
    static func shown(_ patch: [UInt8], colours: Bool) -> String {
        var text = ""
        var inHunk = false
        for line in patch.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            let safe = PlainText.lines(String(decoding: line, as: UTF8.self))
            if safe.hasPrefix("diff --git ") { inHunk = false }
            if safe.hasPrefix("@@") { inHunk = true }
            text += style(safe, inHunk: inHunk).on(safe, colours: colours) + "\n"
        }
        return text
    }

    private static func style(_ line: String, inHunk: Bool) -> Style {
        guard inHunk else { return .bold }
        switch line.first {
        case "+": return .green
        case "-": return .red
        case "@": return .cyan
        default: return .plain
        }
    }

    /// The lines of --stat: a bar for every file, then the sum.
    static func stat(_ diff: DiffSummary, width: Int, colours: Bool) -> [String] {
        guard !diff.changes.isEmpty else { return [] }
        let counts = diff.changes.map { $0.isBinary ? "Bin" : "\($0.insertions + $0.deletions)" }
        let countWidth = counts.reduce(0) { max($0, $1.count) }
        let names = diff.changes.map(name)
        let longest = names.reduce(0) { max($0, DisplayWidth.of($1)) }
        // A leading space, " | ", a space before the bar, and at least ten cells of bar.
        let nameWidth = min(longest, max(10, width - countWidth - 15))
        let barWidth = max(1, width - nameWidth - countWidth - 5)
        let most = diff.changes.reduce(0) { max($0, $1.insertions + $1.deletions) }
        var lines: [String] = []
        for (index, change) in diff.changes.enumerated() {
            let name = DisplayWidth.shortened(names[index], to: nameWidth)
            let padding = String(repeating: " ", count: nameWidth - DisplayWidth.of(name))
            let count = String(repeating: " ", count: countWidth - counts[index].count) + counts[index]
            let (plus, minus) = bar(change, most: most, width: barWidth)
            let signs =
                Style.green.on(String(repeating: "+", count: plus), colours: colours)
                + Style.red.on(String(repeating: "-", count: minus), colours: colours)
            lines.append(" \(name)\(padding) | \(count)" + (plus + minus > 0 ? " \(signs)" : ""))
        }
        lines.append(
            " \(Wording.count(diff.files, "file")) changed, \(Wording.count(diff.insertions, "insertion"))(+), "
                + "\(Wording.count(diff.deletions, "deletion"))(-)")
        return lines
    }

    /// A path on one line; of a renamed file both.
    static func name(_ change: DiffSummary.Change) -> String {
        let path = PlainText.line(change.path)
        return change.oldPath.map { "\(PlainText.line($0)) => \(path)" } ?? path
    }

    /// Cells of each sign: all of them where they fit, else in proportion, and never none of what there is.
    private static func bar(_ change: DiffSummary.Change, most: Int, width: Int) -> (plus: Int, minus: Int) {
        guard most > width else { return (change.insertions, change.deletions) }
        func scaled(_ count: Int) -> Int { count == 0 ? 0 : max(1, count * (width - 1) / most) }
        return (scaled(change.insertions), scaled(change.deletions))
    }
}
