/// `{a,b}` and `{1..5}`, which the shell expands before all else.
enum BraceExpansion {
    /// Words past which a word isn't expanded.
    private static let wordsMax = 256
    /// Brace marks past which a word isn't expanded: each costs a walk over the rest of the word.
    private static let marksMax = 64

    /// The words that the parts stand for; nil when there are too many.
    static func expand(_ parts: [WordPart]) -> [[WordPart]]? {
        let marks = parts.count { $0.mark != nil }
        guard marks > 1 else { return [parts] }
        guard marks <= marksMax else { return nil }
        var budget = wordsMax
        return expand(parts[...], &budget)
    }

    private static func expand(_ parts: ArraySlice<WordPart>, _ budget: inout Int) -> [[WordPart]]? {
        for start in parts.indices where parts[start].mark == UInt8(ascii: "{") {
            guard let (alternatives, end) = alternatives(parts, after: start) else { continue }
            guard let tails = expand(parts[(end + 1)...], &budget) else { return nil }
            var words: [[WordPart]] = []
            for alternative in alternatives {
                guard let heads = expand(alternative[...], &budget) else { return nil }
                for head in heads {
                    for tail in tails {
                        budget -= 1
                        guard budget > 0 else { return nil }
                        words.append(Array(parts[parts.startIndex..<start]) + head + tail)
                    }
                }
            }
            return words
        }
        return [Array(parts)]
    }

    /// What stands between the commas, and where the closing brace is; nil when it is no expansion.
    private static func alternatives(
        _ parts: ArraySlice<WordPart>, after start: Int
    ) -> (alternatives: [[WordPart]], end: Int)? {
        var depth = 0
        var alternatives: [[WordPart]] = [[]]
        for index in parts.indices[(start + 1)...] {
            switch parts[index].mark {
            case UInt8(ascii: "}") where depth == 0:
                if alternatives.count > 1 { return (alternatives, index) }
                return sequence(alternatives[0]).map { ($0, index) }
            case UInt8(ascii: ",") where depth == 0:
                alternatives.append([])
                continue
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"): depth -= 1
            default: break
            }
            alternatives[alternatives.count - 1].append(parts[index])
        }
        return nil
    }

    /// The numbers of `1..5`.
    ///
    /// Letters, steps and leading zeros stand for anything.
    private static func sequence(_ parts: [WordPart]) -> [[WordPart]]? {
        guard let text = Word(parts: parts).literal, text.contains("..") else { return nil }
        let ends = text.split(separator: ".", omittingEmptySubsequences: true)
        guard ends.count == 2, let first = Int(ends[0]), let last = Int(ends[1]), abs(first) < 10_000,
            abs(last) < 10_000
        else {
            // Not quoted, so that it can be no more than the names of files: one word that isn't known.
            return [[.parameter(Parameter(name: "{}", isQuoted: true))]]
        }
        let numbers = first <= last ? Array(first...last) : Array((last...first).reversed())
        guard numbers.count <= 32 else { return [[.arithmetic([])]] }
        return numbers.map { [.text(String($0))] }
    }
}

extension WordPart {
    /// The brace mark that the part is, or nil.
    fileprivate var mark: UInt8? {
        if case .brace(let mark) = self { mark } else { nil }
    }
}
