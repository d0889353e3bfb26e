/// Where functions begin and end, in files that swift-format has laid out.
enum FunctionLengths {
    struct Function: Equatable {
        let line: Int
        let length: Int
    }

    private static let words = ["func", "init", "init?", "deinit", "subscript", "get", "set", "var"]

    /// The functions with a body of more than one line; lines count from 1.
    static func functions(in lines: [String]) -> [Function] {
        lines.indices.compactMap { start in
            guard begins(lines[start]) else { return nil }
            let indent = indent(of: lines[start])
            // A signature may go on for some lines; the body's brace ends one that is indented the same.
            guard let opening = opening(lines, start, indent) else { return nil }
            let end = lines[(opening + 1)...].firstIndex {
                $0.hasPrefix(indent + "}")
            }
            return end.map { Function(line: start + 1, length: $0 - start + 1) }
        }
    }

    private static func opening(_ lines: [String], _ start: Int, _ indent: String) -> Int? {
        for index in lines[start...].indices {
            let line = lines[index]
            if index > start, !line.hasPrefix(indent + " "), !line.hasPrefix(indent + ")") { return nil }
            if line.hasSuffix("{"), self.indent(of: line) == indent { return index }
        }
        return nil
    }

    private static func begins(_ line: String) -> Bool {
        for word in line.split(separator: " ") {
            if word == "//" || word == "///" { return false }
            if words.contains(String(word.prefix { $0.isLetter || $0 == "?" })) { return true }
            guard word.first.map({ $0.isLetter || $0 == "@" }) == true else { return false }
        }
        return false
    }

    private static func indent(of line: String) -> String { String(line.prefix { $0 == " " }) }
}
