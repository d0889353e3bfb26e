/// Where a path leads, as far as it is known.
struct Place: Hashable {
    /// Components from the root, links followed.
    var path: [String]
    /// Components from the first one on that the shell makes of file names.
    var tail: [Value] = []

    /// Whether the place lies in the folder, or is it.
    func isIn(_ folder: [String]) -> Bool { path.starts(with: folder) }

    /// Whether the folder lies in the place, or is it.
    func holds(_ folder: [String]) -> Bool {
        guard folder.count >= path.count, folder.starts(with: path) else { return false }
        guard let first = tail.first else { return true }
        guard folder.count > path.count else { return false }
        return first.couldBe(folder[path.count])
    }

    /// The components below a folder that the place lies in.
    func below(_ folder: [String]) -> [Value] { path.dropFirst(folder.count).map { Value($0) } + tail }

    /// All components.
    var components: [Value] { path.map { Value($0) } + tail }

    var shown: String { ("/" + components.map(\.shown).joined(separator: "/")).quoted }
}

extension Value {
    /// Whether the component of a path could be this name, without regard to case.
    func couldBe(_ name: String) -> Bool { couldBe(name, anyDot: false) }

    /// The same; with `anyDot` a pattern may match a dot at the beginning too, as the shell can be told to.
    func couldBe(_ name: String, anyDot: Bool) -> Bool {
        if let literal { return literal.lowercased() == name }
        // What the shell finds by a pattern begins with a dot only where the pattern does.
        if !anyDot, case .glob = pieces.first, name.hasPrefix(".") { return false }
        if isListing { return true }
        var pattern: [UInt8?] = []
        for piece in pieces {
            if case .text(let text) = piece {
                pattern += text.lowercased().utf8.map { $0 }
            } else {
                pattern.append(nil)
            }
        }
        return Wildcard.matches(pattern, Array(name.utf8))
    }
}

/// Patterns of bytes, nil standing for any text.
enum Wildcard {
    static func matches(_ pattern: [UInt8?], _ text: [UInt8]) -> Bool {
        var p = 0
        var t = 0
        var star: (pattern: Int, text: Int)?
        while t < text.count {
            if p < pattern.count, let byte = pattern[p], byte == text[t] {
                p += 1
                t += 1
            } else if p < pattern.count, pattern[p] == nil {
                star = (p, t)
                p += 1
            } else if let last = star {
                p = last.pattern + 1
                t = last.text + 1
                star = (last.pattern, t)
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == nil }
    }
}
