internal import SessionModel

/// Names for sessions that a person gave none: two short words that are easy to say and to type.
enum MadeUpName {
    private static let first = [
        "amber", "bold", "brisk", "calm", "clear", "cool", "deep", "early", "fair", "fast", "fine", "fresh",
        "gold", "green", "keen", "kind", "late", "light", "loud", "lucky", "mild", "neat", "new", "pale",
        "plain", "quick", "quiet", "rare", "red", "silver", "slow", "small", "soft", "still", "sunny",
        "swift",
        "tall", "warm", "wild", "wise",
    ]
    private static let second = [
        "ash", "bay", "bear", "birch", "brook", "cedar", "cliff", "cloud", "coast", "crane", "creek", "crow",
        "dawn", "deer", "dune", "elm", "fern", "field", "finch", "fox", "frost", "grove", "hare", "hawk",
        "hill", "lake", "lark", "leaf", "moon", "moss", "oak", "otter", "owl", "pine", "pond", "rain", "reed",
        "river", "stone", "wren",
    ]
    /// Pairs to try before numbers, at most.
    private static let pairsMax = 50
    private static let numberMax = 10_000

    /// Names to try one after another: pairs of words, then `session-1` and so on.
    static func candidates(using random: inout some RandomNumberGenerator) -> [SessionName] {
        var names: [SessionName] = []
        for _ in 0..<pairsMax {
            guard let adjective = first.randomElement(using: &random),
                let noun = second.randomElement(using: &random),
                let name = SessionName("\(adjective)-\(noun)")
            else { continue }
            names.append(name)
        }
        return names + (1...numberMax).compactMap { SessionName("session-\($0)") }
    }
}
