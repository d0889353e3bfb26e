internal import SessionModel
internal import Store

/// Numbers and moments in the words of people.
enum Wording {
    /// "12s", "5m", "3h", "2d": how long ago something was, in its biggest unit.
    static func age(ms: Int64) -> String {
        let seconds = max(0, ms) / 1000
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60)m" }
        if seconds < 86_400 { return "\(seconds / 3600)h" }
        return "\(seconds / 86_400)d"
    }

    /// "512 B", "3.4 MB": bytes in powers of 1000, at most one decimal.
    static func bytes(_ count: Int64) -> String {
        guard count >= 1000 else { return "\(count) B" }
        var (value, unit) = (Double(count) / 1000, 0)
        let units = ["kB", "MB", "GB", "TB"]
        while value >= 999.5 && unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        let tenths = Int((value * 10).rounded())
        let number =
            tenths >= 100 || tenths % 10 == 0 ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
        return "\(number) \(units[unit])"
    }

    /// "1 file", "2 files".
    static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// "+12 -3", or nothing when nothing changed.
    static func diff(_ diff: DiffNumbers?) -> String {
        guard let diff, diff.files > 0 else { return "" }
        return "\(diff.files)f +\(diff.insertions) -\(diff.deletions)"
    }

    /// "'a', 'b' and 'c'".
    static func list(_ items: [String]) -> String {
        enumeration(items.map { "'\(PlainText.line($0))'" })
    }

    /// "2 rescues, 1 chain and 3 others".
    static func enumeration(_ items: [String]) -> String {
        guard let last = items.last, items.count > 1 else { return items.first ?? "" }
        return items.dropLast().joined(separator: ", ") + " and " + last
    }

    /// Milliseconds in a duration such as "30d", "12h", "90m", "45s" or "2w"; nil for anything else.
    static func durationMs(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        guard let last = text.last, let unit = units[last], let number = Int64(text.dropLast()), number >= 0
        else { return nil }
        let (seconds, over) = number.multipliedReportingOverflow(by: unit)
        guard !over, seconds <= Int64.max / 1000 else { return nil }
        return seconds * 1000
    }
}
