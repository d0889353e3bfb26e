/// The right word for a wrong one.
public enum Suggestion {
    /// Bytes past which a word isn't compared.
    private static let lengthMax = 64

    /// ` Did you mean "x"?` when one of `words` is near to `word`, else empty.
    static func sentence(for word: String, among words: [String]) -> String {
        nearest(to: word, among: words).map { " Did you mean \"\($0)\"?" } ?? ""
    }

    /// The one of `words` that `word` was probably meant to be; nil when none is near.
    public static func nearest(to word: String, among words: [String]) -> String? {
        guard word.utf8.count <= lengthMax else { return nil }
        let plain = folded(word)
        let ranked = words.map { (word: $0, distance: distance(plain, folded($0))) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, folded(best.word).count / 3) ? best.word : nil
    }

    /// Letters and digits in lower case: `maxOutputBuffer` is `max_output_buffer`.
    private static func folded(_ word: String) -> [UInt8] {
        Array(word.lowercased().utf8).filter { $0 != 0x5F && $0 != 0x2D && $0 != 0x20 }
    }

    /// How many letters must be changed, added, dropped or swapped with their neighbour.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var rows = [Array(0...right.count)]
        for (i, letter) in left.enumerated() {
            var row = [i + 1]
            for (j, other) in right.enumerated() {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
                if i > 0, j > 0, letter == right[j - 1], left[i - 1] == other {
                    best = min(best, rows[i - 1][j - 1] + 1)
                }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[left.count][right.count]
    }
}
