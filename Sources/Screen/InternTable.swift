/// Strings that cells refer to by a number: each is held once, and forgotten when no cell has it.
struct InternTable: Equatable, Sendable {
    /// The most strings at once, so that no stream of ever new ones takes more memory.
    static let countMax = 4096

    private var strings: [String] = []
    private var numbers: [String: Int] = [:]

    /// Whether the next new string has no room.
    var isFull: Bool { strings.count >= InternTable.countMax }

    /// The string of a number.
    subscript(number: Int) -> String { strings.indices.contains(number) ? strings[number] : "" }

    /// The number of a string, a new one if it has none yet; nil when the table is full.
    mutating func number(of string: String) -> Int? {
        if let known = numbers[string] { return known }
        guard !isFull else { return nil }
        strings.append(string)
        numbers[string] = strings.count - 1
        return strings.count - 1
    }

    /// Forgets all strings but those `used`, and tells the new number of each old one.
    mutating func keep(_ used: Set<Int>) -> [Int: Int] {
        let old = strings
        self = InternTable()
        var moved: [Int: Int] = [:]
        for number in used.sorted() where old.indices.contains(number) {
            moved[number] = self.number(of: old[number])
        }
        return moved
    }
}
