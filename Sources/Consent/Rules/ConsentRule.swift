/// A rule of the user's own, one entry of `auto_yes_rules`.
public struct ConsentRule: Equatable, Sendable {
    /// What of a call the rule looks at.
    public enum Subject: Equatable, Sendable {
        /// The words of a command: `*` and `?` stand for characters of a word, a word `**` for any number of words.
        case command([String])
        /// A path: `*` stands for characters but a slash, `**` for any folders.
        ///
        /// Without a leading `/` or `~/` it is looked for in the worktree; without any slash it is a name in any folder
        /// of it.
        case path(String)
        /// The texts of the input: `*` and `?` stand for characters.
        case text(String)
        /// Every call of the tool.
        case any
    }

    /// The tool's name, in which `*` stands for characters.
    public let tool: String
    /// What the rule looks at.
    public let subject: Subject
    /// What is said to what the rule matches.
    public let verdict: Verdict
    /// Why, in words.
    public let reason: String

    /// A rule whose examples were checked.
    public init(tool: String, _ subject: Subject, _ verdict: Verdict, reason: String) {
        self.tool = tool
        self.subject = subject
        self.verdict = verdict
        self.reason = reason
    }

    func isFor(_ name: String) -> Bool { Wildcard.matches(tool.wildcard, Array(name.utf8)) }

    /// Whether the words are matched: for certain, or perhaps.
    func matches(_ words: [Value], perhaps: Bool) -> Bool {
        guard case .command(let pattern) = subject else { return false }
        return WordPattern.matches(pattern[...], words[...], perhaps: perhaps)
    }

    /// Whether the path is matched.
    func matches(_ place: Place, _ territory: Territory) -> Bool {
        guard case .path(let pattern) = subject else { return false }
        return PathPattern.matches(pattern, place, territory)
    }

    /// Whether the texts are matched: each of them for a rule that loosens, one of them for any other.
    func matches(_ texts: [String]) -> Bool {
        guard case .text(let pattern) = subject, !texts.isEmpty else { return false }
        let matching = texts.filter { Wildcard.matches(pattern.wildcard, Array($0.utf8)) }
        return verdict == .allow ? matching.count == texts.count : !matching.isEmpty
    }
}

extension String {
    /// The bytes of a pattern, nil for `*`; `?` is taken for `*` too where it matters.
    var wildcard: [UInt8?] { utf8.map { $0 == UInt8(ascii: "*") ? nil : $0 } }
}

/// Patterns over the words of a command.
enum WordPattern {
    /// Words past which a command is matched by no rule that loosens.
    private static let wordsMax = 512

    static func matches(_ pattern: ArraySlice<String>, _ words: ArraySlice<Value>, perhaps: Bool) -> Bool {
        guard words.count <= wordsMax else { return perhaps }
        // One that may become several words, or none, may be anything from there on.
        if let split = words.firstIndex(where: \.isSplit) {
            guard perhaps else { return false }
            return (words.startIndex...split).contains { end in
                (0...pattern.count).contains {
                    matches(pattern.prefix($0), words[words.startIndex..<end], perhaps: true)
                }
            }
        }
        var reached = Set([pattern.startIndex])
        reached = closed(reached, pattern)
        for word in words {
            var next: Set<Int> = []
            for index in reached where index < pattern.endIndex {
                if pattern[index] == "**" {
                    next.insert(index)
                } else if isMatched(word, pattern[index], perhaps) {
                    next.insert(index + 1)
                }
            }
            reached = closed(next, pattern)
            if reached.isEmpty { return false }
        }
        return reached.contains(pattern.endIndex)
    }

    private static func closed(_ indices: Set<Int>, _ pattern: ArraySlice<String>) -> Set<Int> {
        var closed = indices
        for var index in indices {
            while index < pattern.endIndex, pattern[index] == "**" {
                index += 1
                closed.insert(index)
            }
        }
        return closed
    }

    private static func isMatched(_ word: Value, _ pattern: String, _ perhaps: Bool) -> Bool {
        guard let literal = word.literal else { return perhaps }
        return Wildcard.matches(pattern.wildcard, Array(literal.utf8))
    }
}

/// Patterns over paths.
enum PathPattern {
    static func matches(_ pattern: String, _ place: Place, _ territory: Territory) -> Bool {
        guard place.tail.isEmpty else { return false }
        var parts = pattern.split(separator: "/").map(String.init)
        var path = place.path[...]
        if pattern.hasPrefix("~/") {
            parts = territory.home + parts.dropFirst()
        } else if !pattern.hasPrefix("/") {
            guard place.isIn(territory.worktree) else { return false }
            path = path.dropFirst(territory.worktree.count)
            if !pattern.contains("/") { parts = ["**"] + parts }
        }
        return WordPattern.matches(parts[...], path.map { Value($0) }[...], perhaps: false)
    }
}
