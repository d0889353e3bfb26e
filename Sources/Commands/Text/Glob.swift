/// A pattern of names: `*` is any text, `?` one character, `[abc]`, `[a-z]` and `[!a]` one of a set.
struct Glob {
    private let pattern: [Character]

    /// Takes a pattern as it is.
    init(_ pattern: String) { self.pattern = Array(pattern) }

    /// Whether `text` holds a character that only a pattern has.
    static func isPattern(_ text: String) -> Bool { text.contains { "*?[".contains($0) } }

    /// Whether the whole of `name` fits.
    func matches(_ name: String) -> Bool {
        let name = Array(name)
        var (at, position) = (0, 0)
        // Where the last star was, and the position it reached then: enough to go back to.
        var star: (at: Int, position: Int)?
        while position < name.count {
            if at < pattern.count, pattern[at] == "*" {
                star = (at, position)
                at += 1
            } else if let next = step(at, name[position]) {
                at = next
                position += 1
            } else if let back = star {
                star = (back.at, back.position + 1)
                (at, position) = (back.at + 1, back.position + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }

    /// The position in the pattern after its element at `at` took `character`; nil when it doesn't.
    private func step(_ at: Int, _ character: Character) -> Int? {
        guard at < pattern.count else { return nil }
        switch pattern[at] {
        case "?": return at + 1
        case "[": return set(at, character)
        case let literal: return literal == character ? at + 1 : nil
        }
    }

    /// The same for a set; nil too when the bracket is never closed.
    private func set(_ at: Int, _ character: Character) -> Int? {
        var next = at + 1
        let negated = next < pattern.count && pattern[next] == "!"
        if negated { next += 1 }
        let first = next
        var found = false
        while next < pattern.count, pattern[next] != "]" || next == first {
            if next + 2 < pattern.count, pattern[next + 1] == "-", pattern[next + 2] != "]" {
                let (low, high) = (pattern[next], pattern[next + 2])
                if low <= high, (low...high).contains(character) { found = true }
                next += 3
            } else {
                if pattern[next] == character { found = true }
                next += 1
            }
        }
        guard next < pattern.count, found != negated else { return nil }
        return next + 1
    }
}
