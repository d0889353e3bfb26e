/// What was probably meant by a word that isn't known.
enum NearestWord {
    /// The candidate with the fewest edits from `word`, at most a third of its length; nil when none is near.
    static func to(_ word: String, among candidates: [String]) -> String? {
        let limit = max(1, word.count / 3)
        return candidates.map { (distance(word, $0), $0) }.filter { $0.0 <= limit }.min { $0 < $1 }?.1
    }

    /// Insertions, removals, replacements and swaps of neighbours that lead from one to the other.
    ///
    /// The optimal string alignment distance.
    static func distance(_ left: String, _ right: String) -> Int {
        let (from, to) = (Array(left), Array(right))
        var beforeLast: [Int] = []
        var last = Array(0...to.count)
        for row in from.indices {
            var next = [row + 1]
            for column in to.indices {
                let replaced = last[column] + (from[row] == to[column] ? 0 : 1)
                var best = min(replaced, last[column + 1] + 1, next[column] + 1)
                if row > 0, column > 0, from[row] == to[column - 1], from[row - 1] == to[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                next.append(best)
            }
            (beforeLast, last) = (last, next)
        }
        return last[to.count]
    }
}
