import Glibc
import Testing

/// How much of a long test is run: all of it where `CLAUDIA_TEST_SCALE` is large, a short form by default.
enum Scale {
    /// From `CLAUDIA_TEST_SCALE`, 1 when unset.
    static let factor = getenv("CLAUDIA_TEST_SCALE").flatMap { Int(String(cString: $0)) } ?? 1

    /// `short` times the factor, at most `full`.
    static func count(_ short: Int, of full: Int) -> Int { min(full, max(1, short * factor)) }

    /// A promised time: as it is at the full scale, with room for a busy machine in the short form.
    static func limitMs(_ promised: Int64) -> Int64 { factor > 1 ? promised : promised * 5 }

    /// The cases whose description begins with `CLAUDIA_TEST_CASES`; all when it is unset.
    static func chosen<Case: CustomTestStringConvertible>(_ all: [Case]) -> [Case] {
        guard let beginning = getenv("CLAUDIA_TEST_CASES").map({ String(cString: $0) }) else { return all }
        return all.filter { $0.testDescription.hasPrefix(beginning) }
    }

    /// As many of `all` as `count` says, spread evenly.
    static func some<Value>(_ all: [Value], short: Int) -> [Value] {
        let count = min(count(short, of: all.count), all.count)
        return (0..<count).map { all[(2 * $0 + 1) * all.count / (2 * count)] }
    }

    /// The numbers of a call's occurrences, of which there are about `count`: in the short form the first, which surely
    /// comes.
    static func occurrences(_ count: Int) -> ClosedRange<Int> { 1...(factor > 1 ? count : 1) }
}
