import Glibc

/// How much of a long test is run: all of it where `CLAUDIA_TEST_SCALE` is large, a short form by default.
enum Scale {
    private static let factor = getenv("CLAUDIA_TEST_SCALE").flatMap { Int(String(cString: $0)) } ?? 1

    /// `short` times the factor, at most `full`.
    static func count(_ short: Int, of full: Int) -> Int { min(full, max(1, short * factor)) }

    /// A promised time: as it is at the full scale, with room for a busy machine in the short form.
    static func limitMs(_ promised: Int64) -> Int64 { factor > 1 ? promised : promised * 5 }

    /// As many of `all` as `count` says, spread evenly; the last is among them.
    static func some<Value>(_ all: [Value], short: Int) -> [Value] {
        let count = count(short, of: all.count)
        return (0..<min(count, all.count)).map { all[all.count - 1 - $0 * all.count / count] }.reversed()
    }
}
