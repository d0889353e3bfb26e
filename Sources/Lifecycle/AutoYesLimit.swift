/// Counts the answers that were given to an agent in its person's place, so that one which asks without end is stopped.
public struct AutoYesLimit: Equatable, Sendable {
    /// Answers in a row, no person among them, past which none is given.
    public static let inRowMax = 200
    /// How often the same call is answered in `sameWithinMs`.
    public static let sameMax = 5
    /// Milliseconds in which the same call counts.
    public static let sameWithinMs: Int64 = 60_000

    private struct Answer: Equatable, Sendable {
        let call: String
        let ms: Int64
    }

    /// Answers since a person last had a hand in it.
    private var inRow = 0
    /// Those of the last minute.
    private var lately: [Answer] = []

    /// Nothing answered yet.
    public init() {}

    /// Counts an answer to the `call`, at `ms` of a clock that never jumps: why it must be the last; nil when more
    /// may follow.
    public mutating func count(_ call: String, atMs ms: Int64) -> String? {
        inRow += 1
        lately.removeAll { ms - $0.ms >= Self.sameWithinMs }
        lately.append(Answer(call: call, ms: ms))
        if lately.count(where: { $0.call == call }) >= Self.sameMax {
            return "the same was asked \(Self.sameMax) times in a minute"
        }
        return inRow >= Self.inRowMax ? "\(Self.inRowMax) answers were given in a row" : nil
    }

    /// A person decided something.
    public mutating func personDecided() { inRow = 0 }
}
